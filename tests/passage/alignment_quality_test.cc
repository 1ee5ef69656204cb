// How much of the best local alignments (Smith, Waterman 1981) the aligner
// finds, which looks at few pairs of tokens instead of all.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/align_codes.h"
#include "tests/support/passage_oracle.h"
#include "tests/support/recall_bound.h"

namespace wirecopy {
namespace {

using oracle::Codes;
using Runs = std::vector<TokenRun>;

// The scores of chains: a replaced token is one that both sides have more.
constexpr int kEqual = 8;
constexpr int kReplaced = -1;
constexpr int kOnOneSide = -4;

class Table {
 public:
  Table(const Codes& a, const Codes& b)
      : a_(a), b_(b), width_(b.size() + 1), scores_((a.size() + 1) * width_) {
    for (size_t i = 1; i <= a.size(); ++i) {
      for (size_t j = 1; j <= b.size(); ++j) {
        At(i, j) =
            std::max({0, At(i - 1, j - 1) + Pair(i, j),
                      At(i - 1, j) + kOnOneSide, At(i, j - 1) + kOnOneSide});
      }
    }
  }

  // The runs of equal tokens of a best alignment.
  Runs Best() {
    const auto most = std::max_element(scores_.begin(), scores_.end());
    const auto cell = static_cast<size_t>(most - scores_.begin());
    size_t i = cell / width_;
    size_t j = cell % width_;
    Runs reversed;
    while (At(i, j) > 0) {
      if (At(i, j) == At(i - 1, j - 1) + Pair(i, j)) {
        --i;
        --j;
        if (a_[i] == b_[j]) AddBefore(i, j, &reversed);
      } else if (At(i, j) == At(i - 1, j) + kOnOneSide) {
        --i;
      } else {
        --j;
      }
    }
    return {reversed.rbegin(), reversed.rend()};
  }

 private:
  int& At(size_t i, size_t j) { return scores_[i * width_ + j]; }
  int Pair(size_t i, size_t j) const {
    return a_[i - 1] == b_[j - 1] ? kEqual : kReplaced;
  }
  static void AddBefore(size_t i, size_t j, Runs* runs) {
    const TokenRun run{static_cast<uint32_t>(i), static_cast<uint32_t>(j), 1};
    if (!runs->empty() && runs->back().a == run.a + 1 &&
        runs->back().b == run.b + 1) {
      runs->back() = {run.a, run.b, runs->back().length + 1};
    } else {
      runs->push_back(run);
    }
  }

  const Codes& a_;
  const Codes& b_;
  size_t width_;
  std::vector<int> scores_;
};

// The parts of an alignment that lie within the aligner's limits: runs of four
// tokens and more with ten between them at the most, one of which is as long
// as a run that is found for certain.
std::vector<Runs> PartsWithinLimits(const Runs& alignment, uint32_t min_run) {
  constexpr uint32_t kEndRun = 4;
  constexpr uint32_t kReach = 10;
  std::vector<Runs> parts;
  for (const TokenRun& run : alignment) {
    if (run.length < kEndRun) continue;
    const bool goes_on = !parts.empty() &&
                         run.a - parts.back().back().a_end() <= kReach &&
                         run.b - parts.back().back().b_end() <= kReach;
    if (!goes_on) parts.emplace_back();
    parts.back().push_back(run);
  }
  std::erase_if(parts, [min_run](const Runs& part) {
    return std::none_of(part.begin(), part.end(), [&](const TokenRun& run) {
      return run.length >= min_run;
    });
  });
  return parts;
}

bool IsWithin(uint32_t begin, uint32_t end, const oracle::CodePassages& found,
              TokenSpan TokenPassage::*side) {
  return std::any_of(found.begin(), found.end(), [&](const auto& one) {
    const TokenSpan span = one.passage.*side;
    return span.begin <= begin && end <= span.end;
  });
}

// Whether both sides of a run lie in passages. Which tokens are aligned may
// differ where several alignments have the best score.
bool IsFound(const TokenRun& run, const oracle::CodePassages& found) {
  return IsWithin(run.a, run.a_end(), found, &TokenPassage::a) &&
         IsWithin(run.b, run.b_end(), found, &TokenPassage::b);
}

// Whether they align just these tokens.
bool IsAligned(const TokenRun& run, const oracle::CodePassages& found) {
  for (uint32_t i = 0; i < run.length; ++i) {
    const Hit token{run.a + i, run.b + i};
    const auto holds = [&token](const TokenRun& other) {
      return oracle::LiesIn(token, other);
    };
    if (std::none_of(found.begin(), found.end(), [&holds](const auto& one) {
          return std::any_of(one.runs.begin(), one.runs.end(), holds);
        })) {
      return false;
    }
  }
  return true;
}

struct Count {
  size_t runs = 0;
  size_t missed = 0;
  size_t other = 0;  // not aligned in the same way
};

// Texts that were edited at random: `per_mille` of their tokens.
Count CountMissed(uint32_t per_mille, uint32_t vocabulary, uint64_t seed) {
  oracle::CodeSource source(seed);
  const PassageOptions options;
  Count count;
  for (int trial = 0; trial < 800; ++trial) {
    const Codes base = source.New(120, vocabulary);
    const Codes a = oracle::Joined(source.New(20, vocabulary), base);
    Codes b = source.Edited(base, 120 * per_mille / 1000, vocabulary);
    if (source.Below(3) == 0) b = source.Moved(b);
    const auto passages = oracle::AlignCodes(options, a, b);
    const auto min_run = static_cast<uint32_t>(options.min_run);
    for (const Runs& part : PartsWithinLimits(Table(a, b).Best(), min_run)) {
      for (const TokenRun& run : part) {
        ++count.runs;
        count.missed += IsFound(run, passages) ? 0 : 1;
        count.other += IsAligned(run, passages) ? 0 : 1;
      }
    }
  }
  return count;
}

// Of the runs in best alignments, 999 in 1000 are in passages, and 98 in 100
// are aligned in the same way (where words are few, more than one is the best).
TEST(AlignmentQualityTest, FindsWhatBestAlignmentsHave) {
  constexpr double kMissed = 0.001;
  constexpr double kOther = 0.02;
  for (const uint32_t vocabulary : {50, 300, 5000}) {
    for (const uint32_t per_mille : {10, 30, 60, 100, 150}) {
      const Count count = CountMissed(per_mille, vocabulary, per_mille);
      const std::string which =
          std::to_string(count.runs) + " runs, " + std::to_string(per_mille) +
          " edits in 1000 words of " + std::to_string(vocabulary);
      RecordProperty(which, std::to_string(count.missed) + ", " +
                                std::to_string(count.other));
      EXPECT_GT(count.runs, 500U);
      EXPECT_LE(static_cast<double>(count.missed),
                oracle::MostMisses(count.runs, kMissed))
          << which;
      EXPECT_LE(static_cast<double>(count.other),
                oracle::MostMisses(count.runs, kOther))
          << which;
    }
  }
}

}  // namespace
}  // namespace wirecopy
