#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace wirecopy {

void ParallelFor(int threads, size_t count,
                 const std::function<void(int worker, size_t i)>& task) {
  const size_t useful =
      std::min(count, static_cast<size_t>(std::max(threads, 1)));
  std::atomic<size_t> next{0};
  const auto work = [&](int worker) {
    for (size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      task(worker, i);
    }
  };
  std::vector<std::thread> helpers;
  for (size_t worker = 1; worker < useful; ++worker) {
    helpers.emplace_back(work, static_cast<int>(worker));
  }
  work(0);
  for (std::thread& helper : helpers) helper.join();
}

int AvailableThreads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace wirecopy
