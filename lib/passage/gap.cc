#include "passage/gap.h"

#include <algorithm>

namespace wirecopy {
namespace {

// An edit outweighs whatever may break a tie; of two alignments with as many
// edits, the one that replaces less has more tokens equal.
constexpr uint32_t kEdit = 1 << 16;
constexpr uint32_t kReplace = kEdit + 1;

// Most stretches that were replaced have no token of what they were.
bool HaveCommon(std::span<const TokenCode> a, std::span<const TokenCode> b) {
  for (const TokenCode code : a) {
    bool is_common = false;  // without a branch for each
    for (const TokenCode other : b) is_common |= code == other;
    if (is_common) return true;
  }
  return false;
}

}  // namespace

uint32_t GapAligner::Align(std::span<const TokenCode> a,
                           std::span<const TokenCode> b, uint32_t a_begin,
                           uint32_t b_begin, std::vector<TokenRun>* runs) {
  if (!HaveCommon(a, b)) {
    return static_cast<uint32_t>(std::max(a.size(), b.size()));
  }
  const size_t width = b.size() + 1;
  costs_.resize(std::max(costs_.size(), (a.size() + 1) * width));
  for (size_t j = 0; j < width; ++j) {
    costs_[j] = static_cast<uint32_t>(j) * kEdit;
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    uint32_t* const row = costs_.data() + i * width;
    const uint32_t* const above = row - width;
    row[0] = static_cast<uint32_t>(i) * kEdit;
    for (size_t j = 1; j < width; ++j) {
      const uint32_t both =
          above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : kReplace);
      row[j] = std::min({both, above[j] + kEdit, row[j - 1] + kEdit});
    }
  }
  reversed_.clear();
  size_t i = a.size();
  size_t j = b.size();
  while (i > 0 && j > 0) {
    const uint32_t cost = costs_[i * width + j];
    if (a[i - 1] == b[j - 1] && cost == costs_[(i - 1) * width + j - 1]) {
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
    } else if (cost == costs_[(i - 1) * width + j - 1] + kReplace) {
      --i;
      --j;
    } else if (cost == costs_[(i - 1) * width + j] + kEdit) {
      --i;
    } else {
      --j;
    }
  }
  runs->insert(runs->end(), reversed_.rbegin(), reversed_.rend());
  return costs_[a.size() * width + b.size()] / kEdit;
}

}  // namespace wirecopy
