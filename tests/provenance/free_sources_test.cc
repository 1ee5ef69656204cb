#include "provenance/free_sources.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;

Text Fresh(size_t size, TokenCode from) {
  Text text(size);
  std::iota(text.begin(), text.end(), from);
  return text;
}

Text Joined(Text a, const Text& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const Text kOne = Fresh(100, 2);
const Text kOther = Fresh(100, 1000);

// What is left of a forest over these texts and days.
std::vector<std::optional<uint32_t>> Freed(
    const std::vector<std::pair<Text, double>>& dated,
    std::vector<std::optional<uint32_t>> parents) {
  std::vector<FamilyMember> members;
  std::vector<Family::Pair> pairs;
  for (uint32_t i = 0; i < dated.size(); ++i) {
    members.push_back({.tokens = dated[i].first, .seconds = dated[i].second});
    for (uint32_t j = 0; j < i; ++j) pairs.push_back({j, i});
  }
  const Family family = {members, pairs, {}};
  const TracedFamily traced(family);
  Forest forest;
  forest.parents = std::move(parents);
  forest.root_probabilities.resize(dated.size());
  FreeSources(traced, &forest);
  return forest.parents;
}

using Parents = std::vector<std::optional<uint32_t>>;
constexpr std::nullopt_t kNone = std::nullopt;

TEST(FreeSources, CopiesStay) {
  const Parents parents = {kNone, 0, 1};
  const Text lead = Fresh(30, 5000);
  EXPECT_EQ(Freed({{kOne, 1}, {Joined(lead, kOne), 2}, {Joined(kOne, lead), 3}},
                  parents),
            parents);
}

// A part of it is from its parent: 60 of 160 words.
TEST(FreeSources, WhoHasLittleFromItsParent) {
  const Text part(kOne.begin(), kOne.begin() + 60);
  const Text mixed = Joined(part, kOther);
  // Nobody copied it, and it is the later one.
  EXPECT_EQ(Freed({{kOne, 1}, {mixed, 2}}, {kNone, 0}), (Parents{kNone, 0}));
  // It is the earlier one.
  EXPECT_EQ(Freed({{kOne, 3}, {mixed, 2}}, {kNone, 0}),
            (Parents{kNone, kNone}));
  // It has copies of its own.
  EXPECT_EQ(
      Freed({{kOne, 1}, {mixed, 2}, {Joined(mixed, {7}), 3}}, {kNone, 0, 1}),
      (Parents{kNone, kNone, 1}));
}

// The forest has every text somewhere.
TEST(FreeSources, WhoHasNothingFromItsParent) {
  EXPECT_EQ(Freed({{kOne, 1}, {kOther, 2}}, {kNone, 0}),
            (Parents{kNone, kNone}));
  const Text few(kOne.begin(), kOne.begin() + 10);
  EXPECT_EQ(Freed({{kOne, 1}, {Joined(few, kOther), 2}}, {kNone, 0}),
            (Parents{kNone, kNone}));
}

// A digest of both joins them; the other story is no copy of it.
TEST(FreeSources, WhoHasNothingOfWhatItsParentHasFromElsewhere) {
  const Text digest = Joined(kOne, kOther);
  EXPECT_EQ(Freed({{kOne, 1}, {digest, 3}, {kOther, 2}}, {kNone, 0, 1}),
            (Parents{kNone, 0, kNone}));
  // Unless it is later: then it may have been taken from the digest.
  EXPECT_EQ(Freed({{kOne, 1}, {digest, 3}, {kOther, 4}}, {kNone, 0, 1}),
            (Parents{kNone, 0, 1}));
}

}  // namespace
}  // namespace wirecopy
