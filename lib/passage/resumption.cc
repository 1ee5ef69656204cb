#include "passage/resumption.h"

#include <algorithm>
#include <array>

namespace wirecopy {
namespace {

// Bit j of row i tells whether token i of a is token j of b.
using Rows = std::array<uint32_t, Outlook::kMost>;

Rows Compare(const Outlook& a, const Outlook& b) {
  constexpr uint32_t kBits[16] = {1U << 0,  1U << 1,  1U << 2,  1U << 3,
                                  1U << 4,  1U << 5,  1U << 6,  1U << 7,
                                  1U << 8,  1U << 9,  1U << 10, 1U << 11,
                                  1U << 12, 1U << 13, 1U << 14, 1U << 15};
  const uint32_t valid = (1U << b.size) - 1;
  Rows rows = {};
  for (uint32_t i = 0; i < a.size; ++i) {
    uint32_t row = 0;
    for (uint32_t j = 0; j < 16; ++j) {
      row |= a.codes[i] == b.codes[j] ? kBits[j] : 0;
    }
    rows[i] = row & valid;
  }
  return rows;
}

}  // namespace

Resumption FindResumption(const Outlook& a, const Outlook& b) {
  if (a.size < kEndRun || b.size < kEndRun) return {};
  const Rows rows = Compare(a, b);
  // Where runs begin.
  std::array<uint32_t, kReach + 1> runs = {};
  uint32_t any = 0;
  for (uint32_t i = 0; i <= kReach; ++i) {
    runs[i] =
        rows[i] & (rows[i + 1] >> 1) & (rows[i + 2] >> 2) & (rows[i + 3] >> 3);
    any |= runs[i];
  }
  if (any == 0) return {};
  const auto agrees = [&runs](uint32_t gap_a, uint32_t gap_b) {
    return (runs[gap_a] >> gap_b & 1) != 0;
  };
  for (uint32_t far = 0; far <= kReach; ++far) {
    for (uint32_t near = 0; near <= far; ++near) {
      if (agrees(near, far)) return {near, far, true};
      if (agrees(far, near)) return {far, near, true};
    }
  }
  return {};
}

}  // namespace wirecopy
