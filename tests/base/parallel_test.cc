#include "base/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace wirecopy {
namespace {

TEST(ParallelForTest, EachIndexOnce) {
  for (const int threads : {-3, 0, 1, 2, 8, 50}) {
    for (const size_t count : {0U, 1U, 2U, 7U, 1000U}) {
      std::vector<std::atomic<int>> calls(count);
      ParallelFor(threads, count, [&](int, size_t i) { ++calls[i]; });
      for (const auto& call : calls) EXPECT_EQ(call.load(), 1);
    }
  }
}

TEST(ParallelForTest, WorkersAreNumberedBelowThreadsAndCount) {
  for (const int threads : {0, 1, 3, 16}) {
    for (const size_t count : {1U, 2U, 100U}) {
      std::atomic<int> highest{0};
      ParallelFor(threads, count, [&](int worker, size_t) {
        EXPECT_GE(worker, 0);
        int seen = highest.load();
        while (seen < worker && !highest.compare_exchange_weak(seen, worker)) {
        }
      });
      EXPECT_LT(highest.load(), std::max(threads, 1));
      EXPECT_LT(static_cast<size_t>(highest.load()), count);
    }
  }
}

// No two calls of one worker at once, and a worker's indices rise.
TEST(ParallelForTest, WorkersAreExclusive) {
  constexpr int kThreads = 8;
  std::vector<std::atomic<bool>> busy(kThreads);
  std::vector<std::vector<size_t>> done(kThreads);
  ParallelFor(kThreads, 2000, [&](int worker, size_t i) {
    const auto w = static_cast<size_t>(worker);
    EXPECT_FALSE(busy[w].exchange(true));
    // Not guarded: exclusive use is what is tested, also under a sanitizer.
    done[w].push_back(i);
    if (i % 100 == 0) std::this_thread::yield();
    busy[w] = false;
  });
  size_t total = 0;
  for (const auto& indices : done) {
    EXPECT_TRUE(std::is_sorted(indices.begin(), indices.end()));
    total += indices.size();
  }
  EXPECT_EQ(total, 2000U);
}

// Indices are handed out in rising order: whoever gets one finds that all
// before it were handed out.
TEST(ParallelForTest, IndicesAreHandedOutInOrder) {
  constexpr size_t kCount = 3000;
  constexpr int kThreads = 4;
  std::atomic<size_t> begun{0};
  ParallelFor(kThreads, kCount, [&](int, size_t i) {
    const size_t before = begun.fetch_add(1);
    // The others hold at most one index each that they have not counted yet.
    EXPECT_GE(before + kThreads, i + 1);
  });
  EXPECT_EQ(begun.load(), kCount);
}

TEST(ParallelForTest, WorkerZeroIsTheCaller) {
  const std::thread::id caller = std::this_thread::get_id();
  for (const int threads : {1, 4}) {
    ParallelFor(threads, 200, [&](int worker, size_t) {
      EXPECT_EQ(worker == 0, std::this_thread::get_id() == caller);
    });
  }
}

TEST(ParallelForTest, Nests) {
  std::atomic<int> calls{0};
  ParallelFor(3, 5, [&](int, size_t) {
    ParallelFor(2, 7, [&](int, size_t) { ++calls; });
  });
  EXPECT_EQ(calls.load(), 35);
}

TEST(AvailableThreadsTest, IsAtLeastOne) { EXPECT_GE(AvailableThreads(), 1); }

}  // namespace
}  // namespace wirecopy
