#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace wirecopy {

void ParallelFor(int threads, size_t count,
                 const std::function<void(int worker, size_t i)>& task) {
  const size_t useful =
      std::min(count, static_cast<size_t>(std::max(threads, 1)));
  std::atomic<size_t> next{0};
  RunOnThreads(static_cast<int>(useful), [&](int worker) {
    for (size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      task(worker, i);
    }
  });
}

void RunOnThreads(int threads, const std::function<void(int worker)>& task) {
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto work = [&](int worker) {
    try {
      task(worker);
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex);
      if (thrown == nullptr) thrown = std::current_exception();
    }
  };
  std::vector<std::thread> helpers;
  try {
    for (int worker = 1; worker < threads; ++worker) {
      helpers.emplace_back(work, worker);
    }
  } catch (const std::system_error&) {
    // The system has no more threads: those that there are do the work.
  } catch (const std::bad_alloc&) {
    // Nor memory for one; whether there is some for the work, the work tells.
  }
  work(0);
  for (std::thread& helper : helpers) helper.join();
  if (thrown != nullptr) std::rethrow_exception(thrown);
}

int AvailableThreads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace wirecopy
