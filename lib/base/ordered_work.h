// Pieces that any thread may make, and that one takes in their order.

#ifndef WIRECOPY_BASE_ORDERED_WORK_H_
#define WIRECOPY_BASE_ORDERED_WORK_H_

#include <cstddef>
#include <functional>

namespace wirecopy {

// Of each piece of work, numbered from 0.
struct OrderedWork {
  // Called first, in order, on the caller's thread. Whether the piece is still
  // to be made; adds to *cost what it costs while it waits to be taken.
  std::function<bool(size_t i, size_t* cost)> begin;
  // Called on any thread; calls of one worker never overlap.
  std::function<void(int worker, size_t i)> make;
  // Called last, in order, on the caller's thread, while other threads go on
  // making what comes next.
  std::function<void(size_t i)> take;
};

// Never more than this is begun and not taken, but for one piece always.
struct OrderedWorkBounds {
  size_t pieces = 256;  // at least 1
  size_t cost = ~size_t{0};
};

// Does `count` pieces of work with up to `threads` threads; the caller's is
// one, and worker 0. With one alone, each piece is made just before it is
// taken. What a call throws is thrown here; which others were made is open.
void DoInOrder(int threads, size_t count, const OrderedWorkBounds& bounds,
               const OrderedWork& work);

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_ORDERED_WORK_H_
