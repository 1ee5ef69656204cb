#include "cli/serve/byte_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace wirecopy::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

ByteGate::Time Soon() { return steady_clock::now() + milliseconds(20); }
ByteGate::Time Late() { return steady_clock::now() + seconds(60); }
ByteGate::Time Past() { return steady_clock::now() - seconds(1); }

TEST(ByteGateTest, WhatFitsGetsInAtOnce) {
  ByteGate gate(10);
  const auto four = gate.Enter(4, Past());
  ASSERT_TRUE(four.ok());
  {
    const auto six = gate.Enter(6, Past());
    ASSERT_TRUE(six.ok());
    const auto one = gate.Enter(1, Soon());
    EXPECT_EQ(one.status().code(), absl::StatusCode::kDeadlineExceeded);
    EXPECT_TRUE(gate.Enter(0, Past()).ok());
  }
  EXPECT_FALSE(gate.Enter(7, Past()).ok());
  EXPECT_TRUE(gate.Enter(6, Past()).ok());
}

TEST(ByteGateTest, TheLargestGetInAlone) {
  ByteGate gate(10);
  {
    const auto large = gate.Enter(11, Past());
    ASSERT_TRUE(large.ok());
    EXPECT_FALSE(gate.Enter(1, Past()).ok());
  }
  const auto one = gate.Enter(1, Past());
  EXPECT_FALSE(gate.Enter(11, Past()).ok());
  EXPECT_FALSE(gate.Enter(SIZE_MAX, Past()).ok());
}

// Or else the large ones would wait for ever where many small ones come.
TEST(ByteGateTest, NobodyOvertakes) {
  ByteGate gate(10);
  auto first =
      std::make_unique<absl::StatusOr<ByteGate::Pass>>(gate.Enter(5, Past()));
  std::atomic<bool> is_in = false;
  std::thread large([&] {
    const auto pass = gate.Enter(8, Late());
    is_in = pass.ok();
  });
  // Until it waits: then one that would fit in does not get in.
  const ByteGate::Time end = Late();
  while (gate.Enter(1, Past()).ok() && steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_FALSE(is_in);
  EXPECT_FALSE(gate.Enter(1, Soon()).ok());
  first.reset();
  large.join();
  EXPECT_TRUE(is_in);
  EXPECT_TRUE(gate.Enter(10, Past()).ok());
}

// Whoever gives up does not keep those behind it.
TEST(ByteGateTest, WhoGivesUpMakesRoom) {
  ByteGate gate(10);
  const auto first = gate.Enter(5, Past());
  std::thread large([&] {
    EXPECT_FALSE(gate.Enter(8, steady_clock::now() + milliseconds(100)).ok());
  });
  std::thread small([&] { EXPECT_TRUE(gate.Enter(1, Late()).ok()); });
  large.join();
  small.join();
}

TEST(ByteGateTest, NeverMoreThanThat) {
  constexpr size_t kMost = 100;
  ByteGate gate(kMost);
  std::atomic<size_t> in = 0;
  std::atomic<size_t> highest = 0;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < 500; ++i) {
        const size_t bytes = 1 + (i * 37 + t * 11) % 60;
        const auto pass = gate.Enter(bytes, Late());
        ASSERT_TRUE(pass.ok());
        const size_t now = in += bytes;
        size_t before = highest;
        while (now > before && !highest.compare_exchange_weak(before, now)) {
        }
        std::this_thread::yield();
        in -= bytes;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(highest, kMost);
  EXPECT_GT(highest, 60U);
  EXPECT_TRUE(gate.Enter(kMost, Past()).ok());
}

}  // namespace
}  // namespace wirecopy::cli
