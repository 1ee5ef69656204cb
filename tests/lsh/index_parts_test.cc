// The small parts that the candidate indexes are made of.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "base/parallel.h"
#include "lsh/posting_lists.h"
#include "lsh/shingle_counts.h"
#include "lsh/visited.h"
#include "tests/support/random_sets.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;
using Documents = std::vector<uint32_t>;

Documents Under(const PostingLists& lists, uint64_t key) {
  Documents documents;
  lists.ForEach(key, [&](uint32_t document) { documents.push_back(document); });
  return documents;
}

TEST(PostingListsTest, LatestFirstAndOnlyTheKeys) {
  for (const uint64_t small_keys : {0, 1, 300}) {
    SetSource source(95);
    PostingLists lists(small_keys);
    std::map<uint64_t, Documents> expected;
    for (uint32_t i = 0; i < 5000; ++i) {
      // Zero and all ones are keys like any other.
      const uint64_t key = source.Below(700) - 1;
      lists.Add(key, i / 2);
      auto& documents = expected[key];
      documents.insert(documents.begin(), i / 2);
    }
    for (uint64_t key = 0; key < 800; ++key) {
      const auto found = expected.find(key - 1);
      EXPECT_EQ(Under(lists, key - 1),
                found == expected.end() ? Documents{} : found->second);
    }
  }
  EXPECT_TRUE(Under(PostingLists(), 0).empty());
  EXPECT_TRUE(Under(PostingLists(8), 7).empty());
}

TEST(VisitedTest, LikeASetThatIsCleared) {
  SetSource source(96);
  constexpr size_t kDocuments = 150;
  Visited visited(kDocuments);
  std::set<uint32_t> expected;
  for (int step = 0; step < 20000; ++step) {
    if (source.Below(100) == 0) {
      visited.Clear();
      expected.clear();
    }
    const auto document = static_cast<uint32_t>(source.Below(kDocuments));
    const bool is_new = expected.insert(document).second;
    EXPECT_EQ(visited.Add(document), is_new);
    if (is_new) {
      EXPECT_EQ(visited.documents().back(), document);
    }
    EXPECT_EQ(visited.documents().size(), expected.size());
  }
}

// Counters are shared, so that a count may be too high, but never too low.
TEST(ShingleCountsTest, NeverTooLow) {
  SetSource source(97);
  for (const size_t expected : {0U, 1U, 1024U, 1025U, 100000U}) {
    ShingleCounts counts(expected);
    std::map<uint64_t, uint32_t> exact;
    for (int document = 0; document < 50; ++document) {
      const HashVector set = source.Subset(200, 1000, ~uint64_t{0} / 1000);
      counts.Add(set);
      for (const uint64_t h : set) ++exact[h];
    }
    for (const auto& [h, count] : exact) EXPECT_GE(counts.Count(h), count);
  }
}

TEST(ShingleCountsTest, ExactWhereNoCounterIsShared) {
  ShingleCounts counts(1024);
  HashVector set;
  for (uint64_t i = 0; i < 1024; ++i) set.push_back(i << 54 | i);
  counts.Add(set);
  counts.Add({set.data(), 512});
  for (uint64_t i = 0; i < 1024; ++i) {
    EXPECT_EQ(counts.Count(set[i]), i < 512 ? 2U : 1U);
    // Its neighbour behind the counter's bits.
    EXPECT_EQ(counts.Count(set[i] + 1), counts.Count(set[i]));
  }
}

TEST(ShingleCountsTest, CountsFromManyThreads) {
  SetSource source(98);
  std::vector<HashVector> sets;
  for (int i = 0; i < 64; ++i) sets.push_back(source.Hashes(1000));
  ShingleCounts alone(1000);
  for (const HashVector& set : sets) alone.Add(set);
  ShingleCounts together(1000);
  ParallelFor(4, sets.size(), [&](int, size_t i) { together.Add(sets[i]); });
  for (const HashVector& set : sets) {
    for (const uint64_t h : set) {
      ASSERT_EQ(together.Count(h), alone.Count(h));
    }
  }
}

}  // namespace
}  // namespace wirecopy
