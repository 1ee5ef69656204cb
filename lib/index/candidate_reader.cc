#include "index/candidate_reader.h"

#include <algorithm>

#include "base/status_macros.h"
#include "passage/candidates.h"

namespace wirecopy {
namespace {

static_assert(PrintList::kMost == CandidateFinder::kFewDocuments + 1);

}  // namespace

size_t CountBroughtTogether(const PrintList& list) {
  return list.size() > CandidateFinder::kFewDocuments ? 1 : list.size();
}

size_t CountBroughtTogether(const PrintList& list, uint32_t before) {
  size_t count = 0;
  while (count < list.size() && list[count].document < before) ++count;
  return count > CandidateFinder::kFewDocuments ? 1 : count;
}

void SortDistinct(std::vector<uint32_t>* documents) {
  std::sort(documents->begin(), documents->end());
  documents->erase(std::unique(documents->begin(), documents->end()),
                   documents->end());
}

absl::Status CandidateReader::Find(const IndexParameters& parameters,
                                   const Analysis& analysis, ListOf bands,
                                   ListOf prints, OriginalOf original_of,
                                   std::vector<uint32_t>* candidates) {
  candidates->clear();
  bool leaves_out = parameters.measure == Measure::kContainment;
  for (const uint64_t key : analysis.bands) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::string_view bytes, bands(key));
    const BandList list(bytes);
    if (!list.OK()) return DamagedList();
    const auto documents = list.documents();
    candidates->insert(candidates->end(), documents.begin(), documents.end());
    leaves_out |= list.leaves_out();
  }
  if (leaves_out && parameters.has_passages) {
    WIRECOPY_RETURN_IF_ERROR(
        AddSharers(analysis, prints, original_of, candidates));
  }
  SortDistinct(candidates);
  return absl::OkStatus();
}

absl::Status CandidateReader::AddSharers(const Analysis& analysis,
                                         ListOf prints, OriginalOf original_of,
                                         std::vector<uint32_t>* candidates) {
  sharers_.clear();
  for (const uint64_t key : analysis.prints) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::string_view bytes, prints(key));
    if (!print_list_.Read(bytes)) return DamagedList();
    for (size_t i = 0; i < CountBroughtTogether(print_list_); ++i) {
      sharers_.push_back(print_list_[i].document);
    }
  }
  SortDistinct(&sharers_);
  for (const uint32_t sharer : sharers_) {
    WIRECOPY_ASSIGN_OR_RETURN(const auto original, original_of(sharer));
    if (original) candidates->push_back(*original);
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
