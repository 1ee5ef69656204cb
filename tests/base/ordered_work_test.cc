#include "base/ordered_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

namespace wirecopy {
namespace {

// Notes what happens to each piece.
class Notes {
 public:
  explicit Notes(size_t count) : made_by_(count, -1) {}

  OrderedWork Work() {
    OrderedWork work;
    work.begin = [this](size_t i, size_t* cost) {
      EXPECT_EQ(i, begun_++);
      *cost += cost_of_each;
      return i % 5 != leave_out;
    };
    work.make = [this](int worker, size_t i) {
      EXPECT_NE(i % 5, leave_out);
      EXPECT_EQ(made_by_[i], -1);
      made_by_[i] = worker;
      ++made_;
      if (i == throw_at_make) throw std::runtime_error("made");
    };
    work.take = [this](size_t i) {
      EXPECT_EQ(i, taken_++);
      EXPECT_EQ(made_by_[i] == -1, i % 5 == leave_out);
      EXPECT_LE(begun_ - i, most_ahead);
      if (i == throw_at_take) throw std::logic_error("taken");
    };
    return work;
  }

  size_t taken() const { return taken_; }
  size_t made() const { return made_; }

  static constexpr size_t kNever = ~size_t{0};
  size_t leave_out = kNever;  // of every five pieces, no need to make
  size_t cost_of_each = 1;
  size_t most_ahead = kNever;
  size_t throw_at_make = kNever;
  size_t throw_at_take = kNever;

 private:
  std::vector<int> made_by_;
  std::atomic<size_t> made_{0};
  size_t begun_ = 0;
  size_t taken_ = 0;
};

TEST(OrderedWorkTest, EveryPieceInOrder) {
  for (const int threads : {0, 1, 2, 5}) {
    for (const size_t pieces : {1, 2, 7, 256}) {
      for (const size_t count : {0, 1, 2, 300, 3000}) {
        for (const size_t leave_out : {Notes::kNever, size_t{0}, size_t{3}}) {
          Notes notes(count);
          notes.leave_out = leave_out;
          notes.most_ahead = pieces;
          DoInOrder(threads, count, {pieces, ~size_t{0}}, notes.Work());
          ASSERT_EQ(notes.taken(), count);
          const size_t left_out =
              leave_out == Notes::kNever ? 0 : (count + 4 - leave_out) / 5;
          ASSERT_EQ(notes.made(), count - left_out);
        }
      }
    }
  }
}

TEST(OrderedWorkTest, NoMoreThanTheCostAhead) {
  for (const int threads : {1, 4}) {
    Notes notes(1000);
    notes.cost_of_each = 10;
    notes.most_ahead = 3;
    DoInOrder(threads, 1000, {256, 30}, notes.Work());
    EXPECT_EQ(notes.taken(), 1000U);
    // Even where one is more than all may be.
    Notes dear(100);
    dear.cost_of_each = 1000;
    dear.most_ahead = 1;
    DoInOrder(threads, 100, {256, 30}, dear.Work());
    EXPECT_EQ(dear.taken(), 100U);
  }
}

TEST(OrderedWorkTest, OneThreadMakesEachPieceWhenItIsDue) {
  std::vector<size_t> made;
  OrderedWork work;
  work.begin = [](size_t, size_t*) { return true; };
  work.make = [&](int worker, size_t i) {
    EXPECT_EQ(worker, 0);
    made.push_back(i);
  };
  work.take = [&](size_t i) { EXPECT_EQ(made.size(), i + 1); };
  DoInOrder(1, 600, {}, work);
  std::vector<size_t> all(600);
  std::iota(all.begin(), all.end(), size_t{0});
  EXPECT_EQ(made, all);
}

// The caller makes what nobody else gets to, and others go on while it takes.
TEST(OrderedWorkTest, OthersMakeWhileTheCallerTakes) {
  std::atomic<size_t> made{0};
  OrderedWork work;
  work.begin = [](size_t, size_t*) { return true; };
  work.make = [&](int, size_t) { ++made; };
  work.take = [&](size_t i) {
    while (i == 0 && made < 100) std::this_thread::yield();
  };
  DoInOrder(2, 500, {}, work);
  EXPECT_EQ(made, 500U);
}

TEST(OrderedWorkTest, WhatIsThrownIsThrownOn) {
  for (const int threads : {1, 4}) {
    Notes make(2000);
    make.throw_at_make = 500;
    EXPECT_THROW(DoInOrder(threads, 2000, {}, make.Work()), std::runtime_error);
    EXPECT_LE(make.taken(), 500U);
    Notes take(2000);
    take.throw_at_take = 500;
    EXPECT_THROW(DoInOrder(threads, 2000, {}, take.Work()), std::logic_error);
    EXPECT_EQ(take.taken(), 501U);
  }
}

}  // namespace
}  // namespace wirecopy
