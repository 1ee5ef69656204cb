// Signatures in memory and in a file are the same to all who look.

#include "lsh/packed_signatures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "lsh/slot_filter.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

constexpr Banding kBanding = {12, 5};
constexpr uint32_t kDocuments = 3000;

// Kept in blocks that come in another order than documents do, as threads bring
// them; every fifth document is a copy, or nearly one, of one before.
void Fill(uint64_t seed, PackedSignatures* signatures) {
  constexpr uint32_t kBlock = 150;
  std::mt19937_64 random(seed);
  const SlotPacking& packing = signatures->packing();
  std::vector<std::vector<uint64_t>> slots(kDocuments);
  for (uint32_t d = 0; d < kDocuments; ++d) {
    slots[d].resize(packing.slots());
    for (uint64_t& slot : slots[d]) slot = random();
    if (d % 5 == 4) {
      slots[d] = slots[random() % d];
      slots[d][random() % packing.slots()] = random();
    }
  }
  std::vector<uint32_t> blocks(kDocuments / kBlock);
  std::iota(blocks.begin(), blocks.end(), 0U);
  std::shuffle(blocks.begin(), blocks.end(), random);
  std::vector<PackedSignatures::Place> firsts(blocks.size());
  for (const uint32_t block : blocks) {
    std::vector<uint64_t> packed(kBlock * packing.words());
    for (uint32_t i = 0; i < kBlock; ++i) {
      packing.Pack(slots[block * kBlock + i],
                   packed.data() + i * packing.words());
    }
    firsts[block] = signatures->Keep(std::move(packed));
  }
  signatures->Reserve(kDocuments);
  for (uint32_t d = 0; d < kDocuments; ++d) {
    signatures->Add(signatures->Behind(firsts[d / kBlock], d % kBlock));
  }
}

TEST(PackedSignaturesTest, AreTheSameInAFile) {
  const oracle::TempFolder folder;
  const auto scratch = ScratchFile::Create(folder.Path(""));
  ASSERT_TRUE(scratch.ok()) << scratch.status();
  PackedSignatures in_memory(kBanding);
  PackedSignatures in_file(kBanding, scratch->get());
  Fill(1, &in_memory);
  Fill(1, &in_file);
  const size_t words = in_memory.packing().words();
  EXPECT_EQ((*scratch)->size(), kDocuments * words * sizeof(uint64_t));
  PackedSignatures::Room room_a;
  PackedSignatures::Room room_b;
  for (uint32_t d = 0; d < kDocuments; ++d) {
    const uint64_t* const a = in_memory.Of(d, &room_a);
    ASSERT_TRUE(std::equal(a, a + words, in_file.Of(d, &room_b))) << d;
  }
  std::vector<uint32_t> documents;
  for (uint32_t d = 0; d < kDocuments; d += 1 + d % 3) documents.push_back(d);
  for (size_t band = 0; band < static_cast<size_t>(kBanding.bands); ++band) {
    std::vector<uint32_t> keys_a(documents.size());
    std::vector<uint32_t> keys_b(documents.size());
    in_memory.BandKeys(band, documents, keys_a);
    in_file.BandKeys(band, documents, keys_b);
    ASSERT_EQ(keys_a, keys_b) << band;
  }
  const SlotFilter filter_a(in_memory, 0.8, 1e-5);
  const SlotFilter filter_b(in_file, 0.8, 1e-5);
  SlotFilter::Rooms rooms_a;
  SlotFilter::Rooms rooms_b;
  size_t pass = 0;
  std::mt19937_64 random(2);
  for (uint32_t b = 4; b < kDocuments; b += 5) {
    for (uint32_t i = 0; i < 100; ++i) {
      const auto a = static_cast<uint32_t>(random() % kDocuments);
      const bool may_reach = filter_a.MayReach(a, b, &rooms_a);
      pass += may_reach ? 1 : 0;
      ASSERT_EQ(filter_b.MayReach(a, b, &rooms_b), may_reach) << a << " " << b;
    }
    ASSERT_EQ(filter_b.MayReach(b, b, &rooms_b), true);
  }
  EXPECT_GT(pass, 10U);
  EXPECT_TRUE((*scratch)->status().ok());
}

}  // namespace
}  // namespace wirecopy
