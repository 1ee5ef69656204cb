#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>

#include "absl/strings/str_format.h"
#include "cli/log.h"
#include "report/log_events.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kEraseLine = "\r\033[K";

std::string Rate(std::string_view stage, double a_second) {
  if (stage == "reading") return absl::StrFormat("%.0f MB/s", a_second / 1e6);
  return absl::StrFormat("%.0f documents/s", a_second);
}

}  // namespace

Progress::Progress(bool quiet)
    : as_json_(LogsJson()),
      on_(!quiet && (as_json_ || isatty(STDERR_FILENO) != 0)),
      begin_(Clock::now()),
      last_(begin_) {}

Progress::~Progress() {
  if (shown_) std::fputs(kEraseLine, stderr);
}

void Progress::Advance(std::string_view stage, uint64_t done, uint64_t total) {
  if (!on_) return;
  // A thread that finds another one at it need not wait: it will do as well.
  const std::unique_lock<std::mutex> lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return;
  const Clock::time_point now = Clock::now();
  if (stage != stage_) {
    stage_ = stage;
    begin_ = now;
  }
  constexpr std::chrono::milliseconds kInterval(100);
  constexpr std::chrono::milliseconds kEventInterval(1000);
  if (now - last_ < (as_json_ ? kEventInterval : kInterval)) return;
  last_ = now;
  if (as_json_) {
    Log(ProgressEvent(stage, done, total));
  } else {
    Show(done, total);
  }
}

void Progress::Show(uint64_t done, uint64_t total) {
  const double seconds = std::chrono::duration<double>(last_ - begin_).count();
  if (seconds <= 0 || done == 0 || total == 0) return;
  const double a_second = static_cast<double>(done) / seconds;
  const double left = static_cast<double>(total - done) / a_second;
  const double percent =
      100 * static_cast<double>(done) / static_cast<double>(total);
  const std::string line =
      absl::StrFormat("%s%s %.0f %%, %s, %.0f s left", kEraseLine, stage_,
                      percent, Rate(stage_, a_second), left);
  std::fputs(line.c_str(), stderr);
  shown_ = true;
}

}  // namespace wirecopy::cli
