// Families of duplicates: what comes again, what is left where their original
// goes, and what takes the place of orphans.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/mix.h"
#include "base/status_macros.h"
#include "index/batch.h"

namespace wirecopy {

absl::Status Batch::AddAgain(uint32_t held, DocumentRecord record,
                             const Analysis& analysis, Decision* decision) {
  WIRECOPY_ASSIGN_OR_RETURN(const bool is_of_orphans, IsOfOrphans(record));
  if (is_question_ || !is_of_orphans) {
    return Repeat(held, record, analysis, decision);
  }
  WIRECOPY_ASSIGN_OR_RETURN(Found found, FindSimilar(analysis, nullptr));
  const auto best = MostSimilar(found.kept);
  if (!best) {
    decision->was_orphan = true;
    WIRECOPY_RETURN_IF_ERROR(
        Keep(held, &record, analysis, std::move(found.may_lose_places)));
  } else if (record.of) {
    changes_anything_ = true;
    EndDuplicate(held, &record);
    MakeDuplicate(held, *best, &record);
    records_[held] = record;
  } else {
    // An orphan, which what is kept did not find, as the bands may.
    changes_anything_ = true;
    Analysis made;
    WIRECOPY_ASSIGN_OR_RETURN(const Analysis* kept,
                              AnalysisOf(best->document, &made));
    WIRECOPY_RETURN_IF_ERROR(TakePlaces(best->document, *kept, {&held, 1}));
    WIRECOPY_ASSIGN_OR_RETURN(record, Record(held));
  }
  return Repeat(held, record, analysis, decision);
}

absl::Status Batch::Repeat(uint32_t held, const DocumentRecord& record,
                           const Analysis& analysis, Decision* decision) {
  decision->status = IndexStatus::kPresent;
  decision->of = record.of;
  decision->similarity = record.similarity;
  if (!repeats_answers_) return absl::OkStatus();
  return CollectHits(analysis, held, record.kept_since.value_or(held),
                     decision);
}

absl::StatusOr<bool> Batch::IsOfOrphans(const DocumentRecord& record) const {
  if (counts_.orphans == 0) return false;
  if (!record.of) return record.is_orphan;
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord of, Record(*record.of));
  return of.is_orphan;
}

// It keeps its number, so that what is repeated of others is what it was.
absl::Status Batch::Keep(uint32_t held, DocumentRecord* record,
                         const Analysis& analysis,
                         std::vector<uint32_t> orphans) {
  if (record->of) {
    orphans.push_back(*record->of);
    EndDuplicate(held, record);
    WIRECOPY_RETURN_IF_ERROR(FileBands(held, analysis));
  }
  SortDistinct(&orphans);
  std::erase(orphans, held);
  BeOrphan(false, record);
  replaced_.erase(held);
  record->may_be_cut = false;
  WIRECOPY_ASSIGN_OR_RETURN(record->kept_since, TakeNumber({}));
  records_[held] = *record;
  return TakePlaces(held, analysis, orphans);
}

// --- what is left -----------------------------------------------------------

absl::Status Batch::FindDuplicates(uint32_t number,
                                   std::vector<uint32_t>* duplicates) {
  std::vector<uint32_t> found;
  if (!IsFresh(number)) {
    WIRECOPY_RETURN_IF_ERROR(
        stored_.view().Visit(Table::kRecords, DuplicatesPrefix(number),
                             [&found](std::string_view key, std::string_view) {
                               found.push_back(NumberAtEnd(key));
                               return absl::OkStatus();
                             }));
  }
  const auto here = duplicates_.find(number);
  if (here != duplicates_.end()) {
    found.insert(found.end(), here->second.begin(), here->second.end());
  }
  SortDistinct(&found);
  for (const uint32_t duplicate : found) {
    if (removed_.contains(duplicate)) continue;
    WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(duplicate));
    if (record.of == number) duplicates->push_back(duplicate);
  }
  return absl::OkStatus();
}

absl::Status Batch::Redecide(std::vector<uint32_t> duplicates) {
  WIRECOPY_RETURN_IF_ERROR(CheckRoom(duplicates.size()));
  // In no order in which somebody might revise or remove them: whoever did it
  // in this one would have all that are left compared with the next, each time.
  std::sort(duplicates.begin(), duplicates.end(),
            [](uint32_t x, uint32_t y) { return MixTwice(x) < MixTwice(y); });
  Analysis made;
  for (const uint32_t duplicate : duplicates) {
    WIRECOPY_ASSIGN_OR_RETURN(DocumentRecord record, Record(duplicate));
    WIRECOPY_ASSIGN_OR_RETURN(const Analysis* analysis,
                              AnalysisOf(duplicate, &made));
    WIRECOPY_ASSIGN_OR_RETURN(const Found found,
                              FindSimilar(*analysis, nullptr));
    auto best = MostSimilar(found.kept);
    if (!best) best = MostSimilar(found.orphans);
    EndDuplicate(duplicate, &record);
    if (best) {
      MakeDuplicate(duplicate, *best, &record);
    } else {
      BeOrphan(true, &record);
      replaced_.erase(duplicate);
      WIRECOPY_RETURN_IF_ERROR(FileBands(duplicate, *analysis));
    }
    records_[duplicate] = std::move(record);
  }
  return absl::OkStatus();
}

absl::Status Batch::TakePlaces(uint32_t number, const Analysis& analysis,
                               std::span<const uint32_t> orphans) {
  std::vector<uint32_t> left;
  Analysis made;
  for (const uint32_t orphan : orphans) {
    WIRECOPY_ASSIGN_OR_RETURN(const Analysis* own, AnalysisOf(orphan, &made));
    // The other way round than they were compared, for containment.
    const SetComparison comparison =
        CompareSets(parameters_, number, own->set, analysis.set);
    if (!comparison.reaches) continue;
    WIRECOPY_ASSIGN_OR_RETURN(DocumentRecord record, Record(orphan));
    WIRECOPY_RETURN_IF_ERROR(UnfileBands(orphan, *own));
    WIRECOPY_RETURN_IF_ERROR(FindDuplicates(orphan, &left));
    MakeDuplicate(orphan, {number, comparison.similarity}, &record);
    records_[orphan] = std::move(record);
    replaced_.insert(orphan);
  }
  return Redecide(std::move(left));
}

absl::Status Batch::CheckRoom(size_t redecided) {
  constexpr size_t kBytes = 512;  // of one's record, before it is written
  // What a text takes while it is decided upon, for each of its bytes.
  constexpr size_t kCostOfByte = 32;
  redecided_ += redecided;
  if (most_text_bytes_ == 0 ||
      redecided_ * kBytes <= most_text_bytes_ * kCostOfByte) {
    return absl::OkStatus();
  }
  return absl::ResourceExhaustedError(
      absl::StrCat("to decide anew upon ", redecided_,
                   " duplicates of what goes or is replaced takes more memory "
                   "than there may be"));
}

void Batch::BeOrphan(bool is_orphan, DocumentRecord* record) {
  counts_.orphans += is_orphan ? 1 : 0;
  counts_.orphans -= record->is_orphan ? 1 : 0;
  record->is_orphan = is_orphan;
}

void Batch::EndDuplicate(uint32_t number, DocumentRecord* record) {
  dropped_duplicates_.push_back(DuplicateKey(*record->of, number));
  --counts_.duplicates;
  record->of.reset();
  record->similarity = 0;
}

void Batch::MakeDuplicate(uint32_t number, const Similar& of,
                          DocumentRecord* record) {
  ++counts_.duplicates;
  duplicates_[of.document].push_back(number);
  record->of = of.document;
  record->similarity = of.similarity;
  BeOrphan(false, record);
}

}  // namespace wirecopy
