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
// rising order. What a task throws (no more memory) is thrown here when all are
// done; which of the others were called is then open.
void ParallelFor(int threads, size_t count,
                 const std::function<void(int worker, size_t i)>& task);

// Calls task(worker) once for each worker in [0, threads), each on a thread of
// its own, and returns when all are done. The caller's thread is worker 0;
// where the system gives fewer threads, the last workers are never called, so
// that workers are to share what there is to do. What a task throws is thrown
// here when all are done.
void RunOnThreads(int threads, const std::function<void(int worker)>& task);

// The processors that this process may use; at least 1.
int AvailableThreads();

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_PARALLEL_H_
