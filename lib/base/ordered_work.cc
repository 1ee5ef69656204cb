#include "base/ordered_work.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "base/parallel.h"

namespace wirecopy {
namespace {

class Pipeline {
 public:
  Pipeline(size_t count, const OrderedWorkBounds& bounds,
           const OrderedWork& work)
      : count_(count), bounds_(bounds), work_(work), pieces_(bounds.pieces) {}

  // The caller's part, and a helper's. What is thrown stops the others.
  void Work(int worker) {
    try {
      worker == 0 ? Lead() : Help(worker);
    } catch (...) {
      Stop();
      throw;
    }
  }

 private:
  struct Piece {
    size_t cost = 0;
    bool is_made = false;
  };

  Piece& At(size_t i) { return pieces_[i % pieces_.size()]; }

  void Lead() {
    while (taken_ < count_) {
      BeginMore();
      std::unique_lock<std::mutex> lock(mutex_);
      while (!At(taken_).is_made && !stopped_) {
        if (!MakeNext(0, &lock)) made_.wait(lock);
      }
      if (stopped_) return;
      lock.unlock();
      work_.take(taken_);
      cost_ -= At(taken_).cost;
      ++taken_;
    }
    Stop();
  }

  void BeginMore() {
    while (begun_ < count_ && begun_ - taken_ < pieces_.size() &&
           (begun_ == taken_ || cost_ < bounds_.cost)) {
      Piece piece;
      piece.is_made = !work_.begin(begun_, &piece.cost);
      cost_ += piece.cost;
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        At(begun_++) = piece;
        // What is taken may have lost its place to this.
        next_ = std::max(next_, taken_);
      }
      if (!piece.is_made) begun_more_.notify_one();
    }
  }

  void Help(int worker) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopped_) {
      if (!MakeNext(worker, &lock)) begun_more_.wait(lock);
    }
  }

  // Makes the first piece that nobody has begun to make; false where there is
  // none. Lets go of the lock meanwhile.
  bool MakeNext(int worker, std::unique_lock<std::mutex>* lock) {
    while (next_ < begun_ && At(next_).is_made) ++next_;
    if (next_ == begun_) return false;
    const size_t i = next_++;
    lock->unlock();
    work_.make(worker, i);
    lock->lock();
    At(i).is_made = true;
    if (worker != 0) made_.notify_one();
    return true;
  }

  void Stop() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopped_ = true;
    }
    begun_more_.notify_all();
    made_.notify_one();
  }

  const size_t count_;
  const OrderedWorkBounds& bounds_;
  const OrderedWork& work_;
  size_t taken_ = 0;  // the caller's alone, like the cost
  size_t cost_ = 0;   // of what is begun and not taken

  std::mutex mutex_;
  std::condition_variable begun_more_;
  std::condition_variable made_;
  std::vector<Piece> pieces_;  // a ring
  size_t begun_ = 0;
  size_t next_ = 0;  // what was begun before is made, or being made
  bool stopped_ = false;
};

}  // namespace

void DoInOrder(int threads, size_t count, const OrderedWorkBounds& bounds,
               const OrderedWork& work) {
  if (count == 0) return;
  Pipeline pipeline(count, bounds, work);
  const size_t useful =
      std::min(count, static_cast<size_t>(std::max(threads, 1)));
  RunOnThreads(static_cast<int>(useful),
               [&pipeline](int worker) { pipeline.Work(worker); });
}

}  // namespace wirecopy
