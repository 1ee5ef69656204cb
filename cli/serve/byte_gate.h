// A bound on the bytes that are worked on at once.

#ifndef WIRECOPY_CLI_SERVE_BYTE_GATE_H_
#define WIRECOPY_CLI_SERVE_BYTE_GATE_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

#include "absl/status/statusor.h"

namespace wirecopy::cli {

// Lets those in, in the order in which they come, whose bytes fit in beside
// what is in already. What is larger than all that may be in gets in alone.
// Thread-safe; it must outlive its passes.
class ByteGate {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Its bytes are in as long as it lives.
  class Pass {
   public:
    Pass(Pass&& other) noexcept
        : gate_(std::exchange(other.gate_, nullptr)), bytes_(other.bytes_) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->Leave(bytes_);
    }

   private:
    friend class ByteGate;
    Pass(ByteGate* gate, size_t bytes) : gate_(gate), bytes_(bytes) {}

    ByteGate* gate_;
    const size_t bytes_;
  };

  explicit ByteGate(size_t most) : most_(most) {}

  // DeadlineExceeded where there is no room until `latest`. Where there is,
  // nothing is said of a `latest` that is past.
  absl::StatusOr<Pass> Enter(size_t bytes, Time latest);

 private:
  void Leave(size_t bytes);
  bool Fits(size_t bytes) const {
    return in_ == 0 || (in_ <= most_ && bytes <= most_ - in_);
  }

  const size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<const size_t*> waiting_;  // whose places are known by these
  size_t in_ = 0;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_BYTE_GATE_H_
