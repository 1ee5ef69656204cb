#include "cluster/shingle_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "tests/support/fake_sets.h"

namespace wirecopy {
namespace {

using oracle::FakeLoader;
using oracle::Sets;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

// `count` sets of ten numbers each: 80 bytes and what an entry costs.
Sets TenEach(size_t count) {
  Sets sets(count, std::vector<uint64_t>(10));
  for (size_t d = 0; d < count; ++d) {
    std::iota(sets[d].begin(), sets[d].end(), 100 * d);
  }
  return sets;
}

// What a set of so many hashes takes in a cache.
size_t EntryBytes(size_t hashes) {
  const auto set = std::make_shared<const std::vector<uint64_t>>(hashes);
  return BytesOf(set) + RecentlyUsed<ShingleSet>::kBesides;
}
const size_t kEntryBytes = EntryBytes(10);

// What had to be loaded for these questions.
std::vector<uint32_t> LoadedFor(const std::vector<uint32_t>& documents,
                                SetCache* cache, FakeLoader* loader) {
  loader->loaded.clear();
  for (const uint32_t d : documents) {
    EXPECT_EQ((*cache->Get(d))[0], 100 * d);
  }
  return loader->loaded;
}

TEST(SetCacheTest, KeepsWhatWasUsedLast) {
  FakeLoader loader(TenEach(10));
  SetCache cache(&loader, 3 * kEntryBytes);
  EXPECT_THAT(LoadedFor({0, 1, 2}, &cache, &loader), ElementsAre(0, 1, 2));
  EXPECT_THAT(LoadedFor({2, 1, 0, 0}, &cache, &loader), IsEmpty());
  // 2 was used longest ago.
  EXPECT_THAT(LoadedFor({3}, &cache, &loader), ElementsAre(3));
  EXPECT_THAT(LoadedFor({0, 1, 3}, &cache, &loader), IsEmpty());
  EXPECT_THAT(LoadedFor({2, 1, 3}, &cache, &loader), ElementsAre(2));
  EXPECT_THAT(LoadedFor({0}, &cache, &loader), ElementsAre(0));
  EXPECT_EQ(loader.announced, 6U);
}

TEST(SetCacheTest, PutIsAsGoodAsLoaded) {
  FakeLoader loader(TenEach(10));
  SetCache cache(&loader, 2 * kEntryBytes);
  const auto own = std::make_shared<const std::vector<uint64_t>>(
      std::vector<uint64_t>{400, 401});
  cache.Put(4, own);
  EXPECT_EQ(cache.Get(4), own);
  EXPECT_THAT(loader.loaded, IsEmpty());
  // Once there, it stays: the two are equal anyway.
  cache.Put(4, std::make_shared<const std::vector<uint64_t>>());
  EXPECT_EQ(cache.Get(4), own);
}

// A set larger than the bound is held alone; what callers hold stays good.
TEST(SetCacheTest, NoRoomAtAll) {
  FakeLoader loader(TenEach(10));
  SetCache cache(&loader, 0);
  const ShingleSet held = cache.Get(1);
  EXPECT_THAT(LoadedFor({1, 1, 2, 1, 1}, &cache, &loader), ElementsAre(2, 1));
  EXPECT_EQ((*held)[9], 109U);
}

// Against a plain list, for any sizes and any order of use.
TEST(SetCacheTest, EqualsAListOfTheLastUsed) {
  std::mt19937_64 random(3);
  Sets sets(40);
  for (uint64_t d = 0; d < 40; ++d) sets[d].resize(d * d, 100 * d);
  sets[0] = {0};
  FakeLoader loader(sets);
  constexpr size_t kMost = 20000;
  SetCache cache(&loader, kMost);
  std::list<uint32_t> held;
  size_t loads = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto d = static_cast<uint32_t>(random() % 40);
    const auto found = std::find(held.begin(), held.end(), d);
    if (found == held.end()) {
      ++loads;
    } else {
      held.erase(found);
    }
    held.push_front(d);
    const auto bytes = [&] {
      size_t sum = 0;
      for (const uint32_t e : held) sum += EntryBytes(sets[e].size());
      return sum;
    };
    while (bytes() > kMost && held.size() > 1) held.pop_back();
    ASSERT_EQ(*cache.Get(d), sets[d]);
    ASSERT_EQ(loader.loaded.size(), loads);
  }
  EXPECT_GT(loads, 1000U);
  EXPECT_LT(loads, 19000U);
}

TEST(ForEachSetTest, InOrder) {
  for (const int workers : {1, 3}) {
    FakeLoader loader(TenEach(3000));
    loader.worker_count = workers;
    SetCache cache(&loader, 0);
    std::vector<uint32_t> documents;
    for (uint32_t d = 0; d < 3000; ++d) documents.push_back(d * 7 % 3000);
    std::vector<uint32_t> visited;
    ForEachSet(documents, &cache, [&](uint32_t d, const ShingleSet& set) {
      ASSERT_EQ((*set)[0], 100 * d);
      visited.push_back(d);
    });
    EXPECT_EQ(visited, documents);
    EXPECT_EQ(loader.announced, 3000U);
    EXPECT_THAT(loader.loaded, UnorderedElementsAreArray(documents));
    if (workers == 1) {
      EXPECT_EQ(loader.loaded, documents);
    }
  }
}

// Others run ahead of the visits, but not with more than there is room for.
TEST(ForEachSetTest, LongDocumentsAreNotLoadedFarAhead) {
  FakeLoader loader(TenEach(1000));
  loader.worker_count = 3;
  loader.size_bound = size_t{1} << 20;
  SetCache cache(&loader, 0);
  std::vector<uint32_t> documents(1000);
  std::iota(documents.begin(), documents.end(), 0U);
  size_t visited = 0;
  ForEachSet(documents, &cache, [&](uint32_t, const ShingleSet&) {
    EXPECT_LE(loader.LoadedCount(), visited + 2);
    ++visited;
  });
  EXPECT_EQ(visited, 1000U);
}

// What is in the cache need not be loaded, and comes in its turn all the same.
TEST(ForEachSetTest, TakesFromTheCache) {
  FakeLoader loader(TenEach(10));
  SetCache cache(&loader, 100 * kEntryBytes);
  for (const uint32_t d : {2U, 5U, 6U}) cache.Get(d);
  loader.loaded.clear();
  loader.announced = 0;
  std::vector<uint32_t> visited;
  const std::vector<uint32_t> documents = {9, 5, 1, 2, 6, 0};
  ForEachSet(documents, &cache, [&](uint32_t d, const ShingleSet& set) {
    ASSERT_EQ((*set)[0], 100 * d);
    visited.push_back(d);
  });
  EXPECT_EQ(visited, documents);
  EXPECT_THAT(loader.loaded, ElementsAre(9, 1, 0));
  EXPECT_EQ(loader.announced, 3U);
  EXPECT_EQ(cache.Find(9), nullptr);
  EXPECT_NE(cache.Find(5), nullptr);
}

TEST(ForEachSetTest, SetsAreLetGoOf) {
  FakeLoader loader(TenEach(100));
  SetCache cache(&loader, 0);
  std::vector<uint32_t> documents(100);
  std::iota(documents.begin(), documents.end(), 0U);
  std::weak_ptr<const std::vector<uint64_t>> last;
  ForEachSet(documents, &cache, [&](uint32_t, const ShingleSet& set) {
    EXPECT_TRUE(last.expired());
    last = set;
  });
  EXPECT_TRUE(last.expired());
}

TEST(ForEachSetTest, NothingToVisit) {
  FakeLoader loader(TenEach(1));
  SetCache cache(&loader, 0);
  ForEachSet({}, &cache, [](uint32_t, const ShingleSet&) { FAIL(); });
  EXPECT_THAT(loader.loaded, IsEmpty());
}

}  // namespace
}  // namespace wirecopy
