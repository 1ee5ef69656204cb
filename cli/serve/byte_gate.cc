#include "cli/serve/byte_gate.h"

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"

namespace wirecopy::cli {

absl::StatusOr<ByteGate::Pass> ByteGate::Enter(size_t bytes, Time latest) {
  std::unique_lock lock(mutex_);
  waiting_.push_back(&bytes);
  const absl::Cleanup leave = [this, &bytes] {  // under the mutex
    std::erase(waiting_, &bytes);
    changed_.notify_all();
  };
  const bool has_room = changed_.wait_until(
      lock, latest, [&] { return waiting_.front() == &bytes && Fits(bytes); });
  if (!has_room) {
    return absl::DeadlineExceededError(
        "long texts of others were worked on all the time; nothing was "
        "changed");
  }
  in_ += bytes;
  return Pass(this, bytes);
}

void ByteGate::Leave(size_t bytes) {
  const std::lock_guard lock(mutex_);
  in_ -= bytes;
  changed_.notify_all();
}

}  // namespace wirecopy::cli
