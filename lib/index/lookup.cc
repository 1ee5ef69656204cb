#include "index/lookup.h"

#include <algorithm>

#include "base/status_macros.h"
#include "passage/candidates.h"

namespace wirecopy {
namespace {

static_assert(PrintList::kMost == CandidateFinder::kFewDocuments + 1);

}  // namespace

void SortDistinct(std::vector<uint32_t>* documents) {
  std::sort(documents->begin(), documents->end());
  documents->erase(std::unique(documents->begin(), documents->end()),
                   documents->end());
}

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

bool AsksPrints(const IndexParameters& parameters,
                std::span<const BandList> bands) {
  if (!parameters.has_passages) return false;
  return parameters.measure == Measure::kContainment ||
         std::any_of(bands.begin(), bands.end(),
                     [](const BandList& list) { return list.leaves_out(); });
}

size_t CountBroughtTogether(const PrintList& list) {
  return list.size() > CandidateFinder::kFewDocuments ? 1 : list.size();
}

size_t CountBroughtTogether(const PrintList& list, uint32_t before) {
  size_t count = 0;
  while (count < list.size() && list[count].document < before) ++count;
  return count > CandidateFinder::kFewDocuments ? 1 : count;
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

absl::Status LookupMaker::FindCandidates(const PendingLists& bands,
                                         const PendingLists& prints,
                                         const Analysis& analysis) {
  candidates_.clear();
  band_lists_.clear();
  for (const uint64_t key : analysis.bands) {
    band_lists_.emplace_back(bands.Peek(key));
    if (!band_lists_.back().OK()) return DamagedList();
    const auto documents = band_lists_.back().documents();
    candidates_.insert(candidates_.end(), documents.begin(), documents.end());
  }
  if (!AsksPrints(parameters_, band_lists_)) return absl::OkStatus();
  sharers_.clear();
  for (const uint64_t key : analysis.prints) {
    if (!print_list_.Read(prints.Peek(key))) return DamagedList();
    for (size_t i = 0; i < CountBroughtTogether(print_list_); ++i) {
      sharers_.push_back(print_list_[i].document);
    }
  }
  SortDistinct(&sharers_);
  for (const uint32_t sharer : sharers_) {
    WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                              documents_.Record(sharer));
    candidates_.push_back(record.of.value_or(sharer));
  }
  return absl::OkStatus();
}

absl::Status LookupMaker::Compare(const PendingLists& bands,
                                  const PendingLists& prints, Lookup* out) {
  if (out->is_present()) return absl::OkStatus();
  WIRECOPY_RETURN_IF_ERROR(FindCandidates(bands, prints, out->analysis));
  SortDistinct(&candidates_);
  out->comparisons.reserve(candidates_.size());
  for (const uint32_t candidate : candidates_) {
    WIRECOPY_ASSIGN_OR_RETURN(const auto set, sets_.Of(candidate));
    out->comparisons.push_back(
        CompareSets(parameters_, candidate, out->analysis.set, set));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
