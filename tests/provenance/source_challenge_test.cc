#include "provenance/source_challenge.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;

constexpr uint32_t kCopy = 0;
constexpr uint32_t kIncumbent = 1;
constexpr uint32_t kChallenger = 2;

// A copy, and two texts that differ from it at these places; the challenger was
// cut behind its 150th word. The incumbent leads by 10 nats.
struct Challenge {
  CandidateTable table;
  size_t at(uint32_t parent) const { return parent - 1; }
  const Candidate& Of(uint32_t parent) const {
    return table[kCopy][at(parent)];
  }

  Challenge(const std::vector<size_t>& incumbents_edits,
            const std::vector<size_t>& challengers_edits, double clock = 0) {
    Text copy(200);
    std::iota(copy.begin(), copy.end(), TokenCode{2});
    Text incumbent = copy;
    Text challenger = copy;
    for (const size_t place : incumbents_edits) incumbent[place] = 9000;
    for (const size_t place : challengers_edits) challenger[place] = 9001;
    challenger.resize(150);
    const std::vector<std::span<const TokenCode>> texts = {copy, incumbent,
                                                           challenger};
    table = DescribePairs(texts, {{kCopy, kIncumbent}, {kCopy, kChallenger}});
    table[kCopy][at(kChallenger)].score = -10;
    table[kCopy][at(kChallenger)].clock = clock;
    ChallengeIncumbents(texts, &table);
  }
};

TEST(SourceChallenge, WhoHasTheCopysWordsWhereItExistsWins) {
  const Challenge challenge({20, 40, 60}, {80});
  EXPECT_DOUBLE_EQ(challenge.Of(kChallenger).total(),
                   challenge.Of(kIncumbent).total() + 2 * kVoteNats);
  EXPECT_EQ(challenge.Of(kIncumbent).score, 0);
}

TEST(SourceChallenge, AboveTheClockToo) {
  const Challenge challenge({20, 40, 60}, {80}, 0.5);
  EXPECT_DOUBLE_EQ(challenge.Of(kChallenger).total(), 2 * kVoteNats);
}

TEST(SourceChallenge, WhatTheChallengerLacksSpeaksForNobody) {
  EXPECT_EQ(Challenge({160, 170, 180}, {}).Of(kChallenger).score, -10);
}

TEST(SourceChallenge, OneMoreSiteAmongManyIsTooFew) {
  EXPECT_EQ(Challenge({20, 40, 60, 100}, {80, 110, 130}).Of(kChallenger).score,
            -10);
}

TEST(SourceChallenge, WhoIsLaterByTheClocksDoesNotChallenge) {
  EXPECT_EQ(Challenge({20, 40, 60}, {}, -2).Of(kChallenger).score, -10);
}

}  // namespace
}  // namespace wirecopy
