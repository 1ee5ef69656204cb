// Work spread over threads, with results that do not depend on how many.

#ifndef WIRECOPY_BASE_PARALLEL_H_
#define WIRECOPY_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace wirecopy {

// Calls task(worker, i) once for each i in [0, count) on up to `threads`
// threads (at least one; the caller's is one of them) and returns when all
// are done. `worker` is in [0, threads) and no two calls with the same worker
// run at once, so that it can name a scratch buffer. Indices are handed out in
// rising order. Task must not throw.
void ParallelFor(int threads, size_t count,
                 const std::function<void(int worker, size_t i)>& task);

// Calls task(worker) once for each worker in [0, threads), each on a thread of
// its own (at least one; the caller's is one of them), and returns when all
// are done. Task must not throw.
void RunOnThreads(int threads, const std::function<void(int worker)>& task);

// The processors that this process may use; at least 1.
int AvailableThreads();

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_PARALLEL_H_
