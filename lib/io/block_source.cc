#include "io/block_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/status_macros.h"

namespace wirecopy {
namespace {

// A piece and what is made of it stay in a core's own cache.
constexpr size_t kBlockBytes = size_t{1} << 19;
constexpr size_t kBlockFiles = 256;
// Far below what a process may have open.
constexpr size_t kFilesKeptOpen = 128;

absl::StatusOr<Contents> ContentsOfFile(const std::string& path,
                                        bool keep_open) {
  WIRECOPY_ASSIGN_OR_RETURN(FileHandle handle, FileHandle::Open(path));
  return Contents::OfFile(std::move(handle), keep_open);
}

}  // namespace

BlockSource::BlockSource(std::vector<InputFile>* files,
                         ProgressListener* progress)
    : files_(*files), progress_(progress), contents_sizes_(files->size()) {
  for (const InputFile& file : files_) total_ += file.size;
}

absl::StatusOr<bool> BlockSource::Next(ByteBuffer* buffer, InputBlock* block) {
  const std::lock_guard<std::mutex> lock(mutex_);
  WIRECOPY_RETURN_IF_ERROR(error_);
  absl::StatusOr<bool> taken = TakeNext(buffer, block);
  if (!taken.ok()) error_ = taken.status();
  Advance();
  return taken;
}

absl::StatusOr<bool> BlockSource::TakeNext(ByteBuffer* buffer,
                                           InputBlock* block) {
  while (next_file_ < files_.size()) {
    InputFile& file = files_[next_file_];
    if (!file.is_jsonl) {
      TakeTextFiles(block);
      return true;
    }
    if (stream_ == nullptr) WIRECOPY_RETURN_IF_ERROR(BeginLines(&file));
    WIRECOPY_ASSIGN_OR_RETURN(const size_t size, FillWithLines(buffer));
    if (size == 0) {
      stream_.reset();
      contents_sizes_[next_file_] = offset_;
      finished_ += file.size;
      ++next_file_;
      continue;
    }
    std::string_view lines(buffer->data(), size);
    if (!can_be_read_again_) {
      lines = file.contents.Keep(offset_, std::exchange(*buffer, {}), size);
    }
    *block = {next_block_++, next_file_, next_file_, offset_, lines};
    offset_ += size;
    bytes_ += size;
    return true;
  }
  return false;
}

absl::Status BlockSource::BeginLines(InputFile* file) {
  WIRECOPY_ASSIGN_OR_RETURN(OpenedInput opened, OpenToRead(file));
  stream_ = std::move(opened.stream);
  can_be_read_again_ = opened.can_be_read_again;
  if (can_be_read_again_) {
    WIRECOPY_ASSIGN_OR_RETURN(
        file->contents,
        ContentsOfFile(file->path, next_file_ < kFilesKeptOpen));
  }
  WIRECOPY_ASSIGN_OR_RETURN(offset_, SkipByteOrderMark(stream_.get()));
  bytes_ += offset_;
  stream_ended_ = false;
  return absl::OkStatus();
}

absl::StatusOr<size_t> BlockSource::FillWithLines(ByteBuffer* buffer) {
  buffer->Reserve(std::max(kBlockBytes, 2 * carry_.size()));
  carry_.copy(buffer->data(), carry_.size());
  size_t size = std::exchange(carry_, {}).size();
  size_t searched = 0;
  while (!stream_ended_) {
    const size_t room = buffer->capacity() - size;
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                              stream_->Read(buffer->data() + size, room));
    size += count;
    stream_ended_ = count < room;
    if (stream_ended_) break;
    const std::string_view bytes(buffer->data(), size);
    const size_t last_break = bytes.substr(searched).rfind('\n');
    if (last_break != std::string_view::npos) {
      const size_t end = searched + last_break + 1;
      carry_ = bytes.substr(end);
      return end;
    }
    searched = size;
    buffer->Reserve(2 * buffer->capacity());
  }
  return size;
}

void BlockSource::TakeTextFiles(InputBlock* block) {
  *block = {next_block_++, next_file_, next_file_, 0, {}};
  uint64_t size = 0;
  do {
    block->last_file = next_file_;
    size += files_[next_file_++].size;
  } while (next_file_ < files_.size() && !files_[next_file_].is_jsonl &&
           next_file_ - block->first_file < kBlockFiles && size < kBlockBytes);
  finished_ += size;
}

absl::StatusOr<std::string_view> BlockSource::ReadText(size_t index,
                                                       ByteBuffer* buffer,
                                                       uint64_t* begin) {
  InputFile& file = files_[index];
  WIRECOPY_ASSIGN_OR_RETURN(const OpenedInput opened, OpenToRead(&file));
  if (opened.can_be_read_again) {
    WIRECOPY_ASSIGN_OR_RETURN(file.contents, ContentsOfFile(file.path, false));
  }
  WIRECOPY_ASSIGN_OR_RETURN(*begin, SkipByteOrderMark(opened.stream.get()));
  WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                            ReadAll(opened.stream.get(), buffer));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    bytes_ += *begin + size;
  }
  if (opened.can_be_read_again) return std::string_view(buffer->data(), size);
  return file.contents.Keep(*begin, std::exchange(*buffer, {}), size);
}

void BlockSource::Advance() {
  if (progress_ == nullptr) return;
  const uint64_t done =
      finished_ + (stream_ != nullptr ? stream_->FileBytesRead() : 0);
  progress_->Advance("reading", std::min(done, total_), total_);
}

}  // namespace wirecopy
