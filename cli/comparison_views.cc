#include "cli/comparison_views.h"

#include <algorithm>

#include "base/status_macros.h"
#include "cli/match_options.h"
#include "cli/offset_units.h"
#include "cli/passage_views.h"
#include "wirecopy/compare.h"

namespace wirecopy::cli {

absl::StatusOr<ComparisonRecord> CompareWithPassages(
    const ComparedTexts& texts, const ShingleOptions& shingle,
    PassageOptions passage, OffsetUnit unit) {
  passage.seed = shingle.seed;
  WIRECOPY_RETURN_IF_ERROR(Validate(passage));
  WIRECOPY_ASSIGN_OR_RETURN(const Comparison found,
                            Compare(texts.a, texts.b, shingle));
  ComparisonRecord record;
  record.a = texts.name_a;
  record.b = texts.name_b;
  record.jaccard = found.overlap.Jaccard();
  record.containment_a = found.overlap.ContainmentOfA();
  record.containment_b = found.overlap.ContainmentOfB();
  record.tokens_a = found.tokens_a;
  record.tokens_b = found.tokens_b;
  record.shingles_a = found.overlap.a;
  record.shingles_b = found.overlap.b;
  record.shared_shingles = found.overlap.shared;
  record.shingle_unit = ShingleUnitName(shingle.unit);
  record.shingle_size = shingle.k;
  record.offset_unit = OffsetUnitName(unit);
  record.least_words = passage.every_run
                           ? passage.min_run
                           : std::max(passage.min_words, passage.lone_words);
  record.least_fragment =
      passage.every_run ? passage.min_run
                        : std::max(record.least_words, passage.fragment_words);
  PassageAligner aligner(passage);
  record.passages = FindPassageViews(texts.a, texts.b, unit, &aligner);
  return record;
}

}  // namespace wirecopy::cli
