#include "index/lookup.h"

#include <algorithm>

#include "base/status_macros.h"

namespace wirecopy {
SetComparison CompareSets(const IndexParameters& parameters, uint32_t document,
                          std::span<const uint64_t> a,
                          std::span<const uint64_t> b) {
  SetComparison comparison{document, false, 0};
  if (a.empty() || b.empty()) return comparison;
  const bool by_jaccard = parameters.measure == Measure::kJaccard;
  const size_t least =
      by_jaccard ? LeastShared(a.size(), b.size(), parameters.threshold)
                 : LeastContained(a.size(), parameters.threshold);
  const Overlap overlap = IntersectAtLeast(a, b, least);
  comparison.reaches = overlap.shared >= least;
  comparison.similarity =
      by_jaccard ? overlap.Jaccard() : overlap.ContainmentOfA();
  return comparison;
}

double Similarity(const IndexParameters& parameters,
                  std::span<const uint64_t> a, std::span<const uint64_t> b) {
  const Overlap overlap = Intersect(a, b);
  return parameters.measure == Measure::kJaccard ? overlap.Jaccard()
                                                 : overlap.ContainmentOfA();
}

const SetComparison* Lookup::With(uint32_t document) const {
  const auto found = std::lower_bound(
      comparisons.begin(), comparisons.end(), document,
      [](const SetComparison& x, uint32_t y) { return x.document < y; });
  return found != comparisons.end() && found->document == document ? &*found
                                                                   : nullptr;
}

absl::Status LookupMaker::Begin(const Document& document, Lookup* out) {
  analyzer_.Analyze(document.text, &out->analysis);
  WIRECOPY_ASSIGN_OR_RETURN(out->held, documents_.Find(document.id));
  if (!out->held) return absl::OkStatus();
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                            documents_.Record(*out->held));
  out->held_content = record.content;
  return absl::OkStatus();
}

absl::Status LookupMaker::Compare(const PendingLists& bands,
                                  const PendingLists& prints, Lookup* out) {
  if (out->is_present()) return absl::OkStatus();
  WIRECOPY_RETURN_IF_ERROR(reader_.Find(
      parameters_, out->analysis,
      [&bands](uint64_t key) { return bands.Peek(key); },
      [&prints](uint64_t key) { return prints.Peek(key); },
      [this](uint32_t sharer) -> absl::StatusOr<std::optional<uint32_t>> {
        WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                                  documents_.Record(sharer));
        return record.of.value_or(sharer);
      },
      &candidates_));
  out->comparisons.reserve(candidates_.size());
  for (const uint32_t candidate : candidates_) {
    WIRECOPY_ASSIGN_OR_RETURN(const auto set, sets_.Of(candidate));
    out->comparisons.push_back(
        CompareSets(parameters_, candidate, out->analysis.set, set));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
