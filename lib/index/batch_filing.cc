// Where a batch files documents, and takes them out again.

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "index/batch.h"

namespace wirecopy {
namespace {

DocumentRecord RecordOf(const Document& document, const Analysis& analysis,
                        const Decision& decision) {
  DocumentRecord record;
  record.id = document.id;
  record.content = analysis.content;
  record.text_bytes = document.text.size();
  record.tokens = analysis.tokens;
  record.shingles = analysis.set.size();
  record.of = decision.of;
  record.similarity = decision.similarity;
  if (document.published) {
    record.published_micros = absl::ToUnixMicros(*document.published);
  }
  record.published_is_uncertain = document.details.published_is_uncertain;
  record.publisher = document.publisher;
  record.url = document.details.url;
  record.title = document.details.title;
  return record;
}

}  // namespace

absl::Status Batch::FileBands(uint32_t number, const Analysis& analysis) {
  for (size_t i = 0; i < analysis.bands.size(); ++i) {
    const uint64_t key = analysis.bands[i];
    WIRECOPY_ASSIGN_OR_RETURN(const std::string* bytes, bands_.Get(key));
    BandList list(*bytes);
    if (!list.OK()) return DamagedList();
    if (!list.Add(number)) ++counts_.unfiled_bands;
    bands_.Set(key, list.Bytes());
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Batch::FilePrints(uint32_t number,
                                       const Analysis& analysis) {
  bool is_left_out = false;
  for (size_t i = 0; i < analysis.prints.size(); ++i) {
    const uint64_t key = analysis.prints[i];
    WIRECOPY_ASSIGN_OR_RETURN(const std::string* bytes, prints_.Get(key));
    if (!print_list_.Read(*bytes)) return DamagedList();
    const bool left_out_others = print_list_.leaves_out();
    const bool is_added = print_list_.Add(number, analysis.PlacesOf(i));
    if (is_added || !left_out_others) prints_.Set(key, print_list_.Bytes());
    is_left_out |= !is_added;
  }
  return is_left_out;
}

absl::StatusOr<uint32_t> Batch::File(const Document& document, Lookup lookup,
                                     const Decision& decision) {
  WIRECOPY_ASSIGN_OR_RETURN(
      const uint32_t number,
      TakeNumber({&document, std::move(lookup.analysis)}));
  const Analysis& analysis = fresh_.back().analysis;
  ++counts_.documents;
  counts_.text_bytes += document.text.size();
  if (decision.of) {
    ++counts_.duplicates;
    duplicates_[*decision.of].push_back(number);
  } else {
    WIRECOPY_RETURN_IF_ERROR(FileBands(number, analysis));
  }
  DocumentRecord record = RecordOf(document, analysis, decision);
  WIRECOPY_ASSIGN_OR_RETURN(record.is_left_out, FilePrints(number, analysis));
  records_[number] = std::move(record);
  ids_[IdKey(document.id)] = number;
  return number;
}

absl::StatusOr<uint32_t> Batch::TakeNumber(Fresh fresh) {
  if (counts_.next_number == ~uint32_t{0}) {
    return absl::ResourceExhaustedError("it can hold no more documents");
  }
  changes_anything_ = true;
  fresh_.push_back(std::move(fresh));
  return counts_.next_number++;
}

absl::Status Batch::UnfileBands(uint32_t number, const Analysis& analysis) {
  for (const uint64_t key : analysis.bands) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::string* bytes, bands_.Get(key));
    BandList list(*bytes);
    if (!list.OK()) return DamagedList();
    list.Remove(number);
    bands_.Set(key, list.Bytes());
  }
  return absl::OkStatus();
}

absl::Status Batch::Unfile(uint32_t number, const DocumentRecord& record,
                           std::vector<uint32_t>* duplicates) {
  Analysis made;
  WIRECOPY_ASSIGN_OR_RETURN(const Analysis* analysis,
                            AnalysisOf(number, &made));
  const bool was_kept = !record.of && !record.is_orphan;
  std::vector<uint32_t> sharers;
  for (const uint64_t key : analysis->prints) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::string* bytes, prints_.Get(key));
    if (!print_list_.Read(*bytes)) return DamagedList();
    print_list_.Remove(number);
    if (was_kept && print_list_.leaves_out()) {
      print_list_.MarkLeftOutCut();
      counts_.unmarked_before = counts_.next_number;
      cut_beyond_lists_.clear();
    }
    prints_.Set(key, print_list_.Bytes());
    for (size_t i = 0; i < print_list_.size(); ++i) {
      sharers.push_back(print_list_[i].document);
    }
  }
  if (was_kept) {
    WIRECOPY_RETURN_IF_ERROR(MarkCut(number, std::move(sharers)));
  }
  WIRECOPY_RETURN_IF_ERROR(UnfileBands(number, *analysis));
  if (record.of) {
    --counts_.duplicates;
    dropped_duplicates_.push_back(DuplicateKey(*record.of, number));
  } else {
    WIRECOPY_RETURN_IF_ERROR(FindDuplicates(number, duplicates));
  }
  --counts_.documents;
  counts_.orphans -= record.is_orphan ? 1 : 0;
  counts_.text_bytes -= record.text_bytes;
  changes_anything_ = true;
  removed_[number] = record;
  records_.erase(number);
  ids_[IdKey(record.id)] = std::nullopt;
  return absl::OkStatus();
}

absl::Status Batch::MarkCut(uint32_t gone, std::vector<uint32_t> sharers) {
  SortDistinct(&sharers);
  const auto first_later =
      std::upper_bound(sharers.begin(), sharers.end(), gone);
  for (auto later = first_later; later != sharers.end(); ++later) {
    WIRECOPY_ASSIGN_OR_RETURN(DocumentRecord record, Record(*later));
    if (record.may_be_cut) continue;
    record.may_be_cut = true;
    records_[*later] = std::move(record);
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
