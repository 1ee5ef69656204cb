#include "cli/batch_reader.h"

#include <utility>

#include "base/status_macros.h"

namespace wirecopy::cli {

absl::StatusOr<std::span<const Document>> BatchReader::Next() {
  // So that a batch of long texts stays in bounds.
  constexpr size_t kMostBytes = size_t{64} << 20;
  held_.clear();
  held_.reserve(most_);
  size_t bytes = 0;
  const uint32_t first = next_;
  while (next_ < corpus_.size() && held_.size() < most_ && bytes < kMostBytes) {
    Hold(next_++);
    bytes += held_.back().text.size();
  }
  WIRECOPY_RETURN_IF_ERROR(corpus_.ReadError());
  documents_.clear();
  documents_.reserve(held_.size());
  for (size_t i = 0; i < held_.size(); ++i) {
    const auto document = first + static_cast<uint32_t>(i);
    documents_.push_back(DocumentOf(document, held_[i]));
  }
  return documents_;
}

void BatchReader::Hold(uint32_t document) {
  HeldDocument held;
  held.text = reader_.Text(document);
  const DocumentDetails details = reader_.Details();
  held.title = details.title;
  held.url = details.url;
  held.published_is_uncertain = details.published_is_uncertain;
  held_.push_back(std::move(held));
}

Document BatchReader::DocumentOf(uint32_t document,
                                 const HeldDocument& held) const {
  Document made;
  made.id = corpus_.Id(document);
  made.text = held.text;
  made.published = corpus_.Published(document);
  made.publisher = corpus_.Publisher(document);
  made.details.title = held.title;
  made.details.url = held.url;
  made.details.published_is_uncertain = held.published_is_uncertain;
  return made;
}

}  // namespace wirecopy::cli
