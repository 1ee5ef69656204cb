#include "cli/batch_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy::cli {

// Whoever writes to a pipe, faster than documents are decided or not, is given
// some time to write more: a batch of one would cost as much as one of many.
absl::StatusOr<bool> BatchReader::HasNext() {
  constexpr std::chrono::milliseconds kMostWaited(200);
  using Clock = std::chrono::steady_clock;
  while (next_ == corpus_.size()) {
    if (held_.empty()) {
      corpus_.Forget(next_);
    } else {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          begun_ + kMostWaited - Clock::now());
      if (left <= left.zero() && corpus_.IsLive()) return false;
      if (!corpus_.IsReadyWithin(std::max(left, left.zero()))) return false;
    }
    WIRECOPY_ASSIGN_OR_RETURN(const bool more, corpus_.ReadOn());
    if (!more) return false;
  }
  if (held_.empty()) begun_ = Clock::now();
  return true;
}

absl::StatusOr<bool> BatchReader::HasRoom() {
  if (memory_ == nullptr) return true;
  if (held_.empty()) WIRECOPY_RETURN_IF_ERROR(memory_->BeginBatch());
  absl::StatusOr<bool> has_room = memory_->Take(corpus_.Size(next_));
  if (has_room.ok()) return has_room;
  return absl::Status(
      has_room.status().code(),
      absl::StrCat(corpus_.Path(next_), ", ", corpus_.Id(next_).text, ": ",
                   std::string(has_room.status().message())));
}

absl::StatusOr<std::span<const Document>> BatchReader::Next() {
  // So that a batch of long texts stays in bounds.
  constexpr size_t kMostBytes = size_t{64} << 20;
  documents_.clear();
  held_.clear();
  size_t bytes = 0;
  const uint32_t first = next_;
  corpus_.Forget(next_);
  while (held_.size() < most_ && bytes < kMostBytes) {
    WIRECOPY_ASSIGN_OR_RETURN(const bool has_next, HasNext());
    if (!has_next) break;
    WIRECOPY_ASSIGN_OR_RETURN(const bool has_room, HasRoom());
    if (!has_room) break;
    Hold(next_++);
    bytes += held_.back().text.size();
  }
  WIRECOPY_RETURN_IF_ERROR(corpus_.ReadError());
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
  made.has_made_id = corpus_.HasMadeId(document);
  return made;
}

}  // namespace wirecopy::cli
