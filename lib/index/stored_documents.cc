#include "index/stored_documents.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {

absl::StatusOr<IndexCounts> StoredDocuments::Counts() const {
  std::string bytes;
  WIRECOPY_ASSIGN_OR_RETURN(const bool found,
                            view_.Get(Table::kRecords, kStateKey, &bytes));
  if (!found) return absl::DataLossError("the record of counts is missing");
  return DecodeCounts(bytes);
}

absl::StatusOr<std::optional<uint32_t>> StoredDocuments::Find(
    const DocumentId& id) const {
  std::string bytes;
  WIRECOPY_ASSIGN_OR_RETURN(const bool found,
                            view_.Get(Table::kRecords, IdKey(id), &bytes));
  if (!found) return std::nullopt;
  WIRECOPY_ASSIGN_OR_RETURN(const uint32_t number, DecodeNumber(bytes));
  return number;
}

absl::StatusOr<DocumentRecord> StoredDocuments::Record(uint32_t number) const {
  std::string bytes;
  WIRECOPY_ASSIGN_OR_RETURN(
      const bool found,
      view_.Get(Table::kRecords, DocumentKey(number), &bytes));
  if (found) return DecodeDocument(bytes);
  return absl::DataLossError(
      absl::StrCat("the record of document ", number, " is missing"));
}

absl::Status StoredDocuments::CheckLength(uint32_t number) const {
  if (most_text_bytes_ == 0) return absl::OkStatus();
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(number));
  if (record.text_bytes <= most_text_bytes_) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(
      "a comparison with ", record.id.text, ", a text of ", record.text_bytes,
      " bytes, takes more memory than there may be"));
}

absl::StatusOr<std::string> StoredDocuments::Text(uint32_t number) const {
  WIRECOPY_RETURN_IF_ERROR(CheckLength(number));
  std::string text;
  WIRECOPY_ASSIGN_OR_RETURN(const bool found,
                            view_.Get(Table::kTexts, NumberKey(number), &text));
  if (found) return text;
  return absl::DataLossError(
      absl::StrCat("the text of document ", number, " is missing"));
}

}  // namespace wirecopy
