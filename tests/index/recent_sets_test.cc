#include "index/recent_sets.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

ShingleSet SetOf(uint32_t document, size_t size) {
  return std::make_shared<std::vector<uint64_t>>(size, document);
}

TEST(RecentSetsTest, KeepsToItsBound) {
  constexpr size_t kMaxBytes = size_t{1} << 20;
  constexpr size_t kHashes = 100;
  constexpr uint32_t kDocuments = 5000;  // 4 MB of hashes
  RecentSets sets(kMaxBytes);
  for (uint32_t d = 0; d < kDocuments; ++d) sets.Keep(d, SetOf(d, kHashes));
  size_t held = 0;
  for (uint32_t d = 0; d < kDocuments; ++d) {
    const ShingleSet set = sets.Find(d);
    if (set == nullptr) continue;
    EXPECT_EQ(*set, *SetOf(d, kHashes));
    held += BytesOf(set);
  }
  EXPECT_LE(held, kMaxBytes);
  EXPECT_GT(held, kMaxBytes / 2);
  EXPECT_NE(sets.Find(kDocuments - 1), nullptr);
  EXPECT_EQ(sets.Find(0), nullptr);
}

TEST(RecentSetsTest, DoesNotKeepWhatTakesMostOfTheRoom) {
  RecentSets sets(size_t{1} << 20);
  sets.Keep(1, SetOf(1, 10));
  sets.Keep(1 + 16, SetOf(1, 5000));
  EXPECT_NE(sets.Find(1), nullptr);
  EXPECT_EQ(sets.Find(1 + 16), nullptr);
  RecentSets none(0);
  none.Keep(1, SetOf(1, 0));
  EXPECT_EQ(none.Find(1), nullptr);
}

TEST(RecentSetsTest, ManyThreadsMayAskAndGive) {
  RecentSets sets(size_t{64} << 10);
  std::vector<std::thread> threads;
  std::vector<size_t> wrong(4);
  for (size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&sets, &wrong, t] {
      for (uint32_t i = 0; i < 4000; ++i) {
        const uint32_t d = (i * 7 + static_cast<uint32_t>(t)) % 300;
        const ShingleSet set = sets.Find(d);
        if (set == nullptr) {
          sets.Keep(d, SetOf(d, d % 50));
        } else if (*set != *SetOf(d, d % 50)) {
          ++wrong[t];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<size_t>(4));
}

// Without it, where it forgets all the time, and where it holds everything.
TEST(RecentSetsTest, AnswersDoNotDependOnTheirNumber) {
  const TestDocuments documents = TextMaker(11).Documents(300);
  TestFolder folder;
  std::vector<std::vector<std::string>> answers;
  for (const size_t cache_bytes :
       {size_t{0}, size_t{256} << 10, size_t{64} << 20}) {
    IndexOptions options;
    options.cache_bytes = cache_bytes;
    options.threads = 2;
    const auto index =
        NewIndex(folder.File(std::to_string(cache_bytes)), {}, options);
    auto& shown = answers.emplace_back();
    const std::vector<Document> all = documents.All();
    for (size_t begin = 0; begin < all.size(); begin += 30) {
      for (const auto& text :
           Shown(AddAll(index.get(), std::span(all).subspan(begin, 30)))) {
        shown.push_back(text);
      }
      // What is gone is not compared with, though its set may be at hand.
      if (begin % 90 == 0) {
        ASSERT_TRUE(index->Remove({{all[begin].id}}).ok());
      }
    }
    const auto asked = index->Query(all);
    ASSERT_TRUE(asked.ok()) << asked.status();
    for (const auto& text : Shown(*asked)) shown.push_back(text);
  }
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(answers[0], answers[2]);
}

}  // namespace
}  // namespace wirecopy
