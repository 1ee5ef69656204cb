#include "passage/groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "cluster/union_find.h"
#include "passage/families.h"
#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

constexpr uint32_t kDocuments = 12;
constexpr uint32_t kTokens = 200;

PlacedSpan SomeSpan(oracle::CodeSource* source, uint32_t document) {
  const uint32_t begin = 15 * source->Below(12) + source->Below(3);
  return {document, {begin, begin + 9 + source->Below(8)}};
}

// By rising documents, as those of a corpus.
std::vector<PassagePlaces> NewPassages(oracle::CodeSource* source,
                                       uint32_t count, uint32_t documents) {
  std::vector<PassagePlaces> passages;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t a = source->Below(documents - 1);
    const uint32_t b = a + 1 + source->Below(documents - 1 - a);
    passages.push_back({SomeSpan(source, a), SomeSpan(source, b)});
  }
  std::stable_sort(passages.begin(), passages.end(),
                   [](const PassagePlaces& x, const PassagePlaces& y) {
                     return std::pair(x.a.document, x.b.document) <
                            std::pair(y.a.document, y.b.document);
                   });
  return passages;
}

PlacedSpan SideOf(const std::vector<PassagePlaces>& passages, size_t side) {
  return side % 2 == 0 ? passages[side / 2].a : passages[side / 2].b;
}

bool AreAbout(const PlacedSpan& x, const PlacedSpan& y) {
  const uint32_t begin = std::max(x.tokens.begin, y.tokens.begin);
  const uint32_t end = std::min(x.tokens.end, y.tokens.end);
  if (x.document != y.document || begin >= end) return false;
  const uint32_t either = x.tokens.size() + y.tokens.size() - (end - begin);
  return 3 * (end - begin) >= 2 * either;
}

// By side, the one that stands for its place: from the longest on, each that is
// like none before stands for itself, else for the first that it is like.
std::vector<size_t> PlacesOf(const std::vector<PassagePlaces>& passages) {
  std::vector<size_t> order(2 * passages.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto span = [&](size_t side) { return SideOf(passages, side); };
  std::stable_sort(order.begin(), order.end(), [&](size_t x, size_t y) {
    return std::pair(span(y).tokens.size(), span(x).tokens.begin) <
           std::pair(span(x).tokens.size(), span(y).tokens.begin);
  });
  std::vector<size_t> standing;
  std::vector<size_t> result(order.size());
  for (const size_t side : order) {
    std::vector<size_t> alike;
    for (const size_t other : standing) {
      if (AreAbout(span(other), span(side))) alike.push_back(other);
    }
    const auto first =
        std::min_element(alike.begin(), alike.end(), [&](size_t x, size_t y) {
          return span(x).tokens.begin < span(y).tokens.begin;
        });
    if (first == alike.end()) standing.push_back(side);
    result[side] = first == alike.end() ? side : *first;
  }
  return result;
}

// Labels that are passed on until nothing changes.
PassageGroups SlowGroups(const std::vector<PassagePlaces>& passages) {
  const std::vector<size_t> places = PlacesOf(passages);
  std::vector<size_t> label(places.size());
  std::iota(label.begin(), label.end(), size_t{0});
  for (bool changes = true; changes;) {
    changes = false;
    for (size_t i = 0; i < passages.size(); ++i) {
      size_t& a = label[places[2 * i]];
      size_t& b = label[places[2 * i + 1]];
      changes |= a != b;
      a = b = std::min(a, b);
    }
  }
  PassageGroups groups;
  std::map<size_t, uint32_t> numbers;
  for (size_t i = 0; i < passages.size(); ++i) {
    const auto number = static_cast<uint32_t>(numbers.size());
    groups.group_of.push_back(
        numbers.try_emplace(label[places[2 * i]], number).first->second);
  }
  groups.members.resize(numbers.size());
  for (uint32_t side = 0; side < places.size(); ++side) {
    if (places[side] != side) continue;
    groups.members[numbers.at(label[side])].push_back(side);
  }
  for (auto& members : groups.members) {
    std::sort(members.begin(), members.end(), [&](uint32_t x, uint32_t y) {
      const PlacedSpan of_x = SideOf(passages, x);
      const PlacedSpan of_y = SideOf(passages, y);
      return std::tuple(of_x.document, of_x.tokens.begin, of_y.tokens.end) <
             std::tuple(of_y.document, of_y.tokens.begin, of_x.tokens.end);
    });
  }
  return groups;
}

void ExpectSame(const PassageGroups& got, const PassageGroups& expected) {
  ASSERT_EQ(got.group_of, expected.group_of);
  ASSERT_EQ(got.members, expected.members);
}

TEST(GroupsTest, AsPassedOnFromSideToSide) {
  oracle::CodeSource source(1);
  size_t joined = 0;
  for (int trial = 0; trial < 100; ++trial) {
    const auto passages = NewPassages(&source, source.Below(60), kDocuments);
    const PassageGroups expected = SlowGroups(passages);
    joined += passages.size() - expected.members.size();
    for (const int threads : {1, 2, 4}) {
      ASSERT_NO_FATAL_FAILURE(ExpectSame(
          GroupPassages(passages, DistinctSides(passages, threads), threads),
          expected));
    }
  }
  EXPECT_GT(joined, 0U);
}

// More than a thread takes at once.
TEST(GroupsTest, ManyDoNotDependOnThreads) {
  oracle::CodeSource source(2);
  const auto passages = NewPassages(&source, 200'000, 30'000);
  const PassageGroups one =
      GroupPassages(passages, DistinctSides(passages, 1), 1);
  EXPECT_GT(one.members.size(), 100U);
  for (const int threads : {2, 4}) {
    ASSERT_NO_FATAL_FAILURE(ExpectSame(
        GroupPassages(passages, DistinctSides(passages, threads), threads),
        one));
  }
}

// What some passages leave behind is as if they had never been.
TEST(GroupsTest, OfThoseThatAreKept) {
  oracle::CodeSource source(3);
  for (int trial = 0; trial < 100; ++trial) {
    const int threads = 1 + trial % 3;
    const auto all = NewPassages(&source, source.Below(60), kDocuments);
    DistinctSides sides(all, threads);
    std::vector<PassagePlaces> kept;
    for (size_t i = 0; i < all.size(); ++i) {
      if (source.Below(3) == 0) continue;
      sides.Move(i, kept.size());
      kept.push_back(all[i]);
    }
    sides.Keep(kept, threads);
    for (size_t side = 0; side < 2 * kept.size(); ++side) {
      const PlacedSpan span = SideOf(kept, side);
      const auto& distinct =
          sides.Of(span.document)[sides.PlaceOf(span.document, side) -
                                  sides.BeginOf(span.document)];
      ASSERT_EQ(distinct.tokens, span.tokens);
      ASSERT_LE(distinct.first, side);
    }
    ASSERT_NO_FATAL_FAILURE(
        ExpectSame(GroupPassages(kept, sides, threads), SlowGroups(kept)));
  }
}

// The documents that stand for families, by the first of each.
std::vector<uint32_t> FirstOf(const std::vector<uint32_t>& families) {
  std::map<uint32_t, uint32_t> first;
  std::vector<uint32_t> result;
  for (uint32_t d = 0; d < families.size(); ++d) {
    result.push_back(first.try_emplace(families[d], d).first->second);
  }
  return result;
}

TEST(FamiliesTest, ArePairsThatAreOneByThemselves) {
  oracle::CodeSource source(4);
  size_t joined = 0;
  const std::vector<uint32_t> sizes(kDocuments, kTokens);
  const auto is_furniture = [](size_t i) { return i % 5 == 0; };
  for (int trial = 0; trial < 100; ++trial) {
    auto passages = NewPassages(&source, source.Below(20), kDocuments);
    for (PassagePlaces& passage : passages) {
      if (source.Below(3) != 0) continue;
      passage.a.tokens = {60, 60 + 15 + source.Below(30)};
      passage.b.tokens = passage.a.tokens;
    }
    UnionFind expected(kDocuments);
    for (size_t begin = 0; begin < passages.size();) {
      size_t end = begin + 1;
      while (end < passages.size() &&
             passages[end].a.document == passages[begin].a.document &&
             passages[end].b.document == passages[begin].b.document) {
        ++end;
      }
      const auto alone = FindFamilies(
          std::span(passages).subspan(begin, end - begin),
          [&](size_t i) { return is_furniture(begin + i); }, sizes, sizes, 1);
      const uint32_t a = passages[begin].a.document;
      const uint32_t b = passages[begin].b.document;
      if (alone[a] == alone[b] && expected.Union(a, b)) ++joined;
      begin = end;
    }
    std::vector<uint32_t> families;
    for (uint32_t d = 0; d < kDocuments; ++d) {
      families.push_back(expected.Find(d));
    }
    for (const int threads : {1, 2, 4}) {
      ASSERT_EQ(
          FirstOf(FindFamilies(passages, is_furniture, sizes, sizes, threads)),
          FirstOf(families));
    }
  }
  EXPECT_GT(joined, 100U);
}

}  // namespace
}  // namespace wirecopy
