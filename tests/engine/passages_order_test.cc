// Passages are the same whatever the threads and the order of the input.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/passage_corpus.h"
#include "wirecopy/passages.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::RandomArticles;
using oracle::RunPassages;

auto Fields(const ReusedPassage& p) {
  return std::tuple(p.a, p.b, p.a_span.begin, p.a_span.end, p.b_span.begin,
                    p.b_span.end, p.words, p.edits, p.kind, p.group);
}

void ExpectSame(const PassagesResult& x, const PassagesResult& y) {
  ASSERT_EQ(x.passages.size(), y.passages.size());
  for (size_t i = 0; i < x.passages.size(); ++i) {
    ASSERT_EQ(Fields(x.passages[i]), Fields(y.passages[i]));
  }
  ASSERT_EQ(x.groups.size(), y.groups.size());
  for (size_t g = 0; g < x.groups.size(); ++g) {
    ASSERT_EQ(x.groups[g].first, y.groups[g].first);
    ASSERT_EQ(x.groups[g].kind, y.groups[g].kind);
    ASSERT_EQ(x.groups[g].members.size(), y.groups[g].members.size());
    for (size_t i = 0; i < x.groups[g].members.size(); ++i) {
      ASSERT_EQ(x.groups[g].members[i].document,
                y.groups[g].members[i].document);
      ASSERT_EQ(x.groups[g].members[i].span, y.groups[g].members[i].span);
    }
  }
  EXPECT_EQ(x.lengths, y.lengths);
  EXPECT_EQ(x.stats.candidates, y.stats.candidates);
  EXPECT_EQ(x.stats.pairs, y.stats.pairs);
  EXPECT_EQ(x.stats.most_documents, y.stats.most_documents);
  EXPECT_EQ(x.stats.capped_fingerprints, y.stats.capped_fingerprints);
}

std::vector<Articles> Corpora() {
  return {RandomArticles(1, 25, 150), RandomArticles(2, 400, 300)};
}

TEST(PassagesOrderTest, ThreadsChangeNothing) {
  for (const Articles& articles : Corpora()) {
    for (PassagesOptions options : oracle::AllPassageWays()) {
      const PassagesResult expected = RunPassages(options, articles);
      EXPECT_GT(expected.passages.size(), 50U);
      for (const int threads : {2, 8}) {
        options.threads = threads;
        ExpectSame(RunPassages(options, articles), expected);
      }
    }
  }
}

using Place = std::tuple<std::string, size_t, size_t>;

Place PlaceOf(const Articles& articles, uint32_t document, OffsetSpan span) {
  return {articles[document].id, span.begin, span.end};
}

// By id: the lesser side first.
using Record = std::tuple<Place, Place, uint32_t, uint32_t, PassageKind>;
std::multiset<Record> RecordsById(const Articles& articles,
                                  const PassagesResult& found) {
  std::multiset<Record> records;
  for (const ReusedPassage& passage : found.passages) {
    Place a = PlaceOf(articles, passage.a, passage.a_span);
    Place b = PlaceOf(articles, passage.b, passage.b_span);
    if (b < a) std::swap(a, b);
    records.insert({a, b, passage.words, passage.edits, passage.kind});
  }
  return records;
}

// Where each group was first, and all its places.
std::multiset<std::pair<Place, std::set<Place>>> GroupsById(
    const Articles& articles, const PassagesResult& found) {
  std::multiset<std::pair<Place, std::set<Place>>> groups;
  for (const PassageGroup& group : found.groups) {
    std::set<Place> places;
    for (const auto& member : group.members) {
      places.insert(PlaceOf(articles, member.document, member.span));
    }
    const auto& first = group.members[group.first];
    groups.insert({PlaceOf(articles, first.document, first.span), places});
  }
  return groups;
}

Articles Shuffled(Articles articles, uint64_t seed) {
  std::mt19937_64 random(seed);
  for (size_t i = articles.size(); i > 1; --i) {
    std::swap(articles[i - 1], articles[random() % i]);
  }
  return articles;
}

TEST(PassagesOrderTest, OrderOfInputChangesNothing) {
  for (const Articles& articles : Corpora()) {
    for (const PassagesOptions& options : oracle::AllPassageWays()) {
      const PassagesResult expected = RunPassages(options, articles);
      for (const uint64_t seed : {1, 2}) {
        const Articles other = Shuffled(articles, seed);
        const PassagesResult found = RunPassages(options, other);
        EXPECT_EQ(RecordsById(other, found), RecordsById(articles, expected));
        EXPECT_EQ(GroupsById(other, found), GroupsById(articles, expected));
        EXPECT_EQ(found.stats.candidates, expected.stats.candidates);
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
