// De-duplication in pieces, against the same in one place.

#include "wirecopy/spread.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "tests/support/run_match.h"
#include "tests/support/stories.h"

namespace wirecopy {
namespace {

using oracle::Stories;

using Rows = std::vector<std::pair<uint64_t, int64_t>>;  // key, document

// What a framework would carry about, in memory.
class SpreadRun {
 public:
  SpreadRun(const MatchOptions& options, const Stories& stories)
      : options_(options),
        stories_(stories),
        sketcher_(*BandSketcher::Create(options)) {}

  // Which document is kept for each, and how similar it is.
  std::vector<oracle::Fate> Run(const std::vector<uint32_t>& order) {
    Sketch(order);
    Rows rows;
    for (const uint32_t d : order) {
      if (twin_of_[d] != d || is_empty_[d]) continue;
      for (size_t band = 0; band < keys_[d].size(); ++band) {
        rows.emplace_back(uint64_t{band} << 32 | keys_[d][band], d);
      }
    }
    for (const BucketLink& link : Link(rows)) {
      if (link.is_of_hub) {
        hubs_.insert(static_cast<uint32_t>(link.b));
      } else {
        Join(link);
      }
    }
    LinkHubs();
    return Replay(order);
  }

  size_t hubs() const { return hubs_.size(); }
  size_t groups() const { return groups_; }

 private:
  void Sketch(const std::vector<uint32_t>& order) {
    const size_t n = stories_.size();
    twin_of_.resize(n);
    is_empty_.resize(n);
    keys_.resize(n);
    packed_.resize(n);
    group_of_.resize(n);
    std::iota(group_of_.begin(), group_of_.end(), 0U);
    std::map<std::vector<uint64_t>, uint32_t> first;
    for (const uint32_t d : order) {
      const SketchedDocument found = sketcher_.Sketch(stories_[d].text);
      is_empty_[d] = found.shingles.empty();
      twin_of_[d] =
          is_empty_[d]
              ? d
              : first
                    .try_emplace({found.shingles.begin(), found.shingles.end()},
                                 d)
                    .first->second;
      keys_[d].assign(found.keys.begin(), found.keys.end());
      packed_[d].assign(found.packed.begin(), found.packed.end());
    }
  }

  std::vector<BucketLink> Link(Rows rows) {
    std::sort(rows.begin(), rows.end());
    BucketLinker linker = *BucketLinker::Create(options_);
    std::vector<BucketLink> links;
    for (const auto& [key, document] : rows) {
      linker.Add(key, document, packed_[static_cast<size_t>(document)], &links);
    }
    linker.Finish(&links);
    EXPECT_LE(links.size(), rows.size());
    return links;
  }

  // The prefixes count in two parts, as on two machines.
  void LinkHubs() {
    PrefixFinder finder = *PrefixFinder::Create(options_);
    PrefixFinder other = *PrefixFinder::Create(options_);
    for (const uint32_t d : hubs_) {
      (d % 2 == 0 ? finder : other).Count(stories_[d].text);
    }
    for (size_t i = 0; i < PrefixFinder::kCounters; ++i) {
      finder.AddToCounter(i, other.CounterAt(i));
    }
    Rows rows;
    for (const uint32_t d : hubs_) {
      for (const uint64_t key : finder.Prefix(stories_[d].text)) {
        rows.emplace_back(key, d);
      }
    }
    for (const BucketLink& link : Link(rows)) Join(link);
  }

  void Join(const BucketLink& link) {
    const uint32_t from = group_of_[static_cast<size_t>(link.a)];
    const uint32_t to = group_of_[static_cast<size_t>(link.b)];
    if (from == to) return;
    std::replace(group_of_.begin(), group_of_.end(), from, to);
  }

  std::vector<oracle::Fate> Replay(const std::vector<uint32_t>& order) {
    std::vector<uint32_t> walk = order;
    std::stable_sort(walk.begin(), walk.end(), [&](uint32_t a, uint32_t b) {
      return group_of_[a] < group_of_[b];
    });
    groups_ = std::set<uint32_t>(group_of_.begin(), group_of_.end()).size();
    StarReplay replay = *StarReplay::Create(options_);
    std::vector<oracle::Fate> fates(order.size());
    for (const uint32_t d : walk) {
      if (twin_of_[d] != d) continue;
      const StarReplay::Fate fate =
          replay.Add(group_of_[d], d, hubs_.contains(d), stories_[d].text);
      fates[d] = {static_cast<uint32_t>(fate.kept), fate.similarity};
    }
    for (uint32_t d = 0; d < fates.size(); ++d) {
      const uint32_t twin = twin_of_[d];
      if (twin == d) continue;
      fates[d] = fates[twin];
      if (fates[d].kept == twin) fates[d].similarity = 1;
    }
    return fates;
  }

  MatchOptions options_;
  const Stories& stories_;
  BandSketcher sketcher_;
  std::vector<uint32_t> twin_of_;
  std::vector<bool> is_empty_;
  std::vector<std::vector<uint32_t>> keys_;
  std::vector<std::vector<uint64_t>> packed_;
  std::vector<uint32_t> group_of_;
  std::set<uint32_t> hubs_;
  size_t groups_ = 0;
};

size_t CheckAsInOnePlace(const Stories& stories, double threshold,
                         size_t least_hubs) {
  size_t removed = 0;
  for (const KeepPolicy keep : oracle::kKeepPolicies) {
    DedupOptions options;
    options.match.threshold = threshold;
    options.keep = keep;
    const DedupResult result = oracle::RunDedup(options, stories);
    SpreadRun run(options.match, stories);
    const auto fates = run.Run(oracle::SlowKeepOrder(keep, stories));
    EXPECT_EQ(fates,
              oracle::FatesOf(result, static_cast<uint32_t>(fates.size())))
        << threshold << " keep " << static_cast<int>(keep);
    EXPECT_GE(run.hubs(), least_hubs);
    // One group would be the same in one place by any means.
    EXPECT_GT(run.groups(), least_hubs > 0 ? 0U : 10U);
    removed += result.removed.size();
  }
  return removed;
}

TEST(SpreadTest, DecidesAsInOnePlace) {
  size_t removed = 0;
  for (uint64_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 40 + seed * 4);
    for (const double threshold : {0.5, 0.8}) {
      removed += CheckAsInOnePlace(stories, threshold, 0);
    }
  }
  EXPECT_GT(removed, 500U);
  EXPECT_GT(CheckAsInOnePlace(oracle::FamilyStories(3), 0.8, 0), 0U);
}

TEST(SpreadTest, HubsAreLinkedByPrefixes) {
  CheckAsInOnePlace(oracle::TemplateStories(2), 0.8, 129);
}

TEST(SpreadTest, RefusesWhatItDoesNotKnow) {
  MatchOptions exact;
  exact.exact = true;
  EXPECT_EQ(BandSketcher::Create(exact).status().code(),
            absl::StatusCode::kInvalidArgument);
  MatchOptions containment;
  containment.measure = Measure::kContainment;
  EXPECT_EQ(StarReplay::Create(containment).status().code(),
            absl::StatusCode::kInvalidArgument);
  MatchOptions bounded;
  bounded.memory.bytes = size_t{1} << 30;
  EXPECT_EQ(BucketLinker::Create(bounded).status().code(),
            absl::StatusCode::kInvalidArgument);
  MatchOptions wrong;
  wrong.threshold = 2;
  EXPECT_EQ(PrefixFinder::Create(wrong).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace wirecopy
