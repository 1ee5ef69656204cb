#include "lsh/band_candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include "tests/support/packed_documents.h"
#include "tests/support/random_sets.h"
#include "wirecopy/similarity.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;
using Sets = std::vector<HashVector>;

using BandKeys = std::vector<uint32_t>;  // by document

std::vector<uint32_t> UpTo(size_t count) {
  std::vector<uint32_t> documents(count);
  std::iota(documents.begin(), documents.end(), 0U);
  return documents;
}

Buckets BucketsOf(const std::vector<BandKeys>& keys, size_t documents,
                  const SlotFilter& filter) {
  return Buckets(
      keys.size(),
      [&keys](size_t band, size_t first, std::span<uint32_t> out) {
        std::ranges::copy(std::span(keys[band]).subspan(first, out.size()),
                          out.begin());
      },
      UpTo(documents), documents, &filter, 1);
}

// Buckets, and all that hangs on them, of documents with these band keys.
class World {
 public:
  World(const std::vector<BandKeys>& band_keys, const Sets& sets,
        double threshold)
      : packed_(oracle::OneGroup(sets.size())),
        buckets_(BucketsOf(band_keys, sets.size(), packed_.filter())),
        hub_counts_(1000),
        candidates_(buckets_, packed_.filter(), hub_counts_, threshold),
        sets_(sets) {
    for (uint32_t i = 0; i < sets.size(); ++i) {
      if (IsInHub(buckets_, i)) hub_counts_.Add(sets[i]);
    }
  }

  const Buckets& buckets() const { return buckets_; }
  const BandCandidates& candidates() const { return candidates_; }

  std::set<uint64_t> KeysOf(uint32_t document) {
    HashVector keys;
    candidates_.Append(document, sets_[document], &keys);
    return {keys.begin(), keys.end()};
  }

 private:
  oracle::PackedDocuments packed_;
  Buckets buckets_;
  ShingleCounts hub_counts_;
  BandCandidates candidates_;
  const Sets& sets_;
};

bool Meet(const std::set<uint64_t>& a, const std::set<uint64_t>& b) {
  HashVector shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(shared));
  return !shared.empty();
}

// Documents with a page of boilerplate that they all share, `own` shingles of
// their own, and copies that change a few of those.
Sets Templates(size_t count, size_t boilerplate, size_t own,
               SetSource* source) {
  const HashVector common = source->Hashes(boilerplate);
  Sets sets;
  for (size_t i = 0; i < count; ++i) {
    const bool copy = i % 4 == 3;
    HashVector set = copy ? sets.back() : common;
    if (copy) {
      for (size_t j = 0; j < source->Below(own / 2 + 1); ++j) {
        set[source->Below(set.size())] = source->Next();
      }
    } else {
      for (size_t j = 0; j < own; ++j) set.push_back(source->Next());
    }
    std::sort(set.begin(), set.end());
    sets.push_back(set);
  }
  return sets;
}

TEST(BandCandidatesTest, NothingIsLostInAHub) {
  SetSource source(91);
  for (const size_t own : {1U, 10U, 40U}) {
    const Sets sets = Templates(200, 40, own, &source);
    for (const double threshold : {0.5, 0.7, 0.8, 0.95, 1.0}) {
      World world({BandKeys(200, 7)}, sets, threshold);
      std::vector<std::set<uint64_t>> keys;
      for (uint32_t i = 0; i < 200; ++i) {
        EXPECT_TRUE(IsInHub(world.buckets(), i));
        EXPECT_TRUE(world.candidates().MayMatch(i));
        keys.push_back(world.KeysOf(i));
      }
      for (size_t i = 0; i < 200; ++i) {
        for (size_t j = 0; j < i; ++j) {
          if (Intersect(sets[i], sets[j]).Jaccard() < threshold) continue;
          ASSERT_TRUE(Meet(keys[i], keys[j])) << i << ", " << j;
        }
      }
    }
  }
}

// Half of each document is its own: at 0.8 every pair in the hub is hopeless,
// and none is brought together.
TEST(BandCandidatesTest, BoilerplateAloneBringsNobodyTogether) {
  constexpr size_t kMembers = Buckets::kHubSize + 1;
  SetSource source(92);
  const HashVector common = source.Hashes(50);
  Sets sets(kMembers, common);
  for (HashVector& set : sets) {
    for (const uint64_t h : source.Hashes(50)) set.push_back(h);
    std::sort(set.begin(), set.end());
  }
  World world({BandKeys(kMembers, 7)}, sets, 0.8);
  std::vector<std::set<uint64_t>> keys;
  size_t meetings = 0;
  for (uint32_t i = 0; i < kMembers; ++i) keys.push_back(world.KeysOf(i));
  for (size_t i = 0; i < kMembers; ++i) {
    for (size_t j = 0; j < i; ++j) meetings += Meet(keys[i], keys[j]) ? 1 : 0;
  }
  EXPECT_EQ(meetings, 0U);
}

TEST(BandCandidatesTest, SmallBucketsAreKeysThemselves) {
  // Hashes that are no bucket's number.
  const Sets sets(Buckets::kHubSize + 1, HashVector{1001, 1002, 1003});
  // The first band is a hub with everyone, the second leaves one out.
  BandKeys second(Buckets::kHubSize + 1, 5);
  second.back() = 6;
  World world({BandKeys(Buckets::kHubSize + 1, 7), second}, sets, 0.5);
  ASSERT_EQ(world.buckets().count(), 2U);
  EXPECT_TRUE(world.buckets().IsHub(0));
  EXPECT_FALSE(world.buckets().IsHub(1));
  const auto all = world.KeysOf(0);
  const auto last = world.KeysOf(Buckets::kHubSize);
  EXPECT_TRUE(all.contains(1)) << "the bucket's number";
  EXPECT_EQ(last.size() + 1, all.size());
  World small({second}, sets, 0.5);
  EXPECT_EQ(small.KeysOf(0), std::set<uint64_t>{0});
  EXPECT_FALSE(IsInHub(small.buckets(), 0));
  EXPECT_FALSE(small.candidates().MayMatch(Buckets::kHubSize));
  EXPECT_TRUE(small.KeysOf(Buckets::kHubSize).empty());
}

TEST(BandCandidatesTest, PairsAreTheFilters) {
  const HashVector groups = {1, 1, 2};
  const oracle::PackedDocuments packed(groups);
  const Buckets buckets = BucketsOf({BandKeys(3, 7)}, 3, packed.filter());
  const ShingleCounts counts(1);
  BandCandidates candidates(buckets, packed.filter(), counts, 0.5);
  EXPECT_TRUE(candidates.MayPair(0, 1));
  EXPECT_FALSE(candidates.MayPair(0, 2));
  EXPECT_TRUE(candidates.MayMatch(1));
  EXPECT_FALSE(candidates.MayMatch(2));
}

}  // namespace
}  // namespace wirecopy
