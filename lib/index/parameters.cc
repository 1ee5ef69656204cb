#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "wirecopy/index.h"

namespace wirecopy {
namespace {

std::string Shown(Measure measure) {
  return measure == Measure::kJaccard ? "jaccard" : "containment";
}
std::string Shown(ShingleUnit unit) {
  return unit == ShingleUnit::kWord ? "word" : "char";
}
std::string Shown(bool value) { return value ? "yes" : "no"; }
template <typename Number>
std::string Shown(Number number) {
  return absl::StrCat(number);
}

template <typename Value>
absl::Status CheckOne(const char* name, Value held, Value asked) {
  if (held == asked) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the index was made with ",
                                                    name, " ", Shown(held),
                                                    ", not ", Shown(asked)));
}

absl::Status CheckSamePassages(const PassageOptions& held,
                               const PassageOptions& asked) {
  struct Size {
    const char* name;
    int held;
    int asked;
  };
  for (const Size& size :
       {Size{"min-run", held.min_run, asked.min_run},
        Size{"min-words", held.min_words, asked.min_words},
        Size{"min-letters", held.min_letters, asked.min_letters},
        Size{"fragment-words", held.fragment_words, asked.fragment_words},
        Size{"lone-words", held.lone_words, asked.lone_words},
        Size{"max-gap", held.max_gap, asked.max_gap}}) {
    WIRECOPY_RETURN_IF_ERROR(CheckOne(size.name, size.held, size.asked));
  }
  return CheckOne("every-run", held.every_run, asked.every_run);
}

}  // namespace

absl::Status Validate(const IndexParameters& parameters) {
  if (!(parameters.threshold > 0 && parameters.threshold <= 1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "threshold ", parameters.threshold, ": must be above 0 and at most 1"));
  }
  WIRECOPY_RETURN_IF_ERROR(Validate(parameters.shingle));
  WIRECOPY_RETURN_IF_ERROR(Validate(parameters.passage));
  if (parameters.measure == Measure::kContainment) {
    if (parameters.has_passages) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "containment is looked for where passages are: an index without "
        "passages cannot measure it");
  }
  return ChooseBanding(parameters.threshold, parameters.recall).status();
}

absl::Status CheckSame(const IndexParameters& held,
                       const IndexParameters& asked) {
  WIRECOPY_RETURN_IF_ERROR(
      CheckOne("threshold", held.threshold, asked.threshold));
  WIRECOPY_RETURN_IF_ERROR(CheckOne("measure", held.measure, asked.measure));
  WIRECOPY_RETURN_IF_ERROR(CheckOne("recall", held.recall, asked.recall));
  WIRECOPY_RETURN_IF_ERROR(
      CheckOne("shingle", held.shingle.unit, asked.shingle.unit));
  WIRECOPY_RETURN_IF_ERROR(CheckOne("k", held.shingle.k, asked.shingle.k));
  WIRECOPY_RETURN_IF_ERROR(
      CheckOne("seed", held.shingle.seed, asked.shingle.seed));
  WIRECOPY_RETURN_IF_ERROR(
      CheckOne("passages", held.has_passages, asked.has_passages));
  return CheckSamePassages(held.passage, asked.passage);
}

}  // namespace wirecopy
