// Removing what others contain: what must hold of every result.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/support/match_oracle.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"

namespace wirecopy {
namespace {

using oracle::Fate;
using oracle::OverlapTable;
using oracle::Stories;
using oracle::StoryMaker;
using oracle::Words;

std::vector<Fate> RunContainment(const Stories& stories, double threshold,
                                 KeepPolicy keep, int k) {
  DedupOptions options{oracle::ExactOptions(threshold, k)};
  options.match.measure = Measure::kContainment;
  options.match.exact = false;  // containment joins exactly all the same
  options.keep = keep;
  return oracle::FatesOf(oracle::RunDedup(options, stories),
                         static_cast<uint32_t>(stories.size()));
}

void CheckRemoved(uint32_t removed, const std::vector<Fate>& fates,
                  const OverlapTable& table, double threshold) {
  const uint32_t kept = fates[removed].kept;
  EXPECT_EQ(fates[kept].kept, kept) << removed;
  EXPECT_EQ(fates[removed].similarity, table.Contained(removed, kept))
      << removed;
  EXPECT_GE(fates[removed].similarity, threshold) << removed;
  const Overlap& overlap = table.Of(removed, kept);
  if (overlap.a > overlap.b) {
    EXPECT_GE(table.Contained(kept, removed), threshold)
        << removed << " is larger than " << kept << ", which it does not hold";
  }
}

// A document that stays has no other that stays and contains it.
void CheckKept(uint32_t kept, const std::vector<Fate>& fates,
               const OverlapTable& table, double threshold) {
  for (uint32_t other = 0; other < table.size(); ++other) {
    if (other == kept || fates[other].kept != other) continue;
    EXPECT_LT(table.Contained(kept, other), threshold)
        << kept << " is contained in " << other;
  }
}

// Returns how many were removed.
size_t CheckProperties(const Stories& stories, const OverlapTable& table,
                       double threshold, KeepPolicy keep, int k) {
  const std::vector<Fate> fates = RunContainment(stories, threshold, keep, k);
  size_t removed = 0;
  for (uint32_t d = 0; d < table.size(); ++d) {
    if (fates[d].kept == d) {
      CheckKept(d, fates, table, threshold);
    } else {
      CheckRemoved(d, fates, table, threshold);
      ++removed;
    }
  }
  return removed;
}

TEST(ContainmentDedupTest, EveryCorpusKeepsTheProperties) {
  size_t removed = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Stories stories = oracle::MixedStories(seed, 30 + seed * 2);
    const int k = seed % 3 == 0 ? 5 : static_cast<int>(seed % 3) + 1;
    const OverlapTable table(stories, k);
    for (const double threshold : {0.3, 0.6, 0.8, 1.0}) {
      for (const KeepPolicy keep : oracle::kKeepPolicies) {
        removed += CheckProperties(stories, table, threshold, keep, k);
        ASSERT_FALSE(HasFailure())
            << "seed " << seed << " threshold " << threshold << " keep "
            << static_cast<int>(keep);
      }
    }
  }
  EXPECT_GT(removed, 10000U);
}

TEST(ContainmentDedupTest, Families) {
  const Stories stories = oracle::FamilyStories(1);
  const OverlapTable table(stories, 5);
  for (const KeepPolicy keep : oracle::kKeepPolicies) {
    EXPECT_GT(CheckProperties(stories, table, 0.8, keep, 5), 20U);
  }
}

// Two documents: a story and something made of it.
Stories TwoStories(uint64_t seed) {
  StoryMaker maker(seed, 400);
  const Words words = maker.NewWords(40);
  const auto cut = static_cast<std::ptrdiff_t>(maker.Below(20));
  Words other(words.begin() + cut, words.end());
  other = maker.Edited(std::move(other), maker.Below(3));
  for (std::string& word : maker.NewWords(maker.Below(20))) {
    other.push_back(std::move(word));
  }
  maker.Add(seed % 2 == 0 ? words : other);
  maker.Add(seed % 2 == 0 ? other : words);
  return maker.Take();
}

// The one rule for two: who contains the other stays; where both do, the first
// in keep order stays.
TEST(ContainmentDedupTest, TwoDocuments) {
  size_t one_way = 0;
  size_t mutual = 0;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    const Stories stories = TwoStories(seed);
    const OverlapTable table(stories, 5);
    for (const KeepPolicy keep : oracle::kKeepPolicies) {
      const bool first_in_second = table.Contained(0, 1) >= 0.7;
      const bool second_in_first = table.Contained(1, 0) >= 0.7;
      std::vector<uint32_t> expected = {0, 1};
      if (first_in_second && second_in_first) {
        const uint32_t kept = oracle::SlowKeepOrder(keep, stories)[0];
        expected = {kept, kept};
        ++mutual;
      } else if (first_in_second || second_in_first) {
        const uint32_t kept = first_in_second ? 1 : 0;
        expected = {kept, kept};
        ++one_way;
      }
      const std::vector<Fate> fates = RunContainment(stories, 0.7, keep, 5);
      ASSERT_EQ((std::vector<uint32_t>{fates[0].kept, fates[1].kept}), expected)
          << "seed " << seed << " keep " << static_cast<int>(keep);
    }
  }
  EXPECT_GT(one_way, 100U);
  EXPECT_GT(mutual, 100U);
}

// The excerpt's own share counts, not the whole's.
TEST(ContainmentDedupTest, ExcerptGoesWhateverIsPreferred) {
  StoryMaker maker(7, 400);
  const Words words = maker.UniqueWords(200);
  maker.Add({words.begin() + 50, words.begin() + 80});
  maker.Add(words);
  const Stories stories = maker.Take();
  for (const KeepPolicy keep : oracle::kKeepPolicies) {
    const std::vector<Fate> fates = RunContainment(stories, 0.8, keep, 5);
    EXPECT_EQ(fates[0], (Fate{1, 1.0}));
    EXPECT_EQ(fates[1].kept, 1U);
  }
}

// A preferred document that would take over, but does not contain what was
// removed for the other, goes itself: proof goes before preference.
TEST(ContainmentDedupTest, NoTakingOverWithoutProof) {
  StoryMaker maker(8, 400);
  const Words words = maker.UniqueWords(104);
  maker.Add({words.begin(), words.begin() + 90});  // preferred
  maker.Add(words);                                // contains both
  maker.Add({words.begin() + 80, words.end()});    // not in the preferred
  const Stories stories = maker.Take();
  const std::vector<Fate> fates =
      RunContainment(stories, 0.8, KeepPolicy::kFirst, 5);
  // The preferred one comes before the excerpt, takes over, and leaves the
  // excerpt without anything that contains it.
  EXPECT_EQ(fates[0].kept, 0U);
  EXPECT_EQ(fates[1].kept, 0U);
  EXPECT_EQ(fates[2].kept, 2U);
}

TEST(ContainmentDedupTest, InheritedDocumentsAreContainedInTheHeir) {
  StoryMaker maker(9, 400);
  const Words words = maker.UniqueWords(104);
  Words larger = words;
  larger.push_back("more");
  // By size: the largest, a copy of it less a word, the preferred one.
  maker.Add({words.begin(), words.begin() + 95});
  maker.Add(larger);
  maker.Add(words);
  const std::vector<Fate> fates =
      RunContainment(maker.Take(), 0.8, KeepPolicy::kFirst, 5);
  EXPECT_EQ(fates[0].kept, 0U);
  EXPECT_EQ(fates[1], (Fate{0, 91.0 / 101}));
  EXPECT_EQ(fates[2], (Fate{0, 91.0 / 100}));
}

}  // namespace
}  // namespace wirecopy
