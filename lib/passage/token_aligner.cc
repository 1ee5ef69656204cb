#include "passage/token_aligner.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "passage/token_match.h"

namespace wirecopy {
namespace {

// One text put in may be a word or three, not a sentence: see GapLimits.
constexpr uint32_t kSkew = 10;

// The `size` tokens before `end`.
Outlook LookBehind(std::span<const TokenCode> text, uint32_t end,
                   uint32_t size) {
  Outlook outlook;
  outlook.size = size;
  const auto from = text.begin() + end;
  if (end >= std::size(outlook.codes)) {
    // A constant count, so that it is done by vectors.
    std::reverse_copy(from - std::size(outlook.codes), from, outlook.codes);
  } else {
    std::reverse_copy(from - outlook.size, from, outlook.codes);
  }
  return outlook;
}

// The same for those from `begin` on.
Outlook LookAhead(std::span<const TokenCode> text, uint32_t begin,
                  uint32_t size) {
  Outlook outlook;
  outlook.size = size;
  const auto from = text.begin() + begin;
  if (text.size() - begin >= std::size(outlook.codes)) {
    std::copy_n(from, std::size(outlook.codes), outlook.codes);  // no call
  } else {
    std::copy_n(from, outlook.size, outlook.codes);
  }
  return outlook;
}

// The order in which texts are aligned: the shorter first, then by content.
bool IsInOrder(std::span<const TokenCode> a, std::span<const TokenCode> b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return !std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end());
}

}  // namespace

TokenAligner::TokenAligner(const PassageOptions& options)
    : options_(options),
      chainer_({static_cast<uint32_t>(options.max_gap),
                std::min(kSkew, static_cast<uint32_t>(options.max_gap))}) {}

// Ties must fall alike whichever text comes first, so one way is the way.
std::span<const TokenPassage> TokenAligner::Align(const TokenPair& pair,
                                                  std::span<Hit> hits) {
  if (pair.is_self || IsInOrder(pair.a, pair.b)) {
    return AlignInOrder(pair, hits);
  }
  for (Hit& hit : hits) std::swap(hit.a, hit.b);
  AlignInOrder({pair.b, pair.a, false, pair.has_singles}, hits);
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
  marks_a_.Fit(pair.a.size());
  marks_b_.Fit(pair.b.size());
  // A chain alone meets no other, and none of its own tokens twice.
  marks_anything_ = pair.is_self || chainer_.count() > 1;
  for (size_t i = 0; i < chainer_.count(); ++i) {
    if (pair.is_self) {
      AddSelf(pair, chainer_.At(i));
    } else {
      Extend(pair, chainer_.At(i));
      Summarize(pair);
    }
  }
  Choose();
  if (!marks_anything_) return chosen_;
  for (const TokenPassage& passage : passages_) {
    marks_a_.Clear(passage.a);
    marks_b_.Clear(passage.b);
  }
  return chosen_;
}

void TokenAligner::Visit(const TokenRun& run) {
  if (!marks_anything_) return;
  marks_a_.Visit({run.a, run.a_end()});
  marks_b_.Visit({run.b, run.b_end()});
}

bool TokenAligner::ResumeBehind(const TokenPair& pair, uint32_t a, uint32_t b,
                                Resumption* next) const {
  const uint32_t size_a = a - marks_a_.LastEnd(a, Outlook::kMost);
  const uint32_t size_b = b - marks_b_.LastEnd(b, Outlook::kMost);
  if (std::min(size_a, size_b) < kEndRun) return false;
  return FindNearResumption<Look::kBehind>(pair.a.data() + a, size_a,
                                           pair.b.data() + b, size_b, next) ||
         FindResumption(LookBehind(pair.a, a, size_a),
                        LookBehind(pair.b, b, size_b), next);
}

bool TokenAligner::ResumeAhead(const TokenPair& pair, uint32_t a, uint32_t b,
                               Resumption* next) const {
  const uint32_t size_a =
      marks_a_.NextBegin(a, Outlook::kMost, pair.a.size()) - a;
  const uint32_t size_b =
      marks_b_.NextBegin(b, Outlook::kMost, pair.b.size()) - b;
  if (std::min(size_a, size_b) < kEndRun) return false;
  return FindNearResumption<Look::kAhead>(pair.a.data() + a, size_a,
                                          pair.b.data() + b, size_b, next) ||
         FindResumption(LookAhead(pair.a, a, size_a),
                        LookAhead(pair.b, b, size_b), next);
}

uint32_t TokenAligner::LengthBehind(const TokenPair& pair, uint32_t a,
                                    uint32_t b) const {
  if (!marks_a_.has_borders() && !marks_b_.has_borders()) {
    return EqualBehind(pair.a.data() + a, pair.b.data() + b, std::min(a, b));
  }
  uint32_t length = 0;
  while (length < std::min(a, b) && !marks_a_.EndsAt(a - length) &&
         !marks_b_.EndsAt(b - length) &&
         pair.a[a - length - 1] == pair.b[b - length - 1]) {
    ++length;
  }
  return length;
}

uint32_t TokenAligner::LengthAhead(const TokenPair& pair, uint32_t a,
                                   uint32_t b) const {
  const auto most =
      static_cast<uint32_t>(std::min(pair.a.size() - a, pair.b.size() - b));
  if (!marks_a_.has_borders() && !marks_b_.has_borders()) {
    return EqualAhead(pair.a.data() + a, pair.b.data() + b, most);
  }
  uint32_t length = 0;
  while (length < most && !marks_a_.BeginsAt(a + length) &&
         !marks_b_.BeginsAt(b + length) &&
         pair.a[a + length] == pair.b[b + length]) {
    ++length;
  }
  return length;
}

// Ends do not go into better passages.
void TokenAligner::ExtendLeft(const TokenPair& pair, TokenRun first) {
  chain_.assign(1, first);
  while (true) {
    const TokenRun& run = chain_.back();
    Resumption next;
    if (!ResumeBehind(pair, run.a, run.b, &next)) break;
    TokenRun more{run.a - next.a, run.b - next.b, 0};
    if (!marks_a_.MayVisit(more.a - 1) || !marks_b_.MayVisit(more.b - 1)) {
      break;
    }
    const uint32_t length = LengthBehind(pair, more.a, more.b);
    more = {more.a - length, more.b - length, length};
    Visit(more);
    chain_.push_back(more);
  }
  std::reverse(chain_.begin(), chain_.end());
}

void TokenAligner::ExtendRight(const TokenPair& pair, TokenRun last) {
  while (true) {
    const uint32_t a_end = last.a_end();
    const uint32_t b_end = last.b_end();
    Resumption next;
    if (!ResumeAhead(pair, a_end, b_end, &next)) break;
    last = {a_end + next.a, b_end + next.b, 0};
    if (!marks_a_.MayVisit(last.a) || !marks_b_.MayVisit(last.b)) break;
    last.length = LengthAhead(pair, last.a, last.b);
    Visit(last);
    chain_.push_back(last);
  }
}

void TokenAligner::Extend(const TokenPair& pair,
                          std::span<const TokenRun> chain) {
  ExtendLeft(pair, chain.front());
  chain_.insert(chain_.end(), chain.begin() + 1, chain.end());
  ExtendRight(pair, chain.back());
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
    passage.thirds += pair.Thirds(runs_[i].a, runs_[i].length);
  }
  passages_.push_back(passage);
  if (!marks_anything_) return;
  marks_a_.AddBorders(passage.a);
  marks_b_.AddBorders(passage.b);
}

void TokenAligner::Choose() {
  chosen_.clear();
  const auto least = static_cast<uint32_t>(options_.min_words) * kThirdsOfWord;
  const auto is_enough = [&](const TokenPassage& passage) {
    return options_.every_run || passage.thirds >= least;
  };
  if (passages_.size() == 1) {  // which nothing covers
    if (is_enough(passages_[0])) chosen_.push_back(passages_[0]);
    return;
  }
  std::sort(passages_.begin(), passages_.end(),
            [](const TokenPassage& x, const TokenPassage& y) {
              if (x.words != y.words) return x.words > y.words;
              return std::tie(x.a.begin, x.b.begin) <
                     std::tie(y.a.begin, y.b.begin);
            });
  for (const TokenPassage& passage : passages_) {
    if (!is_enough(passage)) continue;
    const uint32_t new_a = marks_a_.CountNew(passage.a);
    const uint32_t new_b = marks_b_.CountNew(passage.b);
    const bool is_new = options_.every_run ? new_a > 0 || new_b > 0
                                           : 2 * new_a >= passage.a.size() &&
                                                 2 * new_b >= passage.b.size();
    if (!is_new) continue;
    marks_a_.Cover(passage.a);
    marks_b_.Cover(passage.b);
    chosen_.push_back(passage);
  }
  std::sort(chosen_.begin(), chosen_.end(),
            [](const TokenPassage& x, const TokenPassage& y) {
              return std::tie(x.a.begin, x.b.begin) <
                     std::tie(y.a.begin, y.b.begin);
            });
}

}  // namespace wirecopy
