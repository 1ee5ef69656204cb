#include "passage/candidates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "passage/posting_groups.h"
#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

using Texts = std::vector<std::vector<Fingerprint>>;
using HitsOfPairs = std::map<std::pair<uint32_t, uint32_t>, std::vector<Hit>>;

// Fingerprints of documents that have stretches in common.
Texts NewTexts(oracle::CodeSource* source, uint32_t documents) {
  Texts texts(documents);
  for (auto& prints : texts) {
    uint32_t position = source->Below(5);
    for (uint32_t stretch = source->Below(6); stretch > 0; --stretch) {
      uint64_t hash = source->Below(40);
      for (uint32_t i = 1 + source->Below(8); i > 0; --i) {
        prints.push_back({(++hash + 1) * 0x9E3779B97F4A7C15, position});
        position += 1 + source->Below(4) / 3;
      }
      position += source->Below(12);
    }
  }
  return texts;
}

std::vector<std::span<const Fingerprint>> Views(const Texts& texts) {
  return {texts.begin(), texts.end()};
}

// By the earlier and the later document.
void Collect(std::span<const CandidateFinder::Candidate> candidates,
             uint32_t document, HitsOfPairs* hits) {
  for (size_t i = 0; i < candidates.size(); ++i) {
    const uint32_t other = candidates[i].document;
    ASSERT_TRUE(i == 0 || candidates[i - 1].document < other);
    auto& of_pair = (*hits)[std::minmax(other, document)];
    ASSERT_THAT(of_pair, ::testing::IsEmpty());
    of_pair.assign(candidates[i].hits.begin(), candidates[i].hits.end());
    std::sort(of_pair.begin(), of_pair.end(), [](const Hit& x, const Hit& y) {
      return std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
  }
}

TEST(CandidatesTest, ThoseBehindAreThoseBeforeTheOtherWayRound) {
  oracle::CodeSource source(1);
  for (int trial = 0; trial < 40; ++trial) {
    const Texts texts = NewTexts(&source, 25);
    const Texts others = NewTexts(&source, 25);
    const PostingGroups groups(Views(texts), 1);
    const PostingGroups more_groups(Views(others), 1);
    CandidateFinder finder(groups);
    const size_t most = 2 + source.Below(24);
    HitsOfPairs before;
    HitsOfPairs behind;
    for (uint32_t d = 0; d < texts.size(); ++d) {
      CandidateFinder::MoreGroups more;
      if (trial % 2 == 1) more = {&more_groups, 0, others[d]};
      ASSERT_NO_FATAL_FAILURE(
          Collect(finder.All(texts[d], d, most, more), d, &before));
      ASSERT_NO_FATAL_FAILURE(
          Collect(finder.AllBehind(texts[d], d, most, more), d, &behind));
    }
    ASSERT_FALSE(before.empty());
    ASSERT_EQ(before, behind);
  }
}

// Both indexes' hits, in whatever order.
TEST(CandidatesTest, HasTheHitsOfBothIndexes) {
  oracle::CodeSource source(2);
  const Texts texts = NewTexts(&source, 30);
  const Texts others = NewTexts(&source, 30);
  const PostingGroups groups(Views(texts), 1);
  const PostingGroups more_groups(Views(others), 1);
  CandidateFinder finder(groups);
  CandidateFinder more_finder(more_groups);
  for (uint32_t d = 0; d < texts.size(); ++d) {
    std::map<uint32_t, std::vector<Hit>> expected;
    const auto add = [&](std::span<CandidateFinder::Candidate> found) {
      for (const auto& [document, hits] : found) {
        auto& of_document = expected[document];
        of_document.insert(of_document.end(), hits.begin(), hits.end());
      }
    };
    add(finder.All(texts[d], d, texts.size()));
    add(more_finder.All(others[d], d, texts.size()));
    const auto found =
        finder.All(texts[d], d, texts.size(), {&more_groups, 0, others[d]});
    ASSERT_EQ(found.size(), expected.size());
    for (const auto& [document, hits] : found) {
      ASSERT_THAT(hits,
                  ::testing::UnorderedElementsAreArray(expected[document]));
    }
  }
}

// The stretches of a's tokens that hits of `gram` tokens cover without a gap on
// one diagonal: by diagonal and begin, with how many of `kept` begin there.
std::vector<uint32_t> KeptOfStretches(std::vector<Hit> all, uint32_t gram,
                                      std::span<const Hit> kept) {
  std::sort(all.begin(), all.end(), [](const Hit& x, const Hit& y) {
    return std::pair(x.b - x.a, x.a) < std::pair(y.b - y.a, y.a);
  });
  std::vector<uint32_t> counts;
  for (size_t i = 0; i < all.size(); ++i) {
    const bool goes_on = i > 0 &&
                         all[i].b - all[i].a == all[i - 1].b - all[i - 1].a &&
                         all[i].a <= all[i - 1].a + gram;
    if (!goes_on) counts.push_back(0);
    counts.back() +=
        static_cast<uint32_t>(std::count(kept.begin(), kept.end(), all[i]));
  }
  return counts;
}

// Which of the documents are asked for.
enum class Ask { kAllBehind, kAll, kFirst };

std::span<CandidateFinder::Candidate> Find(
    Ask ask, std::span<const Fingerprint> prints, uint32_t document,
    size_t most, const CandidateFinder::MoreGroups& more,
    CandidateFinder* finder) {
  if (ask == Ask::kFirst) return finder->First(prints, document);
  return ask == Ask::kAll ? finder->All(prints, document, most, more)
                          : finder->AllBehind(prints, document, most, more);
}

// That the same documents are found, and that of each stretch of hits without a
// gap some are kept.
void ExpectEnough(std::span<const CandidateFinder::Candidate> all,
                  std::span<const CandidateFinder::Candidate> kept,
                  uint32_t gram) {
  ASSERT_EQ(kept.size(), all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(kept[i].document, all[i].document);
    ASSERT_THAT(KeptOfStretches({all[i].hits.begin(), all[i].hits.end()}, gram,
                                kept[i].hits),
                ::testing::Each(::testing::Gt(0U)));
    for (const Hit& hit : kept[i].hits) {
      ASSERT_THAT(all[i].hits, ::testing::Contains(hit));
    }
  }
}

size_t CountHits(std::span<const CandidateFinder::Candidate> candidates) {
  size_t count = 0;
  for (const auto& candidate : candidates) count += candidate.hits.size();
  return count;
}

TEST(CandidatesTest, OfHitsWithoutAGapSomeAreEnough) {
  oracle::CodeSource source(3);
  size_t all_hits = 0;
  size_t kept_hits = 0;
  for (int trial = 0; trial < 120; ++trial) {
    const auto ask = static_cast<Ask>(trial % 3);
    const uint32_t gram = 1 + source.Below(6);
    const Texts texts = NewTexts(&source, 25);
    const Texts others = NewTexts(&source, 25);
    const size_t most = 3 + source.Below(25);
    const PostingGroups groups(Views(texts), 1);
    const PostingGroups more_groups(Views(others), 1);
    CandidateFinder finder(groups);
    CandidateFinder thin(groups, gram);
    for (uint32_t d = 0; d < texts.size(); ++d) {
      CandidateFinder::MoreGroups more;
      if (trial % 2 == 1) more = {&more_groups, 0, others[d]};
      const auto all = Find(ask, texts[d], d, most, more, &finder);
      more.gram = gram;
      const auto kept = Find(ask, texts[d], d, most, more, &thin);
      all_hits += CountHits(all);
      kept_hits += CountHits(kept);
      ASSERT_NO_FATAL_FAILURE(ExpectEnough(all, kept, gram));
    }
  }
  EXPECT_LT(kept_hits, all_hits);
}

// A corpus of copies: of what all have in a row, one hit is enough, and those
// that most_documents leaves out stand for none behind them.
TEST(CandidatesTest, WhatIsLeftOutStandsForNothing) {
  constexpr uint32_t kGram = 4;
  const std::vector<Fingerprint> text = {{11, 0}, {22, 2}, {33, 4}, {44, 9}};
  Texts texts(6, text);
  texts.push_back({text[0]});  // the first is in more documents than the rest
  const PostingGroups groups(Views(texts), 1);
  CandidateFinder finder(groups, kGram);
  const auto first_hits = [&](size_t most) {
    std::vector<uint32_t> positions;
    for (const auto& candidate : finder.AllBehind(text, 0, most, {})) {
      for (const Hit& hit : candidate.hits) positions.push_back(hit.a);
      if (candidate.document == 1) break;
    }
    return positions;
  };
  EXPECT_THAT(first_hits(7), ::testing::ElementsAre(0, 9));
  EXPECT_THAT(first_hits(6), ::testing::ElementsAre(2, 9));
}

}  // namespace
}  // namespace wirecopy
