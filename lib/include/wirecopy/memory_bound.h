// How much memory a job may take.

#ifndef WIRECOPY_MEMORY_BOUND_H_
#define WIRECOPY_MEMORY_BOUND_H_

#include <cstdint>
#include <string>

namespace wirecopy {

// No answer depends on it; where it is too low to find one, ResourceExhausted
// says how much may be taken, and how much had to be by then.
struct MemoryBound {
  // What of the process may lie in memory, as the system counts it, all that
  // it has besides the job included; 0 for no bound. Kept on Linux, where the
  // system says what a process takes.
  uint64_t bytes = 0;
  // Where things go for which there is no room, in files without names; empty
  // for the system's own folder (TMPDIR, or /tmp).
  std::string temp_folder;
};

}  // namespace wirecopy

#endif  // WIRECOPY_MEMORY_BOUND_H_
