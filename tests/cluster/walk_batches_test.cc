#include "cluster/walk_batches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include "lsh/band_candidates.h"

namespace wirecopy {
namespace {

// Bands whose buckets are these lists of documents, each list with a part of
// its own of the documents.
Buckets::Band BandOf(const std::vector<std::vector<uint32_t>>& lists,
                     const std::vector<uint32_t>& hubs, size_t documents) {
  PieceWriter out;
  out.Add(static_cast<uint32_t>(lists.size()));
  out.AddList(hubs);
  std::map<uint32_t, uint32_t> bucket_of;
  for (uint32_t i = 0; i < lists.size(); ++i) {
    for (const uint32_t d : lists[i]) bucket_of[d] = i;
  }
  out.Add<uint64_t>(bucket_of.size());
  for (const auto& [d, bucket] : bucket_of) {
    out.Add(bucket);
    out.Add(d);
  }
  const std::string bytes = out.Take();
  PieceReader in(bytes);
  Buckets::Band band;
  EXPECT_TRUE(band.ReadFrom(documents, &in) && in.IsAtEnd());
  PieceWriter again;
  band.AppendTo(&again);
  EXPECT_EQ(again.Take(), bytes);
  return band;
}

using Group = std::vector<uint32_t>;

TEST(WalkBatchesTest, OfWhatIsConnected) {
  std::vector<Buckets::Band> bands;
  bands.push_back(BandOf({{0, 4}, {1, 5}, {2, 6}, {3, 7}}, {}, 10));
  bands.push_back(BandOf({{4, 6}, {7, 8}}, {}, 10));
  const Buckets buckets(bands, 10);
  const Group walk = {8, 7, 6, 5, 4, 3, 2, 1, 0};
  const Group costs = {1, 2, 1, 2, 1, 2, 1, 2, 3, 9};
  const auto documents = [&](uint64_t target) {
    std::vector<Group> found;
    for (const WalkBatch& batch :
         MakeWalkBatches(buckets, walk, costs, target)) {
      found.push_back(batch.documents);
      EXPECT_FALSE(batch.has_hubs);
    }
    return found;
  };
  EXPECT_EQ(documents(1),
            (std::vector<Group>{{8, 7, 3}, {6, 4, 2, 0}, {5, 1}}));
  EXPECT_EQ(documents(8), (std::vector<Group>{{8, 7, 6, 4, 3, 2, 0}, {5, 1}}));
  EXPECT_EQ(documents(100), (std::vector<Group>{walk}));
  EXPECT_TRUE(MakeWalkBatches(buckets, {}, costs, 1).empty());
}

TEST(WalkBatchesTest, AllHubsAreOne) {
  std::vector<Buckets::Band> bands;
  bands.push_back(BandOf({{0, 1}, {2, 3}, {4, 5}, {6, 7}}, {1, 3}, 10));
  bands.push_back(BandOf({{1, 7}}, {}, 10));
  const Buckets buckets(bands, 10);
  const Group walk = {0, 1, 2, 3, 4, 5, 6, 7};
  const Group costs(10, 1);
  const std::vector<WalkBatch> batches =
      MakeWalkBatches(buckets, walk, costs, 1);
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].documents, (Group{0, 1, 2, 3, 6, 7}));
  EXPECT_TRUE(batches[0].has_hubs);
  EXPECT_EQ(batches[0].cost, 6U);
  EXPECT_EQ(batches[1].documents, (Group{4, 5}));
  EXPECT_FALSE(batches[1].has_hubs);
}

TEST(WalkBatchesTest, NoBucketIsInTwo) {
  std::mt19937_64 random(1);
  constexpr uint32_t kDocuments = 200'000;  // of several regions
  for (const uint32_t per_bucket : {2, 3, 5}) {
    std::vector<Buckets::Band> bands;
    for (int band = 0; band < 3; ++band) {
      Group shuffled(kDocuments);
      std::iota(shuffled.begin(), shuffled.end(), 0U);
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      std::vector<Group> lists(500);
      for (size_t i = 0; i < lists.size() * per_bucket; ++i) {
        lists[i % lists.size()].push_back(shuffled[i]);
      }
      bands.push_back(BandOf(lists, {}, kDocuments));
    }
    const Buckets buckets(bands, kDocuments);
    Group walk;
    for (uint32_t d = 0; d < kDocuments; ++d) {
      if (!buckets.Of(d).empty()) walk.push_back(d);
    }
    const Group costs(kDocuments, 1);
    std::vector<size_t> batch_of_bucket(buckets.count(), ~size_t{0});
    const std::vector<WalkBatch> batches =
        MakeWalkBatches(buckets, walk, costs, 100);
    EXPECT_GT(batches.size(), 1U);
    Group seen;
    for (size_t b = 0; b < batches.size(); ++b) {
      EXPECT_EQ(batches[b].cost, batches[b].documents.size());
      EXPECT_TRUE(std::is_sorted(batches[b].documents.begin(),
                                 batches[b].documents.end()));
      for (const uint32_t d : batches[b].documents) {
        seen.push_back(d);
        for (const uint32_t bucket : buckets.Of(d)) {
          if (batch_of_bucket[bucket] == ~size_t{0})
            batch_of_bucket[bucket] = b;
          ASSERT_EQ(batch_of_bucket[bucket], b);
        }
      }
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, walk);
  }
}

}  // namespace
}  // namespace wirecopy
