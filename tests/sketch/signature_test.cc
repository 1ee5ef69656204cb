#include "wirecopy/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/sketch_kernels.h"
#include "tests/support/random_sets.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetPair;
using oracle::SetSource;
using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

SignatureParameters WithSlots(int slots) {
  SignatureParameters parameters;
  parameters.slots = slots;
  return parameters;
}

HashVector Sorted(HashVector hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

HashVector Joined(const HashVector& a, const HashVector& b) {
  HashVector all = a;
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

void ExpectEqual(const Signature& a, const Signature& b) {
  EXPECT_EQ(a.parameters(), b.parameters());
  EXPECT_EQ(a.is_exact(), b.is_exact());
  EXPECT_EQ(a.empty(), b.empty());
  EXPECT_THAT(a.shingles(), ElementsAreArray(b.shingles()));
  EXPECT_THAT(a.slots(), ElementsAreArray(b.slots()));
}

TEST(SignatureTest, EmptyResemblesNothing) {
  const Signature empty(WithSlots(64), {});
  const Signature one(WithSlots(64), HashVector{5});
  EXPECT_TRUE(empty.empty());
  EXPECT_TRUE(empty.is_exact());
  EXPECT_THAT(empty.shingles(), IsEmpty());
  EXPECT_THAT(empty.slots(), Each(kEmptySlot));
  EXPECT_EQ(EstimateShingleCount(empty), 0);
  for (const Signature* other : {&empty, &one}) {
    EXPECT_EQ(EstimateResemblance(empty, *other).value(), 0);
    EXPECT_EQ(EstimateResemblance(*other, empty).value(), 0);
    EXPECT_EQ(EstimateContainment(empty, *other).value(), 0);
    EXPECT_EQ(EstimateContainment(*other, empty).value(), 0);
  }
  EXPECT_FALSE(one.empty());
}

// A set as large as there are slots is kept; one more and it is not, however
// often a shingle repeats.
TEST(SignatureTest, ExactUpToAsManyShinglesAsSlots) {
  SetSource source(31);
  for (const int slots : {64, 65, 312, 1024}) {
    const auto most = static_cast<size_t>(slots);
    for (const size_t size : {size_t{1}, most - 1, most, most + 1, 2 * most}) {
      const HashVector hashes = source.Hashes(size);
      for (const HashVector& given : {hashes, Joined(hashes, hashes)}) {
        const Signature signature(WithSlots(slots), given);
        EXPECT_EQ(signature.is_exact(), size <= most);
        EXPECT_FALSE(signature.empty());
        EXPECT_THAT(
            signature.shingles(),
            ElementsAreArray(size <= most ? Sorted(hashes) : HashVector{}));
        EXPECT_EQ(signature.slots().size(), most);
      }
    }
  }
}

TEST(SignatureTest, RepeatsAloneDoNotMakeASetLarge) {
  const Signature signature(WithSlots(64), HashVector(1000, 7));
  EXPECT_TRUE(signature.is_exact());
  EXPECT_THAT(signature.shingles(), ElementsAreArray({7}));
}

TEST(SignatureTest, SmallSetsCompareExactly) {
  SetSource source(32);
  for (size_t size = 1; size <= 64; ++size) {
    const SetPair pair =
        source.Pair(size, static_cast<double>(source.Below(101)) / 100, 0.3);
    const Signature a(WithSlots(64), pair.a);
    const Signature b(WithSlots(64), pair.b);
    EXPECT_EQ(EstimateResemblance(a, b).value(), pair.resemblance);
    EXPECT_EQ(EstimateContainment(a, b).value(), pair.containment);
  }
}

TEST(SignatureTest, SetsResembleThemselvesWholly) {
  SetSource source(33);
  for (const size_t size : {1U, 64U, 65U, 5000U}) {
    const Signature signature(WithSlots(64), source.Hashes(size));
    EXPECT_EQ(EstimateResemblance(signature, signature).value(), 1);
    EXPECT_EQ(EstimateContainment(signature, signature).value(), 1);
  }
}

TEST(MergeTest, IsTheSignatureOfTheUnion) {
  SetSource source(34);
  const size_t sizes[] = {0, 1, 30, 63, 64, 65, 128, 1000};
  for (const int slots : {64, 100, 128}) {
    for (const size_t size : sizes) {
      for (const double resemblance : {0.0, 0.4, 1.0}) {
        const SetPair pair = source.Pair(size, resemblance, 0.2);
        const Signature a(WithSlots(slots), pair.a);
        const Signature b(WithSlots(slots), pair.b);
        const Signature both(WithSlots(slots), Joined(pair.a, pair.b));
        ExpectEqual(Merge(a, b).value(), both);
        ExpectEqual(Merge(b, a).value(), both);
      }
    }
  }
}

// Two small sets, or a small one and a large one, that meet at the border.
TEST(MergeTest, BorderOfExactness) {
  SetSource source(35);
  const HashVector hashes = source.Hashes(65);
  const HashVector first(hashes.begin(), hashes.begin() + 40);
  const HashVector second(hashes.begin() + 30, hashes.begin() + 64);
  const HashVector third(hashes.begin() + 30, hashes.end());
  const Signature a(WithSlots(64), first);
  EXPECT_TRUE(Merge(a, Signature(WithSlots(64), second))->is_exact());
  const auto over = Merge(a, Signature(WithSlots(64), third));
  EXPECT_FALSE(over->is_exact());
  EXPECT_THAT(over->shingles(), IsEmpty());
  const Signature large(WithSlots(64), hashes);
  ExpectEqual(Merge(large, a).value(), large);
  ExpectEqual(Merge(a, large).value(), large);
}

TEST(MergeTest, OfManyPartsInAnyOrder) {
  SetSource source(36);
  const HashVector hashes = source.Hashes(3000);
  Signature forward(WithSlots(128), {});
  Signature backward(WithSlots(128), {});
  for (size_t i = 0; i < hashes.size(); i += 50) {
    const std::span<const uint64_t> all = hashes;
    forward =
        Merge(forward, Signature(WithSlots(128), all.subspan(i, 50))).value();
    backward =
        Merge(Signature(WithSlots(128), all.subspan(2950 - i, 50)), backward)
            .value();
  }
  const Signature whole(WithSlots(128), hashes);
  ExpectEqual(forward, whole);
  ExpectEqual(backward, whole);
}

// --- parameters --------------------------------------------------------------

TEST(ParametersTest, Ranges) {
  EXPECT_TRUE(Validate(SignatureParameters{}).ok());
  EXPECT_TRUE(Validate(WithSlots(64)).ok());
  EXPECT_TRUE(Validate(WithSlots(1024)).ok());
  for (const int slots : {-1, 0, 63, 1025, std::numeric_limits<int>::max()}) {
    const absl::Status status = Validate(WithSlots(slots));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()),
                HasSubstr(std::to_string(slots) + " slots"));
  }
  SignatureParameters no_words;
  no_words.shingle.k = 0;
  EXPECT_EQ(Validate(no_words), Validate(no_words.shingle));
  EXPECT_FALSE(Validate(no_words).ok());
}

struct Difference {
  std::string_view named;
  SignatureParameters parameters;
};

std::vector<Difference> Differences() {
  std::vector<Difference> all = {
      {"slots (128 and 256)", {}},
      {"shingle sizes (5 and 6)", {}},
      {"word and of character shingles", {}},
      {"seeds (0 and 18446744073709551615)", {}},
  };
  all[0].parameters.slots = 256;
  all[1].parameters.shingle.k = 6;
  all[2].parameters.shingle.unit = ShingleUnit::kCharacter;
  all[3].parameters.shingle.seed = ~uint64_t{0};
  return all;
}

TEST(ParametersTest, WhatDiffersIsNamed) {
  const SignatureParameters base;
  EXPECT_TRUE(CheckComparable(base, base).ok());
  for (const Difference& difference : Differences()) {
    const absl::Status status = CheckComparable(base, difference.parameters);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(status.message()), HasSubstr(difference.named));
    EXPECT_FALSE(CheckComparable(difference.parameters, base).ok());
    EXPECT_TRUE(
        CheckComparable(difference.parameters, difference.parameters).ok());
  }
}

TEST(ParametersTest, EveryComparisonChecksThem) {
  const Signature a(SignatureParameters{}, HashVector{1, 2});
  const auto low_a = BbitSignature::From(a, 8).value();
  for (const Difference& difference : Differences()) {
    const Signature b(difference.parameters, HashVector{1, 2});
    const absl::Status expected =
        CheckComparable(a.parameters(), b.parameters());
    EXPECT_EQ(EstimateResemblance(a, b).status(), expected);
    EXPECT_EQ(EstimateContainment(a, b).status(), expected);
    EXPECT_EQ(Merge(a, b).status(), expected);
    EXPECT_EQ(
        EstimateResemblance(low_a, BbitSignature::From(b, 8).value()).status(),
        expected);
  }
}

// --- b bits ------------------------------------------------------------------

TEST(BbitSignatureTest, PacksTheLowBitsFromTheLowEnd) {
  SetSource source(37);
  for (const int slots : {64, 65, 100, 1023}) {
    const Signature signature(WithSlots(slots), source.Hashes(500));
    for (const int bits : {1, 2, 4, 8, 16, 32}) {
      const auto low = BbitSignature::From(signature, bits).value();
      const auto width = static_cast<size_t>(bits);
      const size_t size = signature.slots().size();
      EXPECT_EQ(low.bits(), bits);
      EXPECT_EQ(low.parameters(), signature.parameters());
      ASSERT_EQ(low.words().size(), (size * width + 63) / 64);
      for (size_t bit = 0; bit < low.words().size() * 64; ++bit) {
        const uint64_t expected =
            bit < size * width
                ? signature.slots()[bit / width] >> (bit % width) & 1
                : 0;
        ASSERT_EQ(low.words()[bit / 64] >> (bit % 64) & 1, expected);
      }
    }
  }
}

TEST(BbitSignatureTest, OtherWidthsAreRefused) {
  const Signature signature(WithSlots(64), HashVector{1});
  for (const int bits : {-8, -1, 0, 3, 5, 6, 7, 12, 24, 31, 33, 64}) {
    const auto low = BbitSignature::From(signature, bits);
    EXPECT_EQ(low.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(low.status().message()),
                HasSubstr(std::to_string(bits) + " bits"));
  }
}

TEST(BbitSignatureTest, DifferentWidthsDoNotCompare) {
  const Signature signature(WithSlots(64), HashVector{1});
  const auto status =
      EstimateResemblance(BbitSignature::From(signature, 4).value(),
                          BbitSignature::From(signature, 8).value())
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("4 and 8 bits"));
}

TEST(BbitSignatureTest, EstimatesStayBetweenNoneAndAll) {
  SetSource source(38);
  const Signature none(WithSlots(64), {});
  for (const int bits : {1, 2, 4, 8, 16, 32}) {
    const auto empty = BbitSignature::From(none, bits).value();
    EXPECT_TRUE(empty.empty());
    EXPECT_EQ(EstimateResemblance(empty, empty).value(), 0);
    for (int trial = 0; trial < 100; ++trial) {
      const SetPair apart = source.Pair(300, 0);
      const auto a =
          BbitSignature::From(Signature(WithSlots(64), apart.a), bits).value();
      const auto b =
          BbitSignature::From(Signature(WithSlots(64), apart.b), bits).value();
      EXPECT_FALSE(a.empty());
      EXPECT_EQ(EstimateResemblance(a, a).value(), 1);
      EXPECT_EQ(EstimateResemblance(a, empty).value(), 0);
      EXPECT_GE(EstimateResemblance(a, b).value(), 0);
    }
  }
}

}  // namespace
}  // namespace wirecopy
