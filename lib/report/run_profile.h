// Where the time of a run went, and what bounds it.

#ifndef WIRECOPY_REPORT_RUN_PROFILE_H_
#define WIRECOPY_REPORT_RUN_PROFILE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace wirecopy {

struct StageCost {
  std::string stage;
  double wall_seconds = 0;
  double processor_seconds = 0;  // of all threads
};

struct RunProfile {
  int threads = 1;
  uint64_t bytes = 0;  // of input, which every stage's rate is of
  std::vector<StageCost> stages;
  // Bytes a second of one thread, as measured in this run: at best it copies,
  // or hashes whole blocks of text, at these.
  double memcpy_rate = 0;
  double hash_rate = 0;
};

// What a faster run would take: a sentence.
std::string BoundOf(const RunProfile& profile);

// For people: a table, the limits and what bounds the run; whole lines.
std::string ProfileText(const RunProfile& profile);

// For programs: one event.
std::string ProfileEvent(const RunProfile& profile);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_RUN_PROFILE_H_
