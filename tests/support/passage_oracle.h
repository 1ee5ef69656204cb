// What lib/passage finds, once more: by looking at all pairs of tokens.

#ifndef WIRECOPY_TESTS_SUPPORT_PASSAGE_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_PASSAGE_ORACLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <random>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "passage/anchors.h"
#include "passage/chain.h"
#include "passage/hits.h"
#include "passage/token_text.h"

namespace wirecopy {

// Where gtest looks for them.
inline void PrintTo(const TokenRun& run, std::ostream* out) {
  *out << "[" << run.a << ", " << run.b << " +" << run.length << ")";
}
inline bool operator==(const Hit& x, const Hit& y) {
  return x.a == y.a && x.b == y.b;
}
inline void PrintTo(const Hit& hit, std::ostream* out) {
  *out << "(" << hit.a << ", " << hit.b << ")";
}

}  // namespace wirecopy

namespace wirecopy::oracle {

using Codes = std::vector<TokenCode>;

// The order of GrowAnchors.
inline bool EndsBefore(const TokenRun& x, const TokenRun& y) {
  return std::tuple(x.a_end(), x.b_end(), x.length) <
         std::tuple(y.a_end(), y.b_end(), y.length);
}

// All maximal runs of at least `least` equal tokens, in that order.
inline std::vector<TokenRun> MaximalRuns(std::span<const TokenCode> a,
                                         std::span<const TokenCode> b,
                                         uint32_t least) {
  std::vector<TokenRun> runs;
  for (uint32_t i = 0; i < a.size(); ++i) {
    for (uint32_t j = 0; j < b.size(); ++j) {
      if (i > 0 && j > 0 && a[i - 1] == b[j - 1]) continue;  // begins before
      uint32_t length = 0;
      while (i + length < a.size() && j + length < b.size() &&
             a[i + length] == b[j + length]) {
        ++length;
      }
      if (length >= least && length > 0) runs.push_back({i, j, length});
    }
  }
  std::sort(runs.begin(), runs.end(), EndsBefore);
  return runs;
}

inline bool LiesIn(const Hit& hit, const TokenRun& run) {
  return hit.a >= run.a && hit.a < run.a_end() &&
         int64_t{hit.b} - hit.a == int64_t{run.b} - run.a;
}

// Tokens put in, left out or replaced, at the least.
inline uint32_t EditDistance(std::span<const TokenCode> a,
                             std::span<const TokenCode> b) {
  std::vector<uint32_t> row(b.size() + 1);
  for (uint32_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    uint32_t diagonal = row[0];
    row[0] = static_cast<uint32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const uint32_t both = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({both, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

// Texts as codes: what lib/passage sees of them.
class CodeSource {
 public:
  explicit CodeSource(uint64_t seed) : random_(seed) {}

  uint32_t Below(uint32_t limit) {
    return static_cast<uint32_t>(random_() % limit);
  }

  // Codes of whole words.
  Codes New(uint32_t count, uint32_t vocabulary) {
    Codes codes(count);
    for (TokenCode& code : codes) code = 2 * Below(vocabulary);
    return codes;
  }

  // With some tokens replaced, put in or left out.
  Codes Edited(Codes codes, uint32_t edits, uint32_t vocabulary) {
    for (; edits > 0 && !codes.empty(); --edits) {
      const auto at =
          codes.begin() + Below(static_cast<uint32_t>(codes.size()));
      const uint32_t kind = Below(3);
      if (kind == 0) *at = 2 * Below(vocabulary);
      if (kind == 1) codes.insert(at, 2 * Below(vocabulary));
      if (kind == 2) codes.erase(at);
    }
    return codes;
  }

  // The last part first.
  Codes Moved(Codes codes) {
    if (codes.empty()) return codes;
    const uint32_t at = Below(static_cast<uint32_t>(codes.size()));
    std::rotate(codes.begin(), codes.begin() + at, codes.end());
    return codes;
  }

 private:
  std::mt19937_64 random_;
};

inline Codes Joined(Codes codes, const Codes& more) {
  codes.insert(codes.end(), more.begin(), more.end());
  return codes;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PASSAGE_ORACLE_H_
