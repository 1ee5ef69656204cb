// Worker threads with a queue that does not grow.

#ifndef WIRECOPY_CLI_SERVE_BOUNDED_QUEUE_H_
#define WIRECOPY_CLI_SERVE_BOUNDED_QUEUE_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace wirecopy::cli {

// Thread-safe.
class BoundedQueue {
 public:
  BoundedQueue(int workers, size_t most_waiting);
  ~BoundedQueue();
  BoundedQueue(const BoundedQueue&) = delete;

  // False where all workers are busy and enough tasks wait; then nothing is
  // done with this one.
  bool TryPush(std::function<void()> task);

  // Lets the workers finish all tasks, and joins them.
  void Finish();

  bool HasWaiting() const;
  // Tasks that run, and that wait.
  std::pair<uint64_t, uint64_t> Load() const;

 private:
  void Work();

  const size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  size_t running_ = 0;
  bool is_finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_BOUNDED_QUEUE_H_
