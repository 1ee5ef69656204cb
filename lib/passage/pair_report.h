// The passages of two texts, from tokens to what is reported.

#ifndef WIRECOPY_PASSAGE_PAIR_REPORT_H_
#define WIRECOPY_PASSAGE_PAIR_REPORT_H_

#include <cstddef>
#include <span>
#include <vector>

#include "passage/borders.h"
#include "passage/kinds.h"
#include "passage/report_rule.h"
#include "passage/token_aligner.h"
#include "wirecopy/passage.h"

namespace wirecopy {

// Keeps its buffers; not thread-safe.
class PairReport {
 public:
  explicit PairReport(const PassageOptions& options) : rule_(options) {}

  // Replaces the report by one of these passages, which the aligner has just
  // found in the texts of `a` and `b` (the same where one repeats itself).
  void Make(std::span<const TokenPassage> found, const TokenAligner& aligner,
            const SideReader& a, const SideReader& b);

  std::span<const Passage> passages() const { return passages_; }
  // The aligner's passage that this one was. Valid as long as its own.
  const TokenPassage& TokensOf(size_t passage) const {
    return *described_[passage].tokens;
  }
  std::span<const EqualRun> Runs(size_t passage) const {
    const size_t begin = passage == 0 ? 0 : run_ends_[passage - 1];
    return {runs_.data() + begin, run_ends_[passage] - begin};
  }

 private:
  void Classify(bool is_self);

  ReportRule rule_;
  std::vector<PassageSide> sides_;
  std::vector<DescribedPassage> described_;  // of these sides
  std::vector<bool> keeps_;
  std::vector<PassageFacts> facts_;
  std::vector<PassageKind> kinds_;
  std::vector<Passage> passages_;
  std::vector<EqualRun> runs_;
  std::vector<size_t> run_ends_;  // by passage
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_PAIR_REPORT_H_
