#include "provenance/cut_source.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;

constexpr TokenCode kEdit = 100'000;  // words of edits, from here
constexpr size_t kCopies = 6;
constexpr uint32_t kSource = kCopies;  // behind its copies

// Copies of a text, with an edit each, that are said to have an absent source;
// and what may be that, cut: under the first of them.
struct Family {
  std::vector<Text> texts;
  CandidateTable table;
  AbsentSources absent;
  Forest forest;

  explicit Family(Text source) {
    for (TokenCode i = 0; i < kCopies; ++i) {
      texts.emplace_back(200);
      std::iota(texts[i].begin(), texts[i].end(), TokenCode{2});
      texts[i][10 * i + 5] = kEdit + i;
    }
    texts.push_back(std::move(source));
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (uint32_t i = 0; i < texts.size(); ++i) {
      for (uint32_t j = i + 1; j < texts.size(); ++j) pairs.emplace_back(i, j);
    }
    const std::vector<std::span<const TokenCode>> spans(texts.begin(),
                                                        texts.end());
    table = DescribePairs(spans, pairs);
    absent.groups.assign(texts.size(), 1);
    absent.groups[kSource] = 0;
    absent.confidences.assign(texts.size(), 0.9);
    forest.parents.assign(texts.size(), 0);
    forest.parents[0].reset();
    forest.root_probabilities.assign(texts.size(), 0.1);
    for (const auto& candidates : table) {
      forest.probabilities.emplace_back(candidates.size(), 0.1);
    }
    forest.root_probabilities[0] = 0.7;
  }

  bool HasCutSource() {
    const std::vector<std::span<const TokenCode>> spans(texts.begin(),
                                                        texts.end());
    HangOnCutSources(spans, table, &absent, &forest);
    return forest.parents[1] == kSource;
  }
};

Text Beginning(size_t size) {
  Text text(size);
  std::iota(text.begin(), text.end(), TokenCode{2});
  return text;
}

TEST(CutSourceTest, TheBeginningOfAllIsTheirSource) {
  Family family(Beginning(90));
  ASSERT_TRUE(family.HasCutSource());
  for (uint32_t copy = 0; copy < kCopies; ++copy) {
    EXPECT_EQ(family.forest.parents[copy], kSource) << copy;
    EXPECT_EQ(family.absent.groups[copy], 0) << copy;
    EXPECT_EQ(family.absent.confidences[copy], 0) << copy;
  }
  EXPECT_FALSE(family.forest.parents[kSource].has_value());
  EXPECT_GE(family.forest.root_probabilities[kSource], 0.5);
  // The first was a root: that is how sure its new parent is.
  const std::vector<Candidate>& candidates = family.table[0];
  for (size_t i = 0; i < candidates.size(); ++i) {
    EXPECT_EQ(family.forest.probabilities[0][i],
              candidates[i].parent == kSource ? 0.7 : 0.1);
  }
}

TEST(CutSourceTest, ACopyWithAnEditIsNone) {
  Text edited = Beginning(90);
  edited[75] = kEdit + kCopies;
  Family family(edited);
  EXPECT_FALSE(family.HasCutSource());
  EXPECT_EQ(family.absent.groups[1], 1);
}

TEST(CutSourceTest, NeitherIsOneWithAnEditOfOneOfThem) {
  Text edited = Beginning(90);
  edited[25] = kEdit + 2;
  EXPECT_FALSE(Family(edited).HasCutSource());
}

TEST(CutSourceTest, NorAWholeText) {
  EXPECT_FALSE(Family(Beginning(200)).HasCutSource());
}

TEST(CutSourceTest, NorOneThatIsDatedLater) {
  Family family(Beginning(90));
  for (auto& candidates : family.table) {
    for (Candidate& candidate : candidates) {
      if (candidate.parent == kSource) candidate.clock = -3;
    }
  }
  EXPECT_FALSE(family.HasCutSource());
}

// Its own parent stays, where that is none of them.
TEST(CutSourceTest, ItsSourceStaysItsSource) {
  Family family(Beginning(90));
  family.texts.push_back(Beginning(90));
  const auto other = static_cast<uint32_t>(family.texts.size() - 1);
  family.table.emplace_back();
  family.absent.groups.push_back(0);
  family.absent.confidences.push_back(0);
  family.forest.parents.emplace_back(std::nullopt);
  family.forest.root_probabilities.push_back(1);
  family.forest.probabilities.emplace_back();
  family.forest.parents[kSource] = other;
  ASSERT_TRUE(family.HasCutSource());
  EXPECT_EQ(family.forest.parents[kSource], other);
}

}  // namespace
}  // namespace wirecopy
