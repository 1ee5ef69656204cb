#include "cli/serve/bounded_queue.h"

namespace wirecopy::cli {

BoundedQueue::BoundedQueue(int workers, size_t most_waiting)
    : most_waiting_(most_waiting) {
  threads_.reserve(static_cast<size_t>(workers));
  for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { Work(); });
}

BoundedQueue::~BoundedQueue() { Finish(); }

bool BoundedQueue::TryPush(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    const size_t idle = threads_.size() - running_;
    if (tasks_.size() >= idle + most_waiting_) return false;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void BoundedQueue::Finish() {
  {
    const std::lock_guard lock(mutex_);
    is_finishing_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

bool BoundedQueue::HasWaiting() const {
  const std::lock_guard lock(mutex_);
  return !tasks_.empty();
}

std::pair<uint64_t, uint64_t> BoundedQueue::Load() const {
  const std::lock_guard lock(mutex_);
  return {running_, tasks_.size()};
}

void BoundedQueue::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_finishing_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    lock.unlock();
    task();
    lock.lock();
    --running_;
  }
}

}  // namespace wirecopy::cli
