// A line on the terminal that says how far a job is.

#ifndef WIRECOPY_CLI_PROGRESS_H_
#define WIRECOPY_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "wirecopy/document.h"

namespace wirecopy::cli {

// Writes to standard error: at most ten times a second a line that the next
// one erases, as does the destructor, and only where that is a terminal; or, as
// JSON, one event a second.
class Progress : public ProgressListener {
 public:
  explicit Progress(bool quiet);
  ~Progress() override;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Advance(std::string_view stage, uint64_t done, uint64_t total) override;

 private:
  using Clock = std::chrono::steady_clock;
  void Show(uint64_t done, uint64_t total);

  const bool as_json_;
  const bool on_;
  std::mutex mutex_;
  std::string stage_;
  Clock::time_point begin_;
  Clock::time_point last_;
  bool shown_ = false;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_PROGRESS_H_
