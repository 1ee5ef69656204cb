// Which passages of a pair are worth reporting.

#ifndef WIRECOPY_PASSAGE_REPORT_RULE_H_
#define WIRECOPY_PASSAGE_REPORT_RULE_H_

#include <span>
#include <vector>

#include "passage/borders.h"
#include "passage/token_aligner.h"
#include "wirecopy/passage.h"

namespace wirecopy {

struct DescribedPassage {
  TokenPassage tokens;
  PassageSide a;
  PassageSide b;
};

class ReportRule {
 public:
  explicit ReportRule(const PassageOptions& options) : options_(options) {}

  // Which passages of a pair are not too short for what they are. Replaces
  // *keeps.
  void Choose(std::span<const DescribedPassage> passages,
              std::vector<bool>* keeps) const;

 private:
  bool IsEnough(const DescribedPassage& passage) const;

  const PassageOptions options_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_REPORT_RULE_H_
