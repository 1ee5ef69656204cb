// Holds wirecopy to tests/golden/signature.json, which a second implementation
// of docs/signature.md made.

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/istreamwrapper.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "base/mix.h"
#include "sketch/sketch_kernels.h"
#include "tests/support/simd_levels.h"
#include "text/padded_text.h"
#include "text/text_kernels.h"
#include "wirecopy/banding.h"
#include "wirecopy/shingle.h"
#include "wirecopy/signature.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using Hashes = std::vector<uint64_t>;
using rapidjson::Value;

const rapidjson::Document& Golden() {
  static const rapidjson::Document* const golden = [] {
    std::ifstream file(WIRECOPY_GOLDEN_DIR "/signature.json");
    rapidjson::IStreamWrapper stream(file);
    auto* const document = new rapidjson::Document;
    document->ParseStream(stream);
    return document;
  }();
  return *golden;
}

uint64_t Number(const Value& hexadecimal) {
  uint64_t number = 0;
  EXPECT_TRUE(absl::SimpleHexAtoi(hexadecimal.GetString(), &number));
  return number;
}

std::string Digest(std::span<const uint64_t> values) {
  return absl::StrCat(absl::Hex(Hash64(values.data(), values.size_bytes(), 0),
                                absl::kZeroPad16));
}

// Some of the values are in the file, to show what differs.
void ExpectBeginsWith(std::span<const uint64_t> values, const Value& first) {
  for (rapidjson::SizeType i = 0; i < first.Size(); ++i) {
    ASSERT_LT(i, values.size());
    EXPECT_EQ(values[i], Number(first[i]));
  }
}

std::string TextOf(const Value& record) {
  if (record.HasMember("hex")) {
    return absl::HexStringToBytes(record["hex"].GetString());
  }
  const Value& words = record["words"];
  std::string text;
  for (uint64_t i = 0; i < words["count"].GetUint64(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : " ", words["prefix"].GetString(),
                    i * i % words["modulus"].GetUint64());
  }
  return text;
}

ShingleOptions OptionsOf(const Value& record) {
  const bool words = std::string_view(record["unit"].GetString()) == "word";
  return {.unit = words ? ShingleUnit::kWord : ShingleUnit::kCharacter,
          .k = record["k"].GetInt(),
          .seed = Number(record["seed"])};
}

std::vector<std::string> TokensOf(const std::string& normal) {
  std::vector<ByteSpan> spans;
  Tokenize(normal, &spans);
  std::vector<std::string> tokens;
  for (const auto& [begin, end] : spans) {
    tokens.push_back(normal.substr(begin, end - begin));
  }
  return tokens;
}

// Word shingles by the kernels of one instruction set.
Hashes KernelShingles(const TextKernels& kernels, const std::string& normal,
                      const ShingleOptions& options) {
  std::vector<ByteSpan> spans;
  Tokenize(normal, &spans);
  std::vector<uint32_t> begins;
  std::vector<uint32_t> ends;
  for (const auto& [begin, end] : spans) {
    begins.push_back(static_cast<uint32_t>(begin));
    ends.push_back(static_cast<uint32_t>(end));
  }
  if (spans.empty()) return {};
  PaddedText text;
  text.Assign(normal);
  Hashes tokens(spans.size());
  kernels.hash_tokens(text.data(), begins.data(), ends.data(), spans.size(),
                      options.seed, tokens.data());
  const size_t k = std::min(static_cast<size_t>(options.k), spans.size());
  Hashes shingles(spans.size() - k + 1);
  kernels.combine(tokens.data(), tokens.size(), k, shingles.data());
  return shingles;
}

Hashes SlotsOf(SimdLevel level, std::span<const uint64_t> hashes,
               size_t slot_count) {
  Hashes slots(slot_count);
  SketchKernelsFor(level).fill_slots(hashes.data(), hashes.size(), slots.data(),
                                     static_cast<uint32_t>(slot_count));
  return slots;
}

Hashes RangeOf(const char* name) {
  const Value& range = Golden()["ranges"][name];
  Hashes hashes;
  for (uint64_t i = 0; i < range["count"].GetUint64(); ++i) {
    hashes.push_back(MixTwice((range["first"].GetUint64() + i) * kGoldenGamma));
  }
  return hashes;
}

Signature SignatureOf(const char* range, int slots) {
  SignatureParameters parameters;
  parameters.slots = slots;
  return Signature(parameters, RangeOf(range));
}

TEST(GoldenTest, VersionAndSizeOfTheFile) {
  ASSERT_FALSE(Golden().HasParseError());
  EXPECT_EQ(Golden()["format_version"].GetInt(), kSignatureFormatVersion);
  EXPECT_GE(Golden()["texts"].Size(), 30U);
  EXPECT_GE(Golden()["slots"].Size(), 36U);
  EXPECT_GE(Golden()["estimates"].Size(), 40U);
}

TEST(GoldenTest, NormalFormsAndTokens) {
  for (const Value& record : Golden()["texts"].GetArray()) {
    SCOPED_TRACE(record["name"].GetString());
    std::string normal;
    NormalizeText(TextOf(record), &normal);
    const std::vector<std::string> tokens = TokensOf(normal);
    EXPECT_EQ(tokens.size(), record["token_count"].GetUint64());
    if (!record.HasMember("tokens")) continue;
    EXPECT_EQ(normal, record["normal_form"].GetString());
    std::vector<std::string> expected;
    for (const Value& token : record["tokens"].GetArray()) {
      expected.emplace_back(token.GetString());
    }
    EXPECT_EQ(tokens, expected);
  }
}

void ExpectShingles(std::span<const uint64_t> hashes, const Value& expected) {
  EXPECT_EQ(hashes.size(), expected["count"].GetUint64());
  ExpectBeginsWith(hashes, expected["first"]);
  uint64_t all = 0;
  for (const uint64_t h : hashes) all ^= h;
  EXPECT_EQ(all, Number(expected["xor"]));
}

TEST(GoldenTest, ShingleHashes) {
  for (const Value& record : Golden()["texts"].GetArray()) {
    SCOPED_TRACE(record["name"].GetString());
    const std::string text = TextOf(record);
    std::string normal;
    NormalizeText(text, &normal);
    for (const Value& expected : record["shingles"].GetArray()) {
      const ShingleOptions options = OptionsOf(expected);
      SCOPED_TRACE(absl::StrCat(expected["unit"].GetString(), " k ", options.k,
                                " seed ", options.seed));
      Shingler shingler(options);
      ExpectShingles(shingler.Hashes(text), expected);
      if (options.unit != ShingleUnit::kWord) continue;
      for (const SimdLevel level : oracle::SimdLevelsHere()) {
        SCOPED_TRACE(SimdLevelName(level));
        ExpectShingles(KernelShingles(TextKernelsFor(level), normal, options),
                       expected);
      }
    }
  }
}

TEST(GoldenTest, SlotsOfTexts) {
  for (const Value& record : Golden()["texts"].GetArray()) {
    const std::string text = TextOf(record);
    for (const Value& expected : record["shingles"].GetArray()) {
      if (!expected.HasMember("slots")) continue;
      Shingler shingler(OptionsOf(expected));
      const auto hashes = shingler.Hashes(text);
      for (const auto& [name, digest] : expected["slots"].GetObject()) {
        SCOPED_TRACE(absl::StrCat(record["name"].GetString(), ", ",
                                  expected["unit"].GetString(), ", ",
                                  name.GetString(), " slots"));
        const size_t slots = std::stoul(name.GetString());
        for (const SimdLevel level : oracle::SimdLevelsHere()) {
          EXPECT_EQ(Digest(SlotsOf(level, hashes, slots)), digest.GetString())
              << SimdLevelName(level);
        }
      }
    }
  }
}

TEST(GoldenTest, SketcherIsShinglerAndSlots) {
  for (const Value& record : Golden()["texts"].GetArray()) {
    for (const Value& expected : record["shingles"].GetArray()) {
      if (!expected.HasMember("slots")) continue;
      Sketcher sketcher({OptionsOf(expected), 312});
      EXPECT_EQ(Digest(sketcher.Sketch(TextOf(record)).slots()),
                expected["slots"]["312"].GetString())
          << record["name"].GetString();
    }
  }
}

TEST(GoldenTest, SlotsOfHashes) {
  for (const Value& expected : Golden()["slots"].GetArray()) {
    const char* const range = expected["range"].GetString();
    const size_t count = expected["slots"].GetUint64();
    for (const SimdLevel level : oracle::SimdLevelsHere()) {
      SCOPED_TRACE(
          absl::StrCat(range, ", ", count, ", ", SimdLevelName(level)));
      const Hashes slots = SlotsOf(level, RangeOf(range), count);
      ExpectBeginsWith(slots, expected["first"]);
      EXPECT_EQ(slots.back(), Number(expected["last"][0]));
      EXPECT_EQ(Digest(slots), expected["digest"].GetString());
    }
  }
}

TEST(GoldenTest, LowBits) {
  for (const Value& expected : Golden()["slots"].GetArray()) {
    const Signature signature =
        SignatureOf(expected["range"].GetString(), expected["slots"].GetInt());
    for (const auto& [bits, digest] : expected["bbit"].GetObject()) {
      const auto low =
          BbitSignature::From(signature, std::stoi(bits.GetString()));
      ASSERT_TRUE(low.ok());
      EXPECT_EQ(Digest(low->words()), digest.GetString()) << bits.GetString();
      if (low->bits() == 4) {
        ExpectBeginsWith(low->words(), expected["bbit_first"]);
      }
    }
  }
}

TEST(GoldenTest, BandKeys) {
  for (const Value& expected : Golden()["slots"].GetArray()) {
    const Signature signature =
        SignatureOf(expected["range"].GetString(), expected["slots"].GetInt());
    const Banding banding{expected["bands"].GetInt(),
                          expected["rows"].GetInt()};
    Hashes keys(static_cast<size_t>(banding.bands));
    BandKeys(signature.slots().first(static_cast<size_t>(banding.slots())),
             banding, keys);
    ExpectBeginsWith(keys, expected["keys"]);
    EXPECT_EQ(Digest(keys), expected["keys_digest"].GetString());
  }
}

TEST(GoldenTest, Estimates) {
  for (const Value& expected : Golden()["estimates"].GetArray()) {
    SCOPED_TRACE(absl::StrCat(expected["a"].GetString(), ", ",
                              expected["b"].GetString(), ", ",
                              expected["slots"].GetInt()));
    const int slots = expected["slots"].GetInt();
    const Signature a = SignatureOf(expected["a"].GetString(), slots);
    const Signature b = SignatureOf(expected["b"].GetString(), slots);
    EXPECT_DOUBLE_EQ(EstimateResemblance(a, b).value(),
                     expected["resemblance"].GetDouble());
    EXPECT_DOUBLE_EQ(EstimateContainment(a, b).value(),
                     expected["containment"].GetDouble());
    EXPECT_DOUBLE_EQ(EstimateShingleCount(a), expected["count"].GetDouble());
    for (const auto& [bits, estimate] : expected["bbit"].GetObject()) {
      const int width = std::stoi(bits.GetString());
      EXPECT_DOUBLE_EQ(
          EstimateResemblance(BbitSignature::From(a, width).value(),
                              BbitSignature::From(b, width).value())
              .value(),
          estimate.GetDouble())
          << width << " bits";
    }
  }
}

}  // namespace
}  // namespace wirecopy
