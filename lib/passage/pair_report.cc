#include "passage/pair_report.h"

namespace wirecopy {

void PairReport::Make(std::span<const TokenPassage> found,
                      const TokenAligner& aligner, const SideReader& a,
                      const SideReader& b) {
  sides_.clear();
  sides_.reserve(2 * found.size());
  described_.clear();
  for (const TokenPassage& tokens : found) {
    const PassageSide* const side_a =
        &sides_.emplace_back(a.Describe(tokens.a));
    described_.push_back(
        {&tokens, side_a, &sides_.emplace_back(b.Describe(tokens.b))});
  }
  rule_.Choose(described_, &keeps_);
  size_t kept = 0;
  for (size_t i = 0; i < described_.size(); ++i) {
    if (keeps_[i]) described_[kept++] = described_[i];
  }
  described_.resize(kept);
  Classify(/*is_self=*/&a == &b);
  passages_.clear();
  runs_.clear();
  run_ends_.clear();
  for (size_t p = 0; p < described_.size(); ++p) {
    const TokenPassage& tokens = *described_[p].tokens;
    const auto spans = LocatePassage(described_[p], kinds_[p]);
    passages_.push_back(
        {spans.first, spans.second, tokens.words, tokens.edits, kinds_[p]});
    for (size_t i = tokens.first_run; i < tokens.last_run; ++i) {
      const TokenRun& run = aligner.runs()[i];
      runs_.push_back({a.tokens().Place({run.a, run.a_end()}),
                       b.tokens().Place({run.b, run.b_end()})});
    }
    run_ends_.push_back(runs_.size());
  }
}

void PairReport::Classify(bool is_self) {
  if (is_self) {
    kinds_.assign(described_.size(), PassageKind::kSelf);
    return;
  }
  // Two texts alone do not tell what is boilerplate.
  facts_.clear();
  for (const DescribedPassage& passage : described_) {
    facts_.push_back({FindThirdParty(passage), false});
  }
  ClassifyPair(facts_, &kinds_);
}

}  // namespace wirecopy
