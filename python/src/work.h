// Work on several threads.

#ifndef WIRECOPY_PYTHON_WORK_H_
#define WIRECOPY_PYTHON_WORK_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace wirecopy::python {

// Calls task(worker, i) once for each i below `count`, in rising order, on up
// to `threads` threads, of which the caller's is one. Calls of one worker do
// not overlap. The task must not touch Python. What one throws (no more memory)
// is thrown here when all have ended; some may then not have been called.
template <typename Task>
void RunInOrder(int threads, size_t count, const Task& task) {
  const size_t most =
      std::max<size_t>(1, std::min(static_cast<size_t>(threads), count));
  std::atomic<size_t> next = 0;
  std::vector<std::exception_ptr> thrown(most);
  const auto work = [&](size_t worker) {
    try {
      for (size_t i = next++; i < count; i = next++) {
        task(static_cast<int>(worker), i);
      }
    } catch (...) {
      thrown[worker] = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> others;
  try {
    for (size_t worker = 1; worker < most; ++worker) {
      others.emplace_back(work, worker);
    }
  } catch (const std::system_error&) {
    // Those that the system gave will do.
  }
  work(0);
  for (std::thread& other : others) other.join();
  for (const std::exception_ptr& one : thrown) {
    if (one) std::rethrow_exception(one);
  }
}

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_WORK_H_
