#include "cli/serve/group_writer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/temp_folder.h"

namespace wirecopy::cli {
namespace {

// An empty one; null, with a failure, where there is none.
std::unique_ptr<Index> NewIndex(const oracle::TempFolder& folder,
                                Index::Access access) {
  const std::string path = folder.Path("index");
  absl::Status status = Index::Create(path, {});
  if (status.ok()) {
    auto index = Index::Open(path, access, {});
    if (index.ok()) return *std::move(index);
    status = index.status();
  }
  ADD_FAILURE() << status;
  return nullptr;
}

GroupWriter::Time Never() { return GroupWriter::Time::max(); }

// Documents that an index refuses, beside others that it takes, from many
// threads at once, so that some come into one group.
TEST(GroupWriterTest, WhoeverAsksForWhatCannotBeIsToldSoAlone) {
  const oracle::TempFolder folder;
  const auto index = NewIndex(folder, Index::Access::kWrite);
  ASSERT_NE(index, nullptr);
  std::atomic<int> failures = 0;
  GroupWriter writer(index.get(),
                     [&failures](const absl::Status&) { ++failures; });
  constexpr size_t kThreads = 8;
  constexpr size_t kEach = 40;
  const std::string long_id(size_t{1} << 16, 'x');
  std::atomic<size_t> taken = 0;
  std::atomic<size_t> refused = 0;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < kEach; ++i) {
        const bool is_wrong = (t + i) % 5 == 0;
        const std::string id = std::to_string(t) + "-" + std::to_string(i) +
                               (is_wrong ? long_id : std::string());
        const Document document{{false, id}, "some words", {}};
        const auto answers = writer.Add({&document, 1}, Never());
        if (answers.ok() && !is_wrong && answers->size() == 1) ++taken;
        if (!answers.ok() && is_wrong) {
          ++refused;
          EXPECT_EQ(answers.status().code(),
                    absl::StatusCode::kInvalidArgument);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, kThreads * kEach / 5);
  EXPECT_EQ(taken, kThreads * kEach - refused);
  EXPECT_EQ(failures, 0);
  const auto info = index->Info();
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_EQ(info->documents, taken);
}

// Who is told that it came too late has changed nothing, and who is not has,
// wherever the work is when its time is over.
TEST(GroupWriterTest, TooLateOrDone) {
  const oracle::TempFolder folder;
  const auto index = NewIndex(folder, Index::Access::kWrite);
  ASSERT_NE(index, nullptr);
  GroupWriter writer(
      index.get(), [](const absl::Status& status) { ADD_FAILURE() << status; });
  constexpr size_t kThreads = 8;
  constexpr size_t kEach = 40;
  std::vector<std::vector<DocumentId>> added(kThreads);
  std::vector<std::vector<DocumentId>> refused(kThreads);
  std::atomic<int> late = 0;
  std::atomic<int> removed = 0;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < kEach; ++i) {
        const DocumentId id = {false,
                               std::to_string(t) + "-" + std::to_string(i)};
        const Document document{id, "some words", {}};
        const auto latest = std::chrono::steady_clock::now() +
                            std::chrono::microseconds(i * 100);
        const auto answers = writer.Add({&document, 1}, latest);
        if (!answers.ok()) {
          EXPECT_TRUE(absl::IsDeadlineExceeded(answers.status()));
          ++late;
          refused[t].push_back(id);
        } else if (i % 4 == 0 && writer.Remove({&id, 1}, Never()).ok()) {
          ++removed;
          refused[t].push_back(id);
        } else {
          added[t].push_back(id);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(late, 0);
  EXPECT_GT(removed, 0);
  for (size_t t = 0; t < kThreads; ++t) {
    for (const DocumentId& id : added[t]) {
      EXPECT_TRUE(index->Get(id)->has_value()) << id.text;
    }
    for (const DocumentId& id : refused[t]) {
      EXPECT_FALSE(index->Get(id)->has_value()) << id.text;
    }
  }
}

// A writer whose index cannot be changed says so before it takes the next one.
TEST(GroupWriterTest, NobodyWaitsForOthersLongerThanAsked) {
  const oracle::TempFolder folder;
  const auto index = NewIndex(folder, Index::Access::kRead);
  ASSERT_NE(index, nullptr);
  std::promise<void> is_busy;
  std::promise<void> may_go_on;
  GroupWriter writer(index.get(), [&](const absl::Status&) {
    is_busy.set_value();
    may_go_on.get_future().wait();
  });
  const DocumentId id = {false, "one"};
  const Document document{id, "some words", {}};
  std::thread first([&] {
    const auto answers = writer.Add({&document, 1}, Never());
    EXPECT_FALSE(answers.ok());
    EXPECT_FALSE(absl::IsDeadlineExceeded(answers.status()));
  });
  is_busy.get_future().wait();
  const auto soon =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(10);
  EXPECT_TRUE(
      absl::IsDeadlineExceeded(writer.Add({&document, 1}, soon).status()));
  EXPECT_TRUE(absl::IsDeadlineExceeded(writer.Remove({&id, 1}, soon).status()));
  may_go_on.set_value();
  first.join();
}

}  // namespace
}  // namespace wirecopy::cli
