#include "engine/corpus_lineage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

uint32_t Below(uint32_t limit, std::mt19937* random) {
  return static_cast<uint32_t>((*random)() % limit);
}

using Records = std::vector<std::pair<LineageRecord, Twin>>;

// First parents are smaller documents, further ones are anything.
Records RandomRecords(std::mt19937* random, uint32_t size) {
  Records records(size);
  for (uint32_t d = 0; d < size; ++d) {
    LineageRecord& record = records[d].first;
    records[d].second.first = d;
    record.document = d;
    record.status = LineageStatus::kRoot;
    if (d == 0 || Below(5, random) == 0) continue;
    record.status = LineageStatus::kCopy;
    std::set<uint32_t> parents = {d};
    const auto add = [&](uint32_t parent) {
      if (!parents.insert(parent).second) return;
      record.parents.push_back({parent, (1 + Below(9, random)) / 10.0, 1, 0});
    };
    add(Below(d, random));
    while (Below(3, random) == 0) add(Below(size, random));
  }
  std::shuffle(records.begin(), records.end(), *random);
  return records;
}

std::vector<uint32_t> Ranks(uint32_t size) {
  std::vector<uint32_t> rank(size);
  std::iota(rank.begin(), rank.end(), 0U);
  return rank;
}

// By copy and source: the likeliest way, found by trying all again and again.
std::map<std::pair<uint32_t, uint32_t>, double> AllWays(
    const CorpusLineage& lineage) {
  std::map<std::pair<uint32_t, uint32_t>, double> ways;
  for (bool is_more = true; is_more;) {
    is_more = false;
    for (const LineageRecord& record : lineage.records()) {
      const auto offer = [&](uint32_t source, double sure) {
        double& best = ways[{record.document, source}];
        if (sure <= best) return;
        best = sure;
        is_more = true;
      };
      for (const LineageParent& parent : record.parents) {
        offer(parent.document, parent.confidence);
        for (uint32_t d = 0; d < lineage.records().size(); ++d) {
          const auto way = ways.find({parent.document, d});
          if (way != ways.end()) offer(d, parent.confidence * way->second);
        }
      }
    }
  }
  return ways;
}

TEST(CorpusLineageTest, NothingGoesBackToItselfAndWaysUpAreTheLikeliest) {
  std::mt19937 random(71);
  size_t dropped = 0;
  for (int round = 0; round < 100; ++round) {
    const uint32_t size = 1 + Below(14, &random);
    Records records = RandomRecords(&random, size);
    size_t before = 0;
    for (const auto& [record, twin] : records) before += record.parents.size();
    const CorpusLineage lineage(std::move(records), Ranks(size));
    const auto ways = AllWays(lineage);
    for (uint32_t d = 0; d < size; ++d) {
      before -= lineage.Of(d)->parents.size();
      const std::vector<uint32_t> above = lineage.Ancestors(d);
      EXPECT_FALSE(std::binary_search(above.begin(), above.end(), d));
      uint32_t depth = 0;
      for (const LineageParent& parent : lineage.Of(d)->parents) {
        depth = std::max(depth, lineage.DepthOf(parent.document) + 1);
      }
      EXPECT_EQ(lineage.DepthOf(d), depth);
      for (uint32_t other = 0; other < size; ++other) {
        const auto way = ways.find({d, other});
        EXPECT_EQ(std::binary_search(above.begin(), above.end(), other),
                  way != ways.end());
        EXPECT_DOUBLE_EQ(lineage.Descends(d, other),
                         way == ways.end() ? 0 : way->second);
      }
    }
    dropped += before;
  }
  EXPECT_GT(dropped, 20U);
}

TEST(CorpusLineageTest, CyclesLoseTheFurtherParentOfTheFirstInRank) {
  const auto copy = [](uint32_t document, std::vector<uint32_t> parents) {
    LineageRecord record;
    record.document = document;
    record.status = LineageStatus::kCopy;
    for (const uint32_t p : parents) record.parents.push_back({p, 0.5, 1, 0});
    return record;
  };
  LineageRecord root;
  root.status = LineageStatus::kRoot;
  for (const bool is_first : {true, false}) {
    const std::vector<uint32_t> rank = is_first
                                           ? std::vector<uint32_t>{0, 1, 2}
                                           : std::vector<uint32_t>{0, 2, 1};
    const CorpusLineage lineage(
        {{root, {0}}, {copy(1, {0, 2}), {1}}, {copy(2, {0, 1}), {2}}}, rank);
    EXPECT_EQ(lineage.Of(1)->parents.size(), is_first ? 1U : 2U);
    EXPECT_EQ(lineage.Of(2)->parents.size(), is_first ? 2U : 1U);
    EXPECT_EQ(lineage.Of(2)->origin, 0U);
    EXPECT_EQ(lineage.families(), 1U);
  }
}

}  // namespace
}  // namespace wirecopy
