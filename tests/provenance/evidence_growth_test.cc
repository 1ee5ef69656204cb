// Texts on which evidence is quadratic if it can be. Time is measured at sizes
// of one to four: a ratio of 4 is linear, one of 16 quadratic.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "provenance/pair_evidence.h"

namespace wirecopy {
namespace {

using MakeText = std::function<std::string(size_t)>;

std::string Repeated(const std::string& piece, size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// `count` outlets of different names, each in `before` and `behind`.
std::string Outlets(const std::string& before, const std::string& behind,
                    size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    std::string name = "Q";
    for (size_t rest = i + 26; rest > 0; rest /= 26) {
      name += static_cast<char>('a' + rest % 26);
    }
    text += before + name + behind;
  }
  return text;
}

// A passage of every so many bytes, side by side in both.
std::vector<EvidencePassage> Passages(size_t size) {
  constexpr size_t kEvery = 40;
  std::vector<EvidencePassage> passages;
  for (size_t at = 0; at + kEvery < size; at += kEvery) {
    EvidencePassage passage;
    passage.a = passage.b = {at, at + kEvery / 2};
    passages.push_back(passage);
  }
  return passages;
}

double LeastSeconds(const std::function<void()>& work) {
  double least = 1e9;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    work();
    least = std::min(
        least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return least;
}

void ExpectNearLinear(const MakeText& make_a, const MakeText& make_b) {
  constexpr size_t kPieces = 4000;
  constexpr double kMostRatio = 9;
  const PairEvidenceFinder finder;
  const auto seconds = [&](size_t pieces) {
    const std::string a = make_a(pieces);
    const std::string b = make_b(pieces);
    EvidenceDocument a_document;
    EvidenceDocument b_document;
    a_document.text = a;
    b_document.text = b;
    const auto passages = Passages(std::min(a.size(), b.size()));
    return LeastSeconds([&] {
      const DocumentProfile x = finder.Profile(a_document);
      const DocumentProfile y = finder.Profile(b_document);
      finder.Find(x, y, passages, true);
      finder.Find(x, y, {}, true);
    });
  };
  const double of_small = seconds(kPieces);
  // Below a hundredth of a second nothing is quadratic at this size.
  EXPECT_LT(seconds(4 * kPieces), std::max(0.01, kMostRatio * of_small));
}

void ExpectNearLinear(const std::string& piece) {
  const MakeText make = [&](size_t count) { return Repeated(piece, count); };
  ExpectNearLinear(make, make);
}

TEST(EvidenceGrowthTest, ManyOutlets) {
  ExpectNearLinear(
      [](size_t count) {
        return Outlets("He told the ", " Gazette so. ", count);
      },
      [](size_t count) {
        return Outlets("In an interview with the ", "ia Herald. ", count);
      });
}

TEST(EvidenceGrowthTest, OneOutletOverAndOver) {
  ExpectNearLinear("he told the Tarn Gazette ");
  ExpectNearLinear("Reuters ");
  ExpectNearLinear("(AP) ");
  ExpectNearLinear("told us ");
  ExpectNearLinear("据海岸日报");
  ExpectNearLinear("نقلا عن صحيفة المرساة ");
}

TEST(EvidenceGrowthTest, OwnVoiceAgainstOutlets) {
  ExpectNearLinear(
      [](size_t count) { return Repeated("told this newspaper ", count); },
      [](size_t count) {
        return Outlets("she told the ", " Gazette ", count);
      });
}

TEST(EvidenceGrowthTest, OneLineOfIntroductions) {
  ExpectNearLinear("so: the Orla wrote it: ");
}

TEST(EvidenceGrowthTest, MarksAndBrackets) {
  for (const char* const piece :
       {"[", "<.", "> ", "\"", "--\n", "\n\n", "Orla@", "a.b.c.", "Q ", "闻"}) {
    ExpectNearLinear(piece);
  }
}

TEST(EvidenceGrowthTest, SignaturesFullOfNames) {
  ExpectNearLinear(
      [](size_t count) { return "So.\n--\n" + Outlets("", " ", count); },
      [](size_t count) { return Outlets("", " ", count); });
}

}  // namespace
}  // namespace wirecopy
