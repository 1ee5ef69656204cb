#include "lsh/buckets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "tests/support/packed_documents.h"
#include "tests/support/random_sets.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;
using Documents = std::vector<uint32_t>;
using BandKeys = std::vector<uint32_t>;  // by document
using Keys = std::vector<BandKeys>;

Buckets MakeBuckets(const Keys& keys, const Documents& documents,
                    size_t document_count, const SlotFilter* filter,
                    int threads) {
  return Buckets(
      keys.size(),
      [&keys](size_t band, size_t first, std::span<uint32_t> out) {
        std::ranges::copy(std::span(keys[band]).subspan(first, out.size()),
                          out.begin());
      },
      documents, document_count, filter, threads);
}

Documents UpTo(size_t count) {
  Documents documents(count);
  std::iota(documents.begin(), documents.end(), 0U);
  return documents;
}

// Every bucket that should be, as the list of its documents.
std::vector<Documents> SlowBuckets(const Keys& keys, const Documents& documents,
                                   const SlotFilter* filter) {
  std::vector<Documents> all;
  for (const BandKeys& band : keys) {
    std::map<uint32_t, Documents> by_key;
    for (size_t i = 0; i < band.size(); ++i) {
      by_key[band[i]].push_back(documents[i]);
    }
    for (auto& [key, members] : by_key) {
      std::sort(members.begin(), members.end());
      if (members.size() > Buckets::kHubSize ||
          (filter == nullptr && members.size() > 1)) {
        all.push_back(members);
        continue;
      }
      if (filter == nullptr) continue;
      Documents kept;
      for (const uint32_t a : members) {
        const bool has_partner =
            std::any_of(members.begin(), members.end(), [&](uint32_t b) {
              SlotFilter::Rooms rooms;
              return a != b && filter->MayReach(a, b, &rooms);
            });
        if (has_partner) kept.push_back(a);
      }
      if (!kept.empty()) all.push_back(kept);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

void ExpectBuckets(const Keys& keys, const Documents& documents,
                   size_t document_count, const SlotFilter* filter) {
  const Buckets buckets =
      MakeBuckets(keys, documents, document_count, filter, 1);
  std::vector<Documents> members(buckets.count());
  for (uint32_t document = 0; document < document_count; ++document) {
    const auto of = buckets.Of(document);
    ASSERT_TRUE(std::is_sorted(of.begin(), of.end()));
    for (const uint32_t bucket : of) {
      ASSERT_LT(bucket, buckets.count());
      members[bucket].push_back(document);
    }
  }
  for (uint32_t bucket = 0; bucket < buckets.count(); ++bucket) {
    ASSERT_EQ(buckets.IsHub(bucket),
              members[bucket].size() > Buckets::kHubSize);
  }
  std::sort(members.begin(), members.end());
  ASSERT_EQ(members, SlowBuckets(keys, documents, filter));
  for (const int threads : {2, 8}) {
    const Buckets others =
        MakeBuckets(keys, documents, document_count, filter, threads);
    ASSERT_EQ(others.count(), buckets.count());
    for (uint32_t document = 0; document < document_count; ++document) {
      const auto of = buckets.Of(document);
      const auto other = others.Of(document);
      ASSERT_TRUE(std::equal(of.begin(), of.end(), other.begin(), other.end()));
    }
  }
}

void ExpectBuckets(const Keys& keys) {
  const size_t count = keys.empty() ? 0 : keys[0].size();
  const oracle::PackedDocuments packed(oracle::OneGroup(count));
  ExpectBuckets(keys, UpTo(count), count, &packed.filter());
  ExpectBuckets(keys, UpTo(count), count, nullptr);
}

// Random keys of which there are `values` different ones.
BandKeys RandomKeys(size_t count, uint64_t values, SetSource* source) {
  BandKeys all(values);
  for (uint32_t& key : all) key = static_cast<uint32_t>(source->Next());
  BandKeys keys(count);
  for (uint32_t& key : keys) key = all[source->Below(values)];
  return keys;
}

TEST(BucketsTest, NothingAndNext) {
  ExpectBuckets({});
  ExpectBuckets({{}, {}});
  ExpectBuckets({{7}});
  ExpectBuckets({{7, 7}});
  ExpectBuckets({{7, 8}, {0, 0}, {~0U, ~0U}});
}

TEST(BucketsTest, SmallRandomOnes) {
  SetSource source(61);
  for (int trial = 0; trial < 500; ++trial) {
    const size_t count = source.Below(40);
    Keys keys(source.Below(5));
    for (BandKeys& band : keys) {
      band = RandomKeys(count, 1 + source.Below(30), &source);
    }
    ExpectBuckets(keys);
  }
}

TEST(BucketsTest, AroundTheSizeOfAHub) {
  for (size_t size = Buckets::kHubSize - 2; size <= Buckets::kHubSize + 2;
       ++size) {
    BandKeys band(size, 5);
    band.push_back(6);
    ExpectBuckets({band});
  }
}

// So many that a band is cut into parts.
class ManyKeysTest : public ::testing::Test {
 protected:
  static constexpr size_t kCount = 40000;
  SetSource source_{62};
};

TEST_F(ManyKeysTest, FewManyAndAllValues) {
  ExpectBuckets({RandomKeys(kCount, 10, &source_),
                 RandomKeys(kCount, 1000, &source_),
                 RandomKeys(kCount, 30000, &source_)});
}

TEST_F(ManyKeysTest, AllEqualOrAllDistinct) {
  BandKeys distinct;
  for (uint32_t i = 0; i < kCount; ++i) distinct.push_back(i * 0x9E3779B1);
  ExpectBuckets({BandKeys(kCount, 0), distinct, BandKeys(kCount, ~0U)});
}

TEST_F(ManyKeysTest, AllInOnePart) {
  BandKeys keys = RandomKeys(kCount, 15000, &source_);
  for (uint32_t& key : keys) key >>= 12;
  ExpectBuckets({keys});
}

// Documents of several regions that are filed one after another.
TEST_F(ManyKeysTest, ThreeTimesAsManyDocuments) {
  constexpr size_t kDocuments = 3 * kCount + 1;
  ASSERT_GT(kDocuments, size_t{1} << 16);
  Documents documents;
  documents.reserve(kCount);
  for (uint32_t i = 0; i < kCount; ++i) documents.push_back(3 * i + i % 3);
  const oracle::PackedDocuments packed(oracle::OneGroup(kDocuments));
  const Keys keys = {RandomKeys(kCount, 15000, &source_),
                     RandomKeys(kCount, 90000, &source_)};
  ExpectBuckets(keys, documents, kDocuments, &packed.filter());
}

// Keys that meet in the low bits, which choose a place in the table.
TEST(BucketsTest, EqualLowBits) {
  BandKeys keys;
  for (uint32_t i = 0; i < 3000; ++i) keys.push_back((i % 2000) << 21);
  ExpectBuckets({keys});
}

TEST(BucketsTest, DocumentsOfSomeNumbers) {
  SetSource source(63);
  Documents documents;
  for (uint32_t i = 0; i < 200; i += 1 + i % 3) documents.push_back(i);
  std::reverse(documents.begin(), documents.end());
  const Keys keys = {RandomKeys(documents.size(), 20, &source),
                     RandomKeys(documents.size(), 90, &source)};
  const oracle::PackedDocuments packed(oracle::OneGroup(300));
  ExpectBuckets(keys, documents, 300, &packed.filter());
}

// Of percent of the documents each, both in one large part: of which the first
// has more than half, or the two have half each.
TEST(BucketsTest, HubsOfLargeParts) {
  constexpr size_t kCount = 150'000;
  SetSource source(73);
  for (const auto& [first, second] : {std::pair(70U, 25U), {35U, 35U}}) {
    for (const uint32_t hub : {0U, ~0U}) {
      Keys keys(2, RandomKeys(kCount, kCount, &source));
      for (uint32_t& key : keys[0]) {
        const uint64_t draw = source.Below(100);
        if (draw < first) {
          key = hub;
        } else if (draw < first + second) {
          key = hub ^ 0x200000;
        }
      }
      ExpectBuckets(keys);
    }
  }
}

TEST(BucketsTest, MembersWithoutPossiblePartnersAreLeftOut) {
  SetSource source(64);
  for (const uint64_t groups : {1U, 2U, 10U, 50U, 1000U}) {
    HashVector group_of(600);
    for (uint64_t& group : group_of) group = source.Below(groups);
    const oracle::PackedDocuments packed(group_of);
    // Buckets of two, of some ten, and some just large enough for hubs.
    const Keys keys = {RandomKeys(600, 300, &source),
                       RandomKeys(600, 60, &source),
                       RandomKeys(600, 9, &source)};
    ExpectBuckets(keys, UpTo(600), 600, &packed.filter());
  }
}

}  // namespace
}  // namespace wirecopy
