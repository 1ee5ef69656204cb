#include "io/input_stream.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/status_macros.h"

namespace wirecopy {
namespace {

class FileStream : public InputStream {
 public:
  explicit FileStream(std::shared_ptr<FileHandle> file)
      : file_(std::move(file)) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    // A terminal, or a pipe with another writer, may go on behind its end.
    if (ended_) return 0;
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count, file_->Read(out, size));
    ended_ = count < size;
    read_.fetch_add(count, std::memory_order_relaxed);
    return count;
  }

  absl::StatusOr<size_t> ReadSome(char* out, size_t size) override {
    if (ended_) return 0;
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count, file_->ReadSome(out, size));
    ended_ = count == 0;
    read_.fetch_add(count, std::memory_order_relaxed);
    return count;
  }

  bool IsReadyWithin(std::chrono::milliseconds time) override {
    return ended_ || file_->IsReadyWithin(time);
  }

  uint64_t FileBytesRead() const override {
    return read_.load(std::memory_order_relaxed);
  }

 private:
  const std::shared_ptr<FileHandle> file_;
  bool ended_ = false;
  std::atomic<uint64_t> read_{0};
};

class FileStreamAt : public InputStream {
 public:
  FileStreamAt(std::shared_ptr<const FileHandle> file, uint64_t offset)
      : file_(std::move(file)), offset_(offset) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const uint64_t end = file_->stamp().size;
    const uint64_t at = offset_ + read_.load(std::memory_order_relaxed);
    const size_t count =
        at < end ? static_cast<size_t>(std::min<uint64_t>(size, end - at)) : 0;
    WIRECOPY_RETURN_IF_ERROR(file_->ReadAt(at, count, out));
    read_.fetch_add(count, std::memory_order_relaxed);
    return count;
  }

  uint64_t FileBytesRead() const override {
    return read_.load(std::memory_order_relaxed);
  }

 private:
  const std::shared_ptr<const FileHandle> file_;
  const uint64_t offset_;
  std::atomic<uint64_t> read_{0};
};

}  // namespace

std::unique_ptr<InputStream> NewFileStreamAt(
    std::shared_ptr<const FileHandle> file, uint64_t offset) {
  return std::make_unique<FileStreamAt>(std::move(file), offset);
}

std::unique_ptr<InputStream> NewFileStream(std::shared_ptr<FileHandle> file) {
  return std::make_unique<FileStream>(std::move(file));
}

PeekStream::PeekStream(std::unique_ptr<InputStream> inner)
    : inner_(std::move(inner)) {}

absl::StatusOr<std::string_view> PeekStream::Peek(size_t size) {
  const size_t had = ahead_.size();
  if (had < size) {
    ahead_.resize(size);
    const absl::StatusOr<size_t> count =
        inner_->Read(ahead_.data() + had, size - had);
    ahead_.resize(had + count.value_or(0));
    WIRECOPY_RETURN_IF_ERROR(count.status());
  }
  return std::string_view(ahead_).substr(0, size);
}

absl::StatusOr<size_t> PeekStream::ReadSome(char* out, size_t size) {
  return ahead_.empty() ? inner_->ReadSome(out, size) : TakeAhead(out, size);
}

size_t PeekStream::TakeAhead(char* out, size_t size) {
  const size_t count = std::min(size, ahead_.size());
  ahead_.copy(out, count);
  ahead_.erase(0, count);
  return count;
}

absl::StatusOr<size_t> PeekStream::Read(char* out, size_t size) {
  const size_t count = TakeAhead(out, size);
  WIRECOPY_ASSIGN_OR_RETURN(const size_t more,
                            inner_->Read(out + count, size - count));
  return count + more;
}

}  // namespace wirecopy
