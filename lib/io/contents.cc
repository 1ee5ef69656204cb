#include "io/contents.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace wirecopy {

Contents Contents::OfFile(std::shared_ptr<const FileHandle> file,
                          bool keep_open) {
  Contents contents;
  contents.path_ = file->path();
  contents.stamp_ = file->stamp();
  if (keep_open) contents.file_ = std::move(file);
  return contents;
}

std::string_view Contents::Keep(uint64_t begin, ByteBuffer buffer,
                                size_t size) {
  buffer.ShrinkTo(size);
  chunks_.push_back({begin, size, std::move(buffer)});
  return {chunks_.back().buffer.data(), size};
}

void Contents::Keep(uint64_t begin, std::string_view bytes,
                    ScratchFile* scratch) {
  kept_in_ = scratch;
  chunks_.push_back(
      {begin, bytes.size(), {}, scratch->Append(bytes.data(), bytes.size())});
}

void Contents::Forget(uint64_t begin) {
  if (kept_in_ != nullptr) return;
  const auto kept = std::find_if(
      chunks_.begin(), chunks_.end(),
      [begin](const Chunk& chunk) { return chunk.begin + chunk.size > begin; });
  chunks_.erase(chunks_.begin(), kept);
}

Contents Contents::OfFile(const std::string& path, const FileStamp& stamp) {
  Contents contents;
  contents.path_ = path;
  contents.stamp_ = stamp;
  return contents;
}

absl::StatusOr<FileHandle> Contents::Reopen() const {
  absl::StatusOr<FileHandle> file = FileHandle::Open(path_);
  if (file.ok() && file->stamp() != stamp_) return ChangedError(path_);
  return file;
}

absl::StatusOr<std::string_view> Contents::Read(uint64_t begin, size_t size,
                                                ByteBuffer* scratch) const {
  if (path_.empty()) {
    const auto behind = std::upper_bound(
        chunks_.begin(), chunks_.end(), begin,
        [](uint64_t at, const Chunk& chunk) { return at < chunk.begin; });
    if (behind == chunks_.begin()) return std::string_view();
    const Chunk& chunk = *std::prev(behind);
    const uint64_t at = begin - chunk.begin;
    if (at > chunk.size || size > chunk.size - at) {
      return absl::DataLossError(
          "an input is not what it was when it was read first");
    }
    if (kept_in_ != nullptr) {
      scratch->Reserve(size);
      kept_in_->ReadAt(chunk.place + (begin - chunk.begin), size,
                       scratch->data());
      WIRECOPY_RETURN_IF_ERROR(kept_in_->status());
      return std::string_view(scratch->data(), size);
    }
    return std::string_view(chunk.buffer.data() + (begin - chunk.begin), size);
  }
  scratch->Reserve(size);
  if (file_ != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(file_->ReadAt(begin, size, scratch->data()));
  } else {
    WIRECOPY_ASSIGN_OR_RETURN(const FileHandle file, Reopen());
    WIRECOPY_RETURN_IF_ERROR(file.ReadAt(begin, size, scratch->data()));
  }
  return std::string_view(scratch->data(), size);
}

absl::StatusOr<MappedBytes> Contents::Map(uint64_t begin, size_t size) const {
  if (file_ != nullptr) return file_->Map(begin, size);
  WIRECOPY_ASSIGN_OR_RETURN(const FileHandle file, Reopen());
  return file.Map(begin, size);
}

absl::Status Contents::CheckUnchanged() const {
  if (path_.empty()) return absl::OkStatus();
  return file_ != nullptr ? file_->CheckUnchanged() : Reopen().status();
}

}  // namespace wirecopy
