#include "wirecopy/datasketch.h"

#include <gtest/gtest.h>
#include <openssl/sha.h>
#include <rapidjson/document.h>
#include <rapidjson/istreamwrapper.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/support/datasketch_oracle.h"

namespace wirecopy {
namespace {

using Slots = std::vector<uint64_t>;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr DatasketchScheme kSchemes[] = {DatasketchScheme::kLegacy,
                                         DatasketchScheme::kAffine32,
                                         DatasketchScheme::kAffine64};

const rapidjson::Document& Golden() {
  static const rapidjson::Document* const golden = [] {
    std::ifstream file(WIRECOPY_GOLDEN_DIR "/datasketch.json");
    rapidjson::IStreamWrapper stream(file);
    auto* const document = new rapidjson::Document;
    document->ParseStream(stream);
    return document;
  }();
  return *golden;
}

DatasketchScheme SchemeOf(const rapidjson::Value& record) {
  const std::string_view name = record["scheme"].GetString();
  if (name == "legacy") return DatasketchScheme::kLegacy;
  return name == "affine32" ? DatasketchScheme::kAffine32
                            : DatasketchScheme::kAffine64;
}

DatasketchSketcher MustCreate(int64_t num_perm, int64_t seed,
                              DatasketchScheme scheme) {
  return DatasketchSketcher::Create(num_perm, seed, scheme).value();
}

DatasketchSketcher SketcherOf(const rapidjson::Value& record) {
  return MustCreate(record["num_perm"].GetInt64(), record["seed"].GetInt64(),
                    SchemeOf(record));
}

std::string Describe(const rapidjson::Value& record) {
  return absl::StrCat(record["scheme"].GetString(), " seed ",
                      record["seed"].GetUint(), " num_perm ",
                      record["num_perm"].GetUint(), " set ",
                      record.HasMember("set") ? record["set"].GetString() : "");
}

// The items of one of the golden file's byte sets.
std::vector<std::string> ItemsOf(const char* name) {
  const rapidjson::Value& set = Golden()["byte_sets"][name];
  std::vector<std::string> items;
  if (set.IsObject()) {
    const int first = set["first"].GetInt();
    for (int i = first; i < first + set["count"].GetInt(); ++i) {
      items.push_back(set["prefix"].GetString() + std::to_string(i));
    }
    return items;
  }
  for (const auto& entry : set.GetArray()) {
    const std::string unit = absl::HexStringToBytes(entry["hex"].GetString());
    items.emplace_back();
    for (int i = 0; i < entry["repeat"].GetInt(); ++i) items.back() += unit;
  }
  return items;
}

Slots Numbers(const rapidjson::Value& array) {
  Slots numbers;
  for (const auto& number : array.GetArray()) {
    numbers.push_back(number.GetUint64());
  }
  return numbers;
}

Slots EmptySignature(const DatasketchSketcher& sketcher) {
  Slots signature(sketcher.num_perm());
  EXPECT_TRUE(sketcher.Init(signature).ok());
  return signature;
}

Slots Sketch(const DatasketchSketcher& sketcher,
             std::span<const uint64_t> hashes) {
  Slots signature = EmptySignature(sketcher);
  EXPECT_TRUE(sketcher.Update(hashes, signature).ok());
  return signature;
}

Slots SketchItems(const DatasketchSketcher& sketcher, const char* set) {
  Slots signature = EmptySignature(sketcher);
  for (const std::string& item : ItemsOf(set)) {
    EXPECT_TRUE(sketcher.UpdateBytes(item, signature).ok());
  }
  return signature;
}

// The digest that make_datasketch.py stores for long arrays.
std::string Digest(std::span<const uint64_t> values) {
  const std::string text = absl::StrJoin(values, " ");
  std::string digest(SHA_DIGEST_LENGTH, 0);
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  return absl::BytesToHexString(digest);
}

void ExpectSlots(const rapidjson::Value& record, const Slots& signature) {
  if (record.HasMember("slots")) {
    EXPECT_EQ(signature, Numbers(record["slots"]));
  } else {
    EXPECT_EQ(Digest(signature), record["sha1"].GetString());
  }
}

Slots SlowSketch(const DatasketchSketcher& sketcher,
                 std::span<const uint64_t> hashes) {
  Slots signature(sketcher.num_perm(), sketcher.empty_slot());
  for (size_t p = 0; p < signature.size(); ++p) {
    for (const uint64_t hash : hashes) {
      signature[p] = std::min(signature[p],
                              oracle::SlowDatasketchValue(
                                  sketcher.scheme(), sketcher.multipliers()[p],
                                  sketcher.increments()[p], hash));
    }
  }
  return signature;
}

Slots RandomHashes(std::mt19937_64& random, size_t count,
                   DatasketchScheme scheme) {
  Slots hashes(count);
  for (uint64_t& hash : hashes) {
    hash = random() >> (scheme == DatasketchScheme::kAffine32 ? 32 : 0);
  }
  return hashes;
}

TEST(DatasketchGoldenTest, Permutations) {
  const auto& records = Golden()["permutations"].GetArray();
  ASSERT_EQ(records.Size(), 105u);
  for (const auto& record : records) {
    SCOPED_TRACE(Describe(record));
    const DatasketchSketcher sketcher = SketcherOf(record);
    const std::span<const uint64_t> a = sketcher.multipliers();
    const std::span<const uint64_t> b = sketcher.increments();
    ASSERT_EQ(a.size(), record["num_perm"].GetUint());
    EXPECT_EQ((Slots{a[0], b[0]}), Numbers(record["first"]));
    Slots both(a.begin(), a.end());
    both.insert(both.end(), b.begin(), b.end());
    EXPECT_EQ(Digest(both), record["sha1"].GetString());
  }
}

// One item at a time, and all of them at once.
TEST(DatasketchGoldenTest, Items) {
  const auto& records = Golden()["signatures"].GetArray();
  ASSERT_EQ(records.Size(), 168u);
  for (const auto& record : records) {
    SCOPED_TRACE(Describe(record));
    const char* const set = record["set"].GetString();
    const DatasketchSketcher sketcher = SketcherOf(record);
    ExpectSlots(record, SketchItems(sketcher, set));
    Slots hashes;
    for (const std::string& item : ItemsOf(set)) {
      hashes.push_back(sketcher.Sha1Hash(item));
    }
    ExpectSlots(record, Sketch(sketcher, hashes));
  }
}

TEST(DatasketchGoldenTest, GivenHashes) {
  const auto& records = Golden()["hash_signatures"].GetArray();
  ASSERT_EQ(records.Size(), 91u);
  for (const auto& record : records) {
    SCOPED_TRACE(Describe(record));
    ExpectSlots(record, Sketch(SketcherOf(record),
                               Numbers(Golden()["hash_sets"][record["set"]])));
  }
}

// Hashes with which a * h + b falls on a multiple of 2^61 - 1 or next to it.
TEST(DatasketchGoldenTest, LegacyReductionAtItsEdges) {
  const auto sketcher = MustCreate(16, 1, DatasketchScheme::kLegacy);
  const auto& records = Golden()["reductions"].GetArray();
  ASSERT_EQ(records.Size(), 26u);
  for (const auto& record : records) {
    SCOPED_TRACE(record["target"].GetUint64());
    const uint64_t hash = record["hash"].GetUint64();
    const size_t slot = record["slot"].GetUint();
    ASSERT_EQ(sketcher.multipliers()[slot] * hash + sketcher.increments()[slot],
              record["target"].GetUint64());
    ExpectSlots(record, Sketch(sketcher, {{hash}}));
    ExpectSlots(record, Sketch(sketcher, Slots(100, hash)));
    ExpectSlots(record, SlowSketch(sketcher, {{hash}}));
  }
}

TEST(DatasketchGoldenTest, MergeAndJaccard) {
  const auto& records = Golden()["merges"].GetArray();
  ASSERT_EQ(records.Size(), 45u);
  for (const auto& record : records) {
    SCOPED_TRACE(Describe(record));
    const DatasketchSketcher sketcher = SketcherOf(record);
    const Slots left = SketchItems(sketcher, record["left"].GetString());
    Slots right = SketchItems(sketcher, record["right"].GetString());
    EXPECT_EQ(DatasketchJaccard(left, right).value(),
              record["jaccard"].GetDouble());
    ASSERT_TRUE(DatasketchMerge(left, right).ok());
    EXPECT_EQ(Digest(right), record["merged"].GetString());
  }
}

// FIPS 180: SHA-1 of "abc" is a9993e36 4706816a..., of "" da39a3ee 5e6b4b0d...
TEST(DatasketchTest, Sha1HashIsTheDigestsFirstBytesLittleEndian) {
  const auto narrow = MustCreate(1, 1, DatasketchScheme::kAffine32);
  const auto legacy = MustCreate(1, 1, DatasketchScheme::kLegacy);
  const auto wide = MustCreate(1, 1, DatasketchScheme::kAffine64);
  EXPECT_EQ(narrow.Sha1Hash("abc"), 0x363e99a9u);
  EXPECT_EQ(legacy.Sha1Hash("abc"), 0x363e99a9u);
  EXPECT_EQ(wide.Sha1Hash("abc"), 0x6a810647363e99a9u);
  EXPECT_EQ(wide.Sha1Hash(std::string_view()), 0x0d4b6b5eeea339dau);
}

TEST(DatasketchTest, EqualsSlowReference) {
  std::mt19937_64 random(7);
  for (const DatasketchScheme scheme : kSchemes) {
    // Sizes on both sides of every block and chunk that a kernel may use.
    for (const int64_t num_perm : {1, 7, 8, 9, 31, 32, 33, 65, 130}) {
      const auto seed = static_cast<int64_t>(random() >> 32);
      const auto sketcher = MustCreate(num_perm, seed, scheme);
      for (const size_t count : {0u, 1u, 4u, 16u, 17u, 512u, 513u, 1100u}) {
        SCOPED_TRACE(testing::Message()
                     << static_cast<int>(scheme) << " num_perm " << num_perm
                     << " seed " << seed << " hashes " << count);
        const Slots hashes = RandomHashes(random, count, scheme);
        EXPECT_EQ(Sketch(sketcher, hashes), SlowSketch(sketcher, hashes));
      }
    }
  }
}

TEST(DatasketchTest, OrderRepeatsAndBatchesDoNotMatter) {
  std::mt19937_64 random(11);
  for (const DatasketchScheme scheme : kSchemes) {
    const auto sketcher = MustCreate(50, 3, scheme);
    Slots hashes = RandomHashes(random, 700, scheme);
    const Slots expected = Sketch(sketcher, hashes);
    hashes.insert(hashes.end(), hashes.begin(), hashes.begin() + 100);
    std::shuffle(hashes.begin(), hashes.end(), random);
    Slots signature = EmptySignature(sketcher);
    std::span<const uint64_t> rest = hashes;
    while (!rest.empty()) {
      const size_t size = std::min<size_t>(rest.size(), random() % 90);
      ASSERT_TRUE(sketcher.Update(rest.first(size), signature).ok());
      rest = rest.subspan(size);
    }
    EXPECT_EQ(signature, expected);
  }
}

TEST(DatasketchTest, MergeIsTheSignatureOfTheUnion) {
  std::mt19937_64 random(13);
  for (const DatasketchScheme scheme : kSchemes) {
    const auto sketcher = MustCreate(77, 5, scheme);
    const Slots hashes = RandomHashes(random, 300, scheme);
    const std::span<const uint64_t> all = hashes;
    Slots merged = Sketch(sketcher, all.last(200));
    ASSERT_TRUE(DatasketchMerge(Sketch(sketcher, all.first(200)), merged).ok());
    EXPECT_EQ(merged, Sketch(sketcher, all));
  }
}

// numpy's minimum is of all 64 bits, whatever a slot holds before.
TEST(DatasketchTest, SlotsLargerThanTheSchemesAreReplaced) {
  for (const DatasketchScheme scheme :
       {DatasketchScheme::kLegacy, DatasketchScheme::kAffine32}) {
    const auto sketcher = MustCreate(12, 9, scheme);
    for (const size_t count : {1u, 100u}) {
      Slots signature(12, uint64_t{1} << 32);
      ASSERT_TRUE(sketcher.Update(Slots(count, 5), signature).ok());
      EXPECT_EQ(signature, SlowSketch(sketcher, {{5}}));
    }
  }
}

TEST(DatasketchTest, AccessorsTellTheParameters) {
  const auto sketcher = MustCreate(33, 4294967295, DatasketchScheme::kAffine64);
  EXPECT_EQ(sketcher.num_perm(), 33u);
  EXPECT_EQ(sketcher.seed(), 4294967295u);
  EXPECT_EQ(sketcher.scheme(), DatasketchScheme::kAffine64);
  EXPECT_EQ(sketcher.empty_slot(), std::numeric_limits<uint64_t>::max());
  const auto legacy = MustCreate(1, 0, DatasketchScheme::kLegacy);
  EXPECT_EQ(legacy.empty_slot(), 4294967295u);
  DatasketchSketcher copy = legacy;
  copy = sketcher;
  EXPECT_EQ(copy.multipliers().data(), sketcher.multipliers().data());
}

TEST(DatasketchTest, CreateRefusesWhatIsOutOfRange) {
  const auto code = [](int64_t num_perm, int64_t seed, int scheme) {
    const auto cast = static_cast<DatasketchScheme>(scheme);
    return DatasketchSketcher::Create(num_perm, seed, cast).status().code();
  };
  EXPECT_EQ(code(4096, int64_t{4294967295}, 2), absl::StatusCode::kOk);
  EXPECT_EQ(code(0, 1, 1), kInvalid);
  EXPECT_EQ(code(-1, 1, 1), kInvalid);
  EXPECT_EQ(code(4097, 1, 1), kInvalid);
  EXPECT_EQ(code(128, -1, 1), kInvalid);
  EXPECT_EQ(code(128, int64_t{1} << 32, 1), kInvalid);
  EXPECT_EQ(code(128, 1, 3), kInvalid);
}

TEST(DatasketchTest, WrongSizesAreErrors) {
  const auto sketcher = MustCreate(4, 1, DatasketchScheme::kLegacy);
  Slots five(5, 1);
  EXPECT_EQ(sketcher.Init(five).code(), kInvalid);
  EXPECT_EQ(sketcher.Update({{1}}, five).code(), kInvalid);
  EXPECT_EQ(sketcher.UpdateBytes("a", five).code(), kInvalid);
  const Slots four(4, 0);
  EXPECT_EQ(DatasketchMerge(four, five).code(), kInvalid);
  EXPECT_EQ(DatasketchJaccard(four, five).status().code(), kInvalid);
  EXPECT_EQ(DatasketchJaccard({}, {}).status().code(), kInvalid);
  EXPECT_EQ(five, Slots(5, 1));
}

TEST(DatasketchTest, Affine32RefusesWideHashesAndLeavesTheSignature) {
  const auto sketcher = MustCreate(40, 1, DatasketchScheme::kAffine32);
  const Slots before = Sketch(sketcher, {{1, 2, 3}});
  Slots signature = before;
  Slots hashes(600, 0);
  hashes.back() = uint64_t{1} << 32;
  const absl::Status status = sketcher.Update(hashes, signature);
  EXPECT_EQ(status.code(), kInvalid);
  EXPECT_TRUE(absl::StrContains(status.message(), "4294967296 at 599"));
  EXPECT_EQ(signature, before);
}

TEST(DatasketchTest, ThreadsShareOneSketcher) {
  const auto sketcher = MustCreate(64, 1, DatasketchScheme::kAffine32);
  const Slots expected = SketchItems(sketcher, "many");
  const std::vector<std::string> items = ItemsOf("many");
  std::array<Slots, 4> signatures;
  std::array<std::thread, 4> threads;
  for (size_t i = 0; i < threads.size(); ++i) {
    threads[i] = std::thread([&, i] {
      signatures[i] = EmptySignature(sketcher);
      for (const std::string& item : items) {
        if (!sketcher.UpdateBytes(item, signatures[i]).ok()) return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Slots& signature : signatures) EXPECT_EQ(signature, expected);
}

}  // namespace
}  // namespace wirecopy
