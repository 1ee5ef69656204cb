#include "wirecopy/passages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/begin_stage.h"
#include "engine/keep_order.h"
#include "engine/passage_pairs.h"
#include "engine/passage_report.h"
#include "engine/publisher_numbers.h"
#include "engine/token_store.h"

namespace wirecopy {
namespace {

struct FoundPairs {
  PassagePairs pairs;
  DocumentSizes sizes;
  std::vector<uint32_t> rank;  // by document
  std::vector<uint32_t> publishers;
};

// The tokens, which take the most memory that depends on the documents alone,
// are gone when it returns.
absl::StatusOr<FoundPairs> FindPairs(const PassagesOptions& options,
                                     DocumentSource* source) {
  WIRECOPY_ASSIGN_OR_RETURN(
      const TokenStore store,
      TokenStore::Scan(options.passage, options.threads, source));
  BeginStage(options.progress, "seed");
  const std::vector<uint32_t> order =
      KeepOrder(KeepPolicy::kEarliest, *source, {});
  FoundPairs found;
  found.publishers = NumberPublishers(*source);
  found.pairs =
      PassagePairFinder(options, store, order, found.publishers).Find();
  found.sizes = SizesOf(store, found.pairs.furniture);
  found.rank.resize(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) found.rank[order[i]] = i;
  return found;
}

}  // namespace

absl::Status Validate(const PassagesOptions& options) {
  if (options.threads < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.threads, " threads: must be at least 1"));
  }
  if (options.most_documents == 1) {
    return absl::InvalidArgumentError(
        "a fingerprint of at most 1 document brings nobody together: must be "
        "2 or more, or 0 for as many as is affordable");
  }
  return Validate(options.passage);
}

absl::StatusOr<PassagesResult> FindPassages(const PassagesOptions& options,
                                            DocumentSource* source) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  WIRECOPY_ASSIGN_OR_RETURN(FoundPairs found, FindPairs(options, source));
  BeginStage(options.progress, "report");
  WIRECOPY_ASSIGN_OR_RETURN(
      ReportedPassages reported,
      ReportPassages(options, *source, found.sizes, found.rank,
                     found.publishers, std::move(found.pairs.passages),
                     found.pairs.stats));
  return std::move(reported.result);
}

}  // namespace wirecopy
