// Which passages of a pair are worth reporting.

#ifndef WIRECOPY_PASSAGE_REPORT_RULE_H_
#define WIRECOPY_PASSAGE_REPORT_RULE_H_

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
  // `options` must outlive the rule.
  explicit ReportRule(const PassageOptions& options) : options_(options) {}

  // Drops from the passages of a pair what is too short for what it is; keeps
  // their order.
  void Keep(std::vector<DescribedPassage>* passages) const;

 private:
  bool IsEnough(const DescribedPassage& passage) const;

  const PassageOptions options_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_REPORT_RULE_H_
