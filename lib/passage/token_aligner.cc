#include "passage/token_aligner.h"

#include <algorithm>
#include <tuple>

namespace wirecopy {
namespace {

// How far an end looks for where both sides agree again, and for how many
// tokens they must.
constexpr uint32_t kReach = 10;
constexpr uint32_t kEndRun = 4;

// A token is gone over by no more extensions than this: where texts repeat
// themselves, each of many chains could go on over all others.
constexpr uint8_t kMostVisits = 16;

// One text put in may be a word or three, not a sentence: see GapLimits.
constexpr uint32_t kSkew = 10;

// Where two texts agree again: tokens to pass over on either side.
struct Resumption {
  uint32_t a = 0;
  uint32_t b = 0;
  bool found = false;
};

// The nearest place, by the longer gap and then the shorter, at which
// agrees(gap_a, gap_b). Symmetric in a and b but for equal gaps exchanged,
// where a's is the shorter.
template <typename Agrees>
Resumption FindResumption(Agrees agrees) {
  for (uint32_t far = 0; far <= kReach; ++far) {
    for (uint32_t near = 0; near <= far; ++near) {
      if (agrees(near, far)) return {near, far, true};
      if (near != far && agrees(far, near)) return {far, near, true};
    }
  }
  return {};
}

uint32_t CountNew(TokenSpan span, const std::vector<uint8_t>& covered) {
  const auto begin = covered.begin() + span.begin;
  return static_cast<uint32_t>(std::count(begin, begin + span.size(), 0));
}

void Cover(TokenSpan span, std::vector<uint8_t>* covered) {
  std::fill_n(covered->begin() + span.begin, span.size(), uint8_t{1});
}

std::strong_ordering Compare(std::span<const TokenCode> a,
                             std::span<const TokenCode> b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(),
                                                b.end());
}

}  // namespace

TokenAligner::TokenAligner(const PassageOptions& options)
    : options_(options),
      chainer_({static_cast<uint32_t>(options.max_gap),
                std::min(kSkew, static_cast<uint32_t>(options.max_gap))}) {}

// Ties must fall alike whichever text comes first, so one way is the way.
std::span<const TokenPassage> TokenAligner::Align(const TokenPair& pair,
                                                  std::span<Hit> hits) {
  if (pair.is_self || Compare(pair.a, pair.b) <= 0) {
    return AlignInOrder(pair, hits);
  }
  for (Hit& hit : hits) std::swap(hit.a, hit.b);
  AlignInOrder({pair.b, pair.a, false}, hits);
  for (TokenPassage& passage : chosen_) std::swap(passage.a, passage.b);
  for (TokenRun& run : runs_) std::swap(run.a, run.b);
  std::sort(chosen_.begin(), chosen_.end(),
            [](const TokenPassage& x, const TokenPassage& y) {
              return std::tie(x.a.begin, x.b.begin) <
                     std::tie(y.a.begin, y.b.begin);
            });
  return chosen_;
}

std::span<const TokenPassage> TokenAligner::AlignInOrder(const TokenPair& pair,
                                                         std::span<Hit> hits) {
  runs_.clear();
  passages_.clear();
  GrowAnchors(pair, hits, &anchors_);
  chainer_.Chain(anchors_);
  visits_a_.assign(pair.a.size(), 0);
  visits_b_.assign(pair.b.size(), 0);
  for (size_t i = 0; i < chainer_.count(); ++i) {
    if (pair.is_self) {
      AddSelf(pair, chainer_.At(i));
    } else {
      Extend(pair, chainer_.At(i));
      Summarize(pair);
    }
  }
  Choose(pair);
  return chosen_;
}

// How far an end may go: not into better passages.
TokenAligner::Limits TokenAligner::LimitsOf(const TokenPair& pair,
                                            const TokenRun& first,
                                            const TokenRun& last) const {
  Limits limits{{0, static_cast<uint32_t>(pair.a.size())},
                {0, static_cast<uint32_t>(pair.b.size())}};
  const auto narrow = [](TokenSpan other, uint32_t begin, uint32_t end,
                         TokenSpan* limit) {
    if (other.end <= begin) limit->begin = std::max(limit->begin, other.end);
    if (other.begin >= end) limit->end = std::min(limit->end, other.begin);
  };
  for (const TokenPassage& passage : passages_) {
    narrow(passage.a, first.a, last.a_end(), &limits.a);
    narrow(passage.b, first.b, last.b_end(), &limits.b);
  }
  return limits;
}

bool TokenAligner::MayVisit(uint32_t a, uint32_t b) const {
  return visits_a_[a] < kMostVisits && visits_b_[b] < kMostVisits;
}

void TokenAligner::Visit(const TokenRun& run) {
  const auto count = [](std::vector<uint8_t>* visits, uint32_t begin,
                        uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      if ((*visits)[i] < kMostVisits) ++(*visits)[i];
    }
  };
  count(&visits_a_, run.a, run.a_end());
  count(&visits_b_, run.b, run.b_end());
}

void TokenAligner::ExtendLeft(const TokenPair& pair, const Limits& limits,
                              TokenRun first) {
  chain_.assign(1, first);
  while (true) {
    const TokenRun& run = chain_.back();
    const auto agrees = [&](uint32_t gap_a, uint32_t gap_b) {
      if (run.a < limits.a.begin + gap_a + kEndRun ||
          run.b < limits.b.begin + gap_b + kEndRun) {
        return false;
      }
      for (uint32_t i = 1; i <= kEndRun; ++i) {
        if (pair.a[run.a - gap_a - i] != pair.b[run.b - gap_b - i]) {
          return false;
        }
      }
      return true;
    };
    const Resumption next = FindResumption(agrees);
    if (!next.found) break;
    TokenRun more{run.a - next.a, run.b - next.b, 0};
    if (!MayVisit(more.a - 1, more.b - 1)) break;
    while (more.a > limits.a.begin && more.b > limits.b.begin &&
           pair.a[more.a - 1] == pair.b[more.b - 1]) {
      more = {more.a - 1, more.b - 1, more.length + 1};
    }
    Visit(more);
    chain_.push_back(more);
  }
  std::reverse(chain_.begin(), chain_.end());
}

void TokenAligner::ExtendRight(const TokenPair& pair, const Limits& limits,
                               TokenRun last) {
  while (true) {
    const uint32_t a_end = last.a_end();
    const uint32_t b_end = last.b_end();
    const auto agrees = [&](uint32_t gap_a, uint32_t gap_b) {
      if (a_end + gap_a + kEndRun > limits.a.end ||
          b_end + gap_b + kEndRun > limits.b.end) {
        return false;
      }
      for (uint32_t i = 0; i < kEndRun; ++i) {
        if (pair.a[a_end + gap_a + i] != pair.b[b_end + gap_b + i]) {
          return false;
        }
      }
      return true;
    };
    const Resumption next = FindResumption(agrees);
    if (!next.found) break;
    if (!MayVisit(a_end + next.a, b_end + next.b)) break;
    last = {a_end + next.a, b_end + next.b, 0};
    while (last.a_end() < limits.a.end && last.b_end() < limits.b.end &&
           pair.a[last.a_end()] == pair.b[last.b_end()]) {
      ++last.length;
    }
    Visit(last);
    chain_.push_back(last);
  }
}

void TokenAligner::Extend(const TokenPair& pair,
                          std::span<const TokenRun> chain) {
  const Limits limits = LimitsOf(pair, chain.front(), chain.back());
  ExtendLeft(pair, limits, chain.front());
  chain_.insert(chain_.end(), chain.begin() + 1, chain.end());
  ExtendRight(pair, limits, chain.back());
}

void TokenAligner::AddSelf(const TokenPair& pair,
                           std::span<const TokenRun> chain) {
  while (!chain.empty()) {
    TokenRun first = chain[0];
    // It may have been cut off from what stands before it.
    while (first.a > 0 && first.a_end() < first.b &&
           pair.a[first.a - 1] == pair.a[first.b - 1]) {
      first = {first.a - 1, first.b - 1, first.length + 1};
    }
    chain_.assign(1, first);
    size_t taken = 1;
    while (taken < chain.size() && chain[taken].a_end() <= first.b) {
      chain_.push_back(chain[taken++]);
    }
    Summarize(pair);
    chain = chain.subspan(taken);
  }
}

void TokenAligner::Summarize(const TokenPair& pair) {
  TokenPassage passage;
  passage.first_run = static_cast<uint32_t>(runs_.size());
  for (const TokenRun& run : chain_) {
    if (passage.first_run != runs_.size()) {
      const TokenRun before = runs_.back();
      passage.edits += gap_aligner_.Align(
          pair.a.subspan(before.a_end(), run.a - before.a_end()),
          pair.b.subspan(before.b_end(), run.b - before.b_end()),
          before.a_end(), before.b_end(), &runs_);
    }
    runs_.push_back(run);
  }
  passage.last_run = static_cast<uint32_t>(runs_.size());
  passage.a = {chain_.front().a, chain_.back().a_end()};
  passage.b = {chain_.front().b, chain_.back().b_end()};
  for (size_t i = passage.first_run; i < passage.last_run; ++i) {
    passage.words += runs_[i].length;
    for (uint32_t j = 0; j < runs_[i].length; ++j) {
      passage.thirds += ThirdsOf(pair.a[runs_[i].a + j]);
    }
  }
  passages_.push_back(passage);
}

void TokenAligner::Choose(const TokenPair& pair) {
  std::sort(passages_.begin(), passages_.end(),
            [](const TokenPassage& x, const TokenPassage& y) {
              if (x.words != y.words) return x.words > y.words;
              return std::tie(x.a.begin, x.b.begin) <
                     std::tie(y.a.begin, y.b.begin);
            });
  chosen_.clear();
  covered_a_.assign(pair.a.size(), 0);
  covered_b_.assign(pair.b.size(), 0);
  const auto least = static_cast<uint32_t>(options_.min_words) * kThirdsOfWord;
  for (const TokenPassage& passage : passages_) {
    if (!options_.every_run && passage.thirds < least) continue;
    const uint32_t new_a = CountNew(passage.a, covered_a_);
    const uint32_t new_b = CountNew(passage.b, covered_b_);
    const bool is_new = options_.every_run ? new_a > 0 || new_b > 0
                                           : 2 * new_a >= passage.a.size() &&
                                                 2 * new_b >= passage.b.size();
    if (!is_new) continue;
    Cover(passage.a, &covered_a_);
    Cover(passage.b, &covered_b_);
    chosen_.push_back(passage);
  }
  std::sort(chosen_.begin(), chosen_.end(),
            [](const TokenPassage& x, const TokenPassage& y) {
              return std::tie(x.a.begin, x.b.begin) <
                     std::tie(y.a.begin, y.b.begin);
            });
}

}  // namespace wirecopy
