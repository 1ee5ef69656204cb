// Which passages of a pair are worth reporting.

#ifndef WIRECOPY_PASSAGE_REPORT_RULE_H_
#define WIRECOPY_PASSAGE_REPORT_RULE_H_

#include <span>
#include <vector>

#include "passage/borders.h"
#include "passage/token_aligner.h"
#include "wirecopy/passage.h"

namespace wirecopy {

// A passage and its sides, none of which is null. They are looked at where they
// are: many passages have the same side.
struct DescribedPassage {
  const TokenPassage* tokens = nullptr;
  const PassageSide* a = nullptr;
  const PassageSide* b = nullptr;
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
