#include "passage/chain.h"

#include <algorithm>

namespace wirecopy {
namespace {

// A token that both have is worth this; gaps cost parts of it.
constexpr int64_t kTokenScore = 8;
constexpr int64_t kGapCost = 1;   // for each token that both sides have more
constexpr int64_t kSkewCost = 4;  // for each that one side has more
// Anchors before one that are looked at: a text that repeats itself has many.
constexpr size_t kMostLooks = 256;

uint32_t Gap(uint32_t end, uint32_t begin) {
  return begin > end ? begin - end : 0;
}

}  // namespace

Chainer::Link Chainer::BestLink(std::span<const TokenRun> anchors,
                                size_t i) const {
  const TokenRun& anchor = anchors[i];
  Link best{kTokenScore * anchor.length, -1};
  const size_t stop = i > kMostLooks ? i - kMostLooks : 0;
  for (size_t j = i; j-- > stop;) {
    const TokenRun& before = anchors[j];
    if (before.a_end() + limits_.gap < anchor.a) break;  // rising ends
    if (before.a >= anchor.a || before.b >= anchor.b ||
        before.a_end() >= anchor.a_end() || before.b_end() >= anchor.b_end()) {
      continue;
    }
    const uint32_t gap_a = Gap(before.a_end(), anchor.a);
    const uint32_t gap_b = Gap(before.b_end(), anchor.b);
    if (gap_a > limits_.gap || gap_b > limits_.gap) continue;
    const int64_t shift =
        (int64_t{anchor.b} - anchor.a) - (int64_t{before.b} - before.a);
    const int64_t skew = shift < 0 ? -shift : shift;
    if (skew > limits_.skew) continue;
    const uint32_t gain =
        std::min({anchor.length, anchor.a_end() - before.a_end(),
                  anchor.b_end() - before.b_end()});
    const int64_t score = links_[j].score + kTokenScore * gain -
                          kGapCost * std::min(gap_a, gap_b) - kSkewCost * skew;
    if (score > best.score) best = {score, static_cast<int32_t>(j)};
  }
  return best;
}

void Chainer::Chain(std::span<const TokenRun> anchors) {
  links_.clear();
  runs_.clear();
  ends_.clear();
  if (anchors.size() == 1) {
    runs_.push_back(anchors[0]);
    ends_.push_back(1);
    return;
  }
  taken_.assign(anchors.size(), false);
  order_.resize(anchors.size());
  for (size_t i = 0; i < anchors.size(); ++i) {
    links_.push_back(BestLink(anchors, i));
    order_[i] = static_cast<uint32_t>(i);
  }
  std::sort(order_.begin(), order_.end(), [this](uint32_t x, uint32_t y) {
    return links_[x].score != links_[y].score
               ? links_[x].score > links_[y].score
               : x < y;
  });
  for (const uint32_t last : order_) {
    if (!taken_[last]) Take(anchors, last);
  }
}

void Chainer::Take(std::span<const TokenRun> anchors, size_t last) {
  const size_t begin = runs_.size();
  for (auto i = static_cast<int32_t>(last); i >= 0;) {
    const auto at = static_cast<size_t>(i);
    if (taken_[at]) break;
    taken_[at] = true;
    runs_.push_back(anchors[at]);
    i = links_[at].previous;
  }
  std::reverse(runs_.begin() + static_cast<std::ptrdiff_t>(begin), runs_.end());
  for (size_t i = begin + 1; i < runs_.size(); ++i) {
    const TokenRun& before = runs_[i - 1];
    TokenRun& run = runs_[i];
    const uint32_t over =
        std::max(before.a_end() > run.a ? before.a_end() - run.a : 0,
                 before.b_end() > run.b ? before.b_end() - run.b : 0);
    run = {run.a + over, run.b + over, run.length - over};
  }
  ends_.push_back(runs_.size());
}

}  // namespace wirecopy
