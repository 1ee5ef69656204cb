// Reads the documents of a store.

#ifndef WIRECOPY_INDEX_STORED_DOCUMENTS_H_
#define WIRECOPY_INDEX_STORED_DOCUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "index/records.h"
#include "index/store.h"

namespace wirecopy {

// Thread-safe. DataLoss where what a number leads to is missing or damaged.
class StoredDocuments {
 public:
  // The view must outlive this. Longer texts are not read; 0 for no bound.
  explicit StoredDocuments(const Store::View& view, size_t most_text_bytes = 0)
      : view_(view), most_text_bytes_(most_text_bytes) {}

  const Store::View& view() const { return view_; }

  absl::StatusOr<IndexCounts> Counts() const;
  // The number under an id.
  absl::StatusOr<std::optional<uint32_t>> Find(const DocumentId& id) const;
  absl::StatusOr<DocumentRecord> Record(uint32_t number) const;
  // ResourceExhausted where it is too long.
  absl::StatusOr<std::string> Text(uint32_t number) const;

 private:
  absl::Status CheckLength(uint32_t number) const;

  const Store::View& view_;
  const size_t most_text_bytes_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_STORED_DOCUMENTS_H_
