#include "passage/gap.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <algorithm>

#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

// An edit outweighs whatever may break a tie; of two alignments with as many
// edits, the one that replaces less has more tokens equal.
template <typename Cost>
constexpr Cost kEdit = Cost{1} << (4 * sizeof(Cost) - 1);
template <typename Cost>
constexpr Cost kReplace = kEdit<Cost> + 1;

// The most tokens of a side whose costs fit.
template <typename Cost>
constexpr size_t kMostTokens = kEdit<Cost> - 1;
// A side may have max_gap tokens and as many more as it is longer by.
static_assert(size_t{PassageOptions::kMostGap} <= kMostTokens<int32_t> / 2);

// A row is filled in steps of so many costs. In front of its first step stands
// one more: that of leaving out all tokens of a so far.
constexpr size_t kLanes = 8;

size_t RoundUp(size_t count) { return (count + kLanes - 1) / kLanes * kLanes; }

// The costs of the first i tokens of a with those of b.
template <typename Cost>
class Table {
 public:
  // Fills the first row, where all tokens of b are put in. The room is *costs'.
  Table(size_t size_a, size_t size_b, std::vector<Cost>* costs)
      : stride_(kLanes + RoundUp(size_b)) {
    costs->resize(std::max(costs->size(), (size_a + 1) * stride_));
    costs_ = costs->data();
    for (size_t j = 0; j <= RoundUp(size_b); ++j) {
      Row(0)[j] = Edits(j);
    }
  }

  // The cost of so many edits alone.
  static Cost Edits(size_t count) {
    return static_cast<Cost>(static_cast<Cost>(count) * kEdit<Cost>);
  }

  Cost* Row(size_t i) const { return costs_ + i * stride_ + kLanes - 1; }
  Cost At(size_t i, size_t j) const { return Row(i)[j]; }

 private:
  size_t stride_;
  Cost* costs_;
};

// Most stretches that were replaced have no token of what they were.
bool HaveCommon(std::span<const TokenCode> a, std::span<const TokenCode> b) {
  for (const TokenCode code : a) {
    bool is_common = false;  // without a branch for each
    for (const TokenCode other : b) is_common |= code == other;
    if (is_common) return true;
  }
  return false;
}

// Fills the row below `above`, which has that of no token of b, for one more
// token of a. `b` has as many tokens as are filled.
template <typename Cost>
void FillRow(TokenCode code, std::span<const TokenCode> b, const Cost* above,
             Cost* row) {
  const auto add = [](Cost cost, Cost more) {
    return static_cast<Cost>(cost + more);
  };
  for (size_t j = 1; j <= b.size(); ++j) {
    const Cost both =
        code == b[j - 1] ? above[j - 1] : add(above[j - 1], kReplace<Cost>);
    row[j] = std::min(
        {both, add(above[j], kEdit<Cost>), add(row[j - 1], kEdit<Cost>)});
  }
}

#if defined(__SSE2__)
// The same, eight costs at a time. What is put in from b costs an edit more for
// each token: the least of that of all before is found in steps of one, two and
// four (Hillis, Steele 1986).
void FillRow(TokenCode code, std::span<const TokenCode> b, const int16_t* above,
             int16_t* row) {
  constexpr int16_t kOne = kEdit<int16_t>;
  constexpr int16_t kNo = 0x7000;  // more than any cost, and bears some edits
  const __m128i one = _mm_set1_epi16(kOne);
  const __m128i two = _mm_set1_epi16(2 * kOne);
  const __m128i four = _mm_set1_epi16(4 * kOne);
  const __m128i none = _mm_set1_epi16(kNo);
  const __m128i none_of_two = _mm_setr_epi16(kNo, kNo, 0, 0, 0, 0, 0, 0);
  const __m128i none_of_four = _mm_setr_epi16(kNo, kNo, kNo, kNo, 0, 0, 0, 0);
  const __m128i codes = _mm_set1_epi32(static_cast<int>(code));
  const auto load = [](const void* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
  };
  for (size_t j = 1; j <= b.size(); j += kLanes) {
    const __m128i is_equal =
        _mm_packs_epi32(_mm_cmpeq_epi32(codes, load(&b[j - 1])),
                        _mm_cmpeq_epi32(codes, load(&b[j + 3])));
    const __m128i up = load(above + j);
    // As loaded from one cost before, but for the wait until that is stored.
    const __m128i diagonal =
        _mm_insert_epi16(_mm_slli_si128(up, 2), above[j - 1], 0);
    __m128i least = _mm_add_epi16(
        diagonal,
        _mm_andnot_si128(is_equal, _mm_set1_epi16(kReplace<int16_t>)));
    const auto take = [&least](__m128i before, __m128i edits) {
      least = _mm_min_epi16(least, _mm_add_epi16(before, edits));
    };
    take(up, one);
    take(_mm_insert_epi16(none, row[j - 1], 0), one);
    take(_mm_insert_epi16(_mm_slli_si128(least, 2), kNo, 0), one);
    take(_mm_or_si128(_mm_slli_si128(least, 4), none_of_two), two);
    take(_mm_or_si128(_mm_slli_si128(least, 8), none_of_four), four);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row + j), least);
  }
}
#endif

}  // namespace

template <typename Cost>
uint32_t GapAligner::AlignWith(std::span<const TokenCode> a,
                               std::span<const TokenCode> b, uint32_t a_begin,
                               uint32_t b_begin, std::vector<Cost>* costs) {
  const Table<Cost> table(a.size(), b.size(), costs);
  padded_b_.assign(RoundUp(b.size()), 0);
  std::copy(b.begin(), b.end(), padded_b_.begin());
  for (size_t i = 1; i <= a.size(); ++i) {
    table.Row(i)[0] = table.Edits(i);
    FillRow(a[i - 1], padded_b_, table.Row(i - 1), table.Row(i));
  }
  reversed_.clear();
  size_t i = a.size();
  size_t j = b.size();
  while (i > 0 && j > 0) {
    const Cost cost = table.At(i, j);
    if (a[i - 1] == b[j - 1] && cost == table.At(i - 1, j - 1)) {
      --i;
      --j;
      const TokenRun run{a_begin + static_cast<uint32_t>(i),
                         b_begin + static_cast<uint32_t>(j), 1};
      if (!reversed_.empty() && reversed_.back().a == run.a + 1 &&
          reversed_.back().b == run.b + 1) {
        reversed_.back() = {run.a, run.b, reversed_.back().length + 1};
      } else {
        reversed_.push_back(run);
      }
    } else if (cost == table.At(i - 1, j - 1) + kReplace<Cost>) {
      --i;
      --j;
    } else if (cost == table.At(i - 1, j) + kEdit<Cost>) {
      --i;
    } else {
      --j;
    }
  }
  return static_cast<uint32_t>(table.At(a.size(), b.size()) / kEdit<Cost>);
}

uint32_t GapAligner::Align(std::span<const TokenCode> a,
                           std::span<const TokenCode> b, uint32_t a_begin,
                           uint32_t b_begin, std::vector<TokenRun>* runs) {
  const size_t longer = std::max(a.size(), b.size());
  if (!HaveCommon(a, b)) return static_cast<uint32_t>(longer);
  const uint32_t edits = longer <= kMostTokens<int16_t>
                             ? AlignWith(a, b, a_begin, b_begin, &small_costs_)
                             : AlignWith(a, b, a_begin, b_begin, &costs_);
  runs->insert(runs->end(), reversed_.rbegin(), reversed_.rend());
  return edits;
}

}  // namespace wirecopy
