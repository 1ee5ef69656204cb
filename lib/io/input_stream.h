// Bytes that come one after another: from a file, a pipe, a decompressor.

#ifndef WIRECOPY_IO_INPUT_STREAM_H_
#define WIRECOPY_IO_INPUT_STREAM_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/file_handle.h"

namespace wirecopy {

class InputStream {
 public:
  virtual ~InputStream() = default;

  // Reads on: `size` bytes, or fewer where the stream ends.
  virtual absl::StatusOr<size_t> Read(char* out, size_t size) = 0;

  // Reads what comes first, where a stream can tell: a byte or more, up to
  // `size`, without waiting for the rest; 0 where the stream ends.
  virtual absl::StatusOr<size_t> ReadSome(char* out, size_t size) {
    return Read(out, size);
  }

  // Whether ReadSome returns before so much time is over; true where a stream
  // cannot tell.
  virtual bool IsReadyWithin(std::chrono::milliseconds /*time*/) {
    return true;
  }

  // How much of the file underneath has been read, for progress. May be asked
  // from any thread.
  virtual uint64_t FileBytesRead() const = 0;
};

std::unique_ptr<InputStream> NewFileStream(std::shared_ptr<FileHandle> file);

// From a place of a regular file on, to where it ended when it was opened.
// FileBytesRead counts from that place.
std::unique_ptr<InputStream> NewFileStreamAt(
    std::shared_ptr<const FileHandle> file, uint64_t offset);

// Looks ahead in another stream.
class PeekStream : public InputStream {
 public:
  explicit PeekStream(std::unique_ptr<InputStream> inner);

  // The next `size` bytes, or fewer where the stream ends, which Read will
  // give again. Valid until the next call.
  absl::StatusOr<std::string_view> Peek(size_t size);

  absl::StatusOr<size_t> Read(char* out, size_t size) override;
  absl::StatusOr<size_t> ReadSome(char* out, size_t size) override;
  bool IsReadyWithin(std::chrono::milliseconds time) override {
    return !ahead_.empty() || inner_->IsReadyWithin(time);
  }
  uint64_t FileBytesRead() const override { return inner_->FileBytesRead(); }

 private:
  size_t TakeAhead(char* out, size_t size);

  std::unique_ptr<InputStream> inner_;
  std::string ahead_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_INPUT_STREAM_H_
