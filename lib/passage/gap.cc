#include "passage/gap.h"

#include <algorithm>

namespace wirecopy {
namespace {

// An edit outweighs whatever may break a tie; of two alignments with as many
// edits, the one that replaces less has more tokens equal.
constexpr uint32_t kEdit = 1 << 16;
constexpr uint32_t kReplace = kEdit + 1;

// Where a token stands last among others: what Align takes, too.
size_t FindLast(TokenCode code, std::span<const TokenCode> among) {
  size_t i = among.size();
  while (i > 0 && among[i - 1] != code) --i;
  return i == 0 ? among.size() : i - 1;
}

bool HaveCommon(std::span<const TokenCode> a, std::span<const TokenCode> b) {
  for (const TokenCode code : a) {
    bool is_common = false;  // without a branch for each
    for (const TokenCode other : b) is_common |= code == other;
    if (is_common) return true;
  }
  return false;
}

}  // namespace

// One token of either side is most of what is edited.
uint32_t GapAligner::AlignOne(std::span<const TokenCode> a,
                              std::span<const TokenCode> b, uint32_t a_begin,
                              uint32_t b_begin, std::vector<TokenRun>* runs) {
  const bool is_a = a.size() == 1;
  const std::span<const TokenCode> longer = is_a ? b : a;
  const size_t at = FindLast(is_a ? a[0] : b[0], longer);
  if (at == longer.size()) return static_cast<uint32_t>(at);
  const auto moved = static_cast<uint32_t>(at);
  runs->push_back(
      {a_begin + (is_a ? 0 : moved), b_begin + (is_a ? moved : 0), 1});
  return static_cast<uint32_t>(longer.size()) - 1;
}

uint32_t GapAligner::Align(std::span<const TokenCode> a,
                           std::span<const TokenCode> b, uint32_t a_begin,
                           uint32_t b_begin, std::vector<TokenRun>* runs) {
  if (a.empty() || b.empty()) {
    return static_cast<uint32_t>(std::max(a.size(), b.size()));
  }
  if (a.size() == 1 || b.size() == 1) {
    return AlignOne(a, b, a_begin, b_begin, runs);
  }
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
