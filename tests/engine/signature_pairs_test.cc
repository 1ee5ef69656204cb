// Signatures of a source, and their pairs, against the plain way to both.

#include "engine/signature_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "engine/sketch_documents.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

constexpr size_t kSlots = 64;

// Documents in families: each slot is the family's, or now and then its own.
SignatureTable RandomTable(uint64_t seed, size_t documents) {
  std::mt19937_64 random(seed);
  SignatureTable table(kSlots);
  std::vector<uint64_t> slots(kSlots);
  for (size_t d = 0; d < documents; ++d) {
    const uint64_t family = random() % 20;
    const uint64_t own_of_16 = random() % 17;
    for (size_t i = 0; i < kSlots; ++i) {
      slots[i] = random() % 16 < own_of_16 ? random() : family * kSlots + i;
    }
    const bool is_empty = random() % 10 == 0;
    table.Add(is_empty ? 0 : 1 + random() % 1000, slots);
  }
  return table;
}

using PairTuple = std::tuple<size_t, size_t, double>;

std::vector<PairTuple> SlowPairs(const SignatureTable& a,
                                 const SignatureTable& b, bool within,
                                 double threshold) {
  std::vector<PairTuple> pairs;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = within ? i + 1 : 0; j < b.size(); ++j) {
      if (a.Shingles(i) == 0 || b.Shingles(j) == 0) continue;
      double equal = 0;
      for (size_t s = 0; s < kSlots; ++s) {
        equal += a.Slots(i)[s] == b.Slots(j)[s] ? 1 : 0;
      }
      if (equal > 0 && equal / kSlots >= threshold) {
        pairs.emplace_back(i, j, equal / kSlots);
      }
    }
  }
  return pairs;
}

TEST(SignaturePairsTest, AreAllThatReachTheThreshold) {
  const SignatureTable a = RandomTable(1, 300);
  const SignatureTable b = RandomTable(2, 150);
  for (const double threshold : {1e-9, 0.1, 0.5, 0.79, 0.8, 0.95, 1.0}) {
    for (const int threads : {1, 3}) {
      const SignaturePairs pairs(threshold, threads);
      std::vector<PairTuple> found;
      const auto collect = [&found](const EstimatedPair& pair) {
        found.emplace_back(pair.a, pair.b, pair.jaccard);
        return absl::OkStatus();
      };
      ASSERT_TRUE(pairs.Within(a, collect).ok());
      EXPECT_EQ(found, SlowPairs(a, a, true, threshold)) << threshold;
      found.clear();
      ASSERT_TRUE(pairs.Between(a, b, collect).ok());
      EXPECT_EQ(found, SlowPairs(a, b, false, threshold)) << threshold;
      EXPECT_FALSE(found.empty());
    }
  }
}

TEST(SignaturePairsTest, Estimates) {
  SignatureTable table(kSlots);
  std::vector<uint64_t> slots(kSlots);
  for (size_t i = 0; i < kSlots; ++i) slots[i] = i;
  table.Add(100, slots);
  for (size_t i = 0; i < kSlots / 2; ++i) slots[i] += 1000;
  table.Add(200, slots);
  std::vector<EstimatedPair> found;
  const absl::Status status =
      SignaturePairs(0.5, 1).Within(table, [&found](const EstimatedPair& pair) {
        found.push_back(pair);
        return absl::OkStatus();
      });
  ASSERT_TRUE(status.ok());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].jaccard, 0.5);
  EXPECT_DOUBLE_EQ(found[0].standard_error, std::sqrt(0.25 / kSlots));
  // 100 shared of a union of 200.
  EXPECT_DOUBLE_EQ(found[0].containment_a, 1);
  EXPECT_DOUBLE_EQ(found[0].containment_b, 0.5);
}

TEST(SignaturePairsTest, AnErrorOfTheVisitorEndsIt) {
  int visits = 0;
  const absl::Status status = SignaturePairs(0.1, 2).Within(
      RandomTable(3, 100), [&visits](const EstimatedPair&) {
        ++visits;
        return absl::DataLossError("full");
      });
  EXPECT_EQ(status.message(), "full");
  EXPECT_EQ(visits, 1);
}

TEST(SketchDocumentsTest, AreTheSignaturesOfTheTexts) {
  std::vector<std::string> texts = {"", "one", "one two three four five six"};
  std::mt19937 random(4);
  while (texts.size() < 5000) {  // more than are in memory at once
    std::string text;
    for (int i = 0; i < 20; ++i) {
      text += std::to_string(random() % 30) + " ";
    }
    texts.push_back(text);
  }
  std::vector<Document> documents;
  for (const std::string& text : texts) documents.push_back({{}, text, {}});
  const auto source = NewMemorySource(documents);
  SignatureParameters parameters;
  parameters.slots = 100;
  parameters.shingle.k = 2;
  parameters.shingle.seed = 9;
  Shingler shingler(parameters.shingle);
  for (const int threads : {1, 3}) {
    uint32_t next = 0;
    const absl::Status status = SketchDocuments(
        parameters, threads, *source, nullptr, [&](const DocumentSketch& made) {
          EXPECT_EQ(made.document, next);
          const auto set = shingler.Set(texts[next++]);
          EXPECT_EQ(made.shingles, set.size());
          const Signature expected(parameters, set);
          EXPECT_TRUE(std::ranges::equal(made.slots, expected.slots()));
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(next, texts.size());
  }
}

}  // namespace
}  // namespace wirecopy
