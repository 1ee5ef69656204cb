#include "provenance/pair_evidence.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "provenance/direction.h"
#include "tests/support/evidence_pair.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using ::wirecopy::oracle::FindEvidence;
using ::wirecopy::oracle::WeightOf;

struct GoldenPair {
  std::string name;
  EvidenceDocument source;
  EvidenceDocument copy;
};

// The pairs of invented articles; tests/golden/make_attribution_pairs.py says
// how they were made. Texts live as long as the program.
std::vector<GoldenPair> ReadPairs() {
  std::ifstream in(std::string(WIRECOPY_GOLDEN_DIR) +
                   "/attribution_pairs.jsonl");
  static std::vector<std::unique_ptr<rapidjson::Document>> records;
  std::vector<GoldenPair> pairs;
  for (std::string line; std::getline(in, line);) {
    records.push_back(std::make_unique<rapidjson::Document>());
    rapidjson::Document& record = *records.back();
    record.Parse(line.data(), line.size());
    const auto text = [&](const char* field) -> std::string_view {
      if (!record.HasMember(field)) return {};
      return {record[field].GetString(), record[field].GetStringLength()};
    };
    GoldenPair pair;
    pair.name = std::string(text("language")) + " " +
                std::string(text("name")) +
                (record["reversed"].GetBool() ? " reversed" : "");
    pair.source.text = text("source");
    pair.source.publisher = text("source_publisher");
    pair.copy.text = text("copy");
    pair.copy.publisher = text("copy_publisher");
    pairs.push_back(pair);
  }
  return pairs;
}

TEST(PairEvidenceTest, AttributionDecidesInvertedPairsToo) {
  const std::vector<GoldenPair> pairs = ReadPairs();
  ASSERT_GE(pairs.size(), 30u);
  for (const GoldenPair& pair : pairs) {
    const PairEvidence found = FindEvidence(pair.source, pair.copy);
    EXPECT_GT(WeightOf(found, "attribution"), 0) << pair.name;
    const Direction direction = Decide(found.evidence);
    EXPECT_TRUE(direction.decided && direction.a_is_source())
        << pair.name << " " << direction.log_odds;
  }
}

// The same without what is said of outlets is decided by chance at best.
TEST(PairEvidenceTest, WithoutAttributionTheyAreHard) {
  int right = 0;
  const std::vector<GoldenPair> pairs = ReadPairs();
  for (const GoldenPair& pair : pairs) {
    std::vector<Evidence> rest;
    for (const Evidence& piece :
         FindEvidence(pair.source, pair.copy).evidence) {
      if (piece.feature != "attribution") rest.push_back(piece);
    }
    const Direction direction = Decide(rest);
    right += direction.decided && direction.a_is_source() ? 1 : 0;
  }
  EXPECT_LT(right, static_cast<int>(pairs.size()) * 3 / 4);
}

TEST(PairEvidenceTest, ExchangingTheTextsMirrorsToTheLastBit) {
  std::vector<GoldenPair> pairs = ReadPairs();
  std::mt19937 random(11);
  for (GoldenPair& pair : pairs) {
    for (EvidenceDocument* const document : {&pair.source, &pair.copy}) {
      document->published = {
          random() % 4 != 0,
          absl::FromUnixSeconds(static_cast<int64_t>(random() % 500000)),
          random() % 2 == 0};
    }
    const PairEvidence there = FindEvidence(pair.source, pair.copy);
    const PairEvidence back = FindEvidence(pair.copy, pair.source);
    EXPECT_EQ(Decide(there.evidence).log_odds, -Decide(back.evidence).log_odds)
        << pair.name;
    EXPECT_EQ(there.evidence.size(), back.evidence.size());
    for (const Evidence& piece : there.evidence) {
      EXPECT_EQ(WeightOf(there, piece.feature), -WeightOf(back, piece.feature))
          << pair.name << " " << piece.feature;
      EXPECT_TRUE(IsValidUtf8(piece.detail)) << piece.detail;
      EXPECT_NE(piece.weight, 0) << piece.feature;
    }
  }
}

TEST(PairEvidenceTest, DatesAreLeftOutOnRequest) {
  const GoldenPair pair = ReadPairs().front();
  EvidenceDocument source = pair.source;
  EvidenceDocument copy = pair.copy;
  source.published = {true, absl::FromUnixSeconds(1000), false};
  copy.published = {true, absl::FromUnixSeconds(90000), false};
  const PairEvidenceFinder finder;
  EXPECT_GT(WeightOf(FindEvidence(finder, source, copy, true), "clock"), 1);
  EXPECT_EQ(WeightOf(FindEvidence(finder, source, copy, false), "clock"), 0);
}

TEST(PairEvidenceTest, TheClockShowsNoHourThatNobodyGave) {
  const auto told = [](const PublicationTime& a, const PublicationTime& b) {
    EvidenceDocument source = ReadPairs().front().source;
    EvidenceDocument copy = source;
    source.published = a;
    copy.published = b;
    const PairEvidence found = FindEvidence(source, copy);
    for (const Evidence& piece : found.evidence) {
      if (piece.feature == "clock") return piece.detail;
    }
    return std::string();
  };
  const absl::Time day = absl::FromUnixSeconds(1772496000);
  const absl::Time evening = day + absl::Hours(45) + absl::Seconds(7);
  EXPECT_EQ(told({true, day, true}, {true, evening, false}),
            "a is dated 2026-03-03 (the day alone), b 2026-03-04 21:00:07, "
            "UTC");
  EXPECT_EQ(told({true, day, false}, {true, evening, true}),
            "a is dated 2026-03-03 00:00:00, b 2026-03-04 21:00:07 (without a "
            "zone), UTC");
  EXPECT_EQ(told({true, evening, false}, {true, day + absl::Hours(24), true}),
            "");
}

TEST(PairEvidenceTest, ATextAndItselfSayNothing) {
  const GoldenPair pair = ReadPairs().front();
  EXPECT_TRUE(FindEvidence(pair.source, pair.source).evidence.empty());
}

TEST(PairEvidenceTest, HostileTexts) {
  const std::string many = [] {
    std::string text;
    for (int i = 0; i < 4000; ++i) text += "told the (AP) Gazette reported \"";
    return text;
  }();
  const std::string drawings =
      std::string(50000, '-') + " " + std::string(50000, '\n') + " told us";
  for (const std::string* const a : {&many, &drawings}) {
    for (const std::string* const b : {&many, &drawings}) {
      for (const Evidence& piece : FindEvidence(*a, *b).evidence) {
        EXPECT_TRUE(IsValidUtf8(piece.detail));
      }
    }
  }
  EXPECT_TRUE(FindEvidence("", "").evidence.empty());
}

}  // namespace
}  // namespace wirecopy
