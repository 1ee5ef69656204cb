#include "provenance/repair.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/evidence_pair.h"

namespace wirecopy {
namespace {

Misprints Find(std::string_view a, std::string_view b) {
  const oracle::AlignedTexts texts(a, b);
  return FindMisprints(ReadTextProfile(a), ReadTextProfile(b),
                       texts.passages());
}

constexpr std::string_view kRight =
    "The harbour master of Tarn Ferry has closed the swing bridge to lorries "
    "until the county has counted its rivets. The bridge was built by hand.";

std::string Replaced(std::string_view text, std::string_view from,
                     std::string_view to) {
  std::string result(text);
  result.replace(result.rfind(from), from.size(), to);
  return result;
}

TEST(MisprintsTest, TheSpellingThatStandsElsewhereIsRight) {
  const std::string wrong = Replaced(kRight, "swing bridge", "swing brigde");
  const Misprints found = Find(kRight, wrong);
  EXPECT_EQ(found.in_a, 0u);
  EXPECT_EQ(found.in_b, 1u);
  EXPECT_EQ(found.wrong, "brigde");
  EXPECT_EQ(found.right, "bridge");
  EXPECT_EQ(Find(wrong, kRight).in_a, 1u);
}

TEST(MisprintsTest, OfTwoThatStandNowhereElseNobodyKnows) {
  const Misprints found = Find(kRight, Replaced(kRight, "harbour", "harbuor"));
  EXPECT_EQ(found.in_a + found.in_b, 0u);
}

TEST(MisprintsTest, OtherWordsAreNoMisprints) {
  const Misprints found =
      Find(kRight, Replaced(kRight, "swing bridge", "swing tunnel"));
  EXPECT_EQ(found.in_a + found.in_b, 0u);
}

// The dynamic programme, as books have it.
size_t Distance(std::string_view x, std::string_view y) {
  std::vector<std::vector<size_t>> cost(x.size() + 1,
                                        std::vector<size_t>(y.size() + 1));
  for (size_t i = 0; i <= x.size(); ++i) {
    for (size_t j = 0; j <= y.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      cost[i][j] =
          std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                    cost[i - 1][j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)});
    }
  }
  return cost[x.size()][y.size()];
}

TEST(IsNearTest, AgreesWithTheDynamicProgramme) {
  std::mt19937 random(3);
  const auto word = [&] {
    std::string made(random() % 7, 'a');
    for (char& c : made) c = static_cast<char>('a' + random() % 3);
    return made;
  };
  size_t near = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string x = word();
    const std::string y = word();
    for (size_t most = 0; most <= 2; ++most) {
      EXPECT_EQ(IsNear(x, y, most), Distance(x, y) <= most)
          << x << " " << y << " " << most;
      near += IsNear(x, y, most) ? 1 : 0;
    }
  }
  EXPECT_GT(near, 500u);
}

}  // namespace
}  // namespace wirecopy
