#include "cli/serve/bounded_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace wirecopy::cli {
namespace {

TEST(BoundedQueueTest, TakesNoMoreThanWorkersAndPlaces) {
  std::promise<void> opened;
  const std::shared_future<void> open = opened.get_future().share();
  std::atomic<int> done = 0;
  BoundedQueue queue(2, 3);
  const auto task = [&done, open] {
    open.wait();
    ++done;
  };
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(queue.TryPush(task)) << i;
  while (queue.Load().first < 2) std::this_thread::yield();
  EXPECT_EQ(queue.Load().second, 3U);
  EXPECT_TRUE(queue.HasWaiting());
  EXPECT_FALSE(queue.TryPush(task));
  opened.set_value();
  queue.Finish();
  EXPECT_EQ(done, 5);
  EXPECT_FALSE(queue.HasWaiting());
}

TEST(BoundedQueueTest, WithoutPlacesIdleWorkersStillTake) {
  std::promise<void> opened;
  const std::shared_future<void> open = opened.get_future().share();
  BoundedQueue queue(1, 0);
  EXPECT_TRUE(queue.TryPush([open] { open.wait(); }));
  EXPECT_FALSE(queue.TryPush([] {}));
  opened.set_value();
}

TEST(BoundedQueueTest, AllThatWasTakenIsDone) {
  std::atomic<int> done = 0;
  int taken = 0;
  {
    BoundedQueue queue(3, 100);
    for (int i = 0; i < 1000; ++i) {
      taken += queue.TryPush([&done] { ++done; }) ? 1 : 0;
    }
  }
  EXPECT_EQ(done, taken);
  EXPECT_GE(taken, 103);
}

}  // namespace
}  // namespace wirecopy::cli
