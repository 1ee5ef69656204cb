// A file, or standard input, opened for reading.

#ifndef WIRECOPY_IO_FILE_HANDLE_H_
#define WIRECOPY_IO_FILE_HANDLE_H_

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/mapped_bytes.h"

namespace wirecopy {

// What tells a file that somebody has touched from one that nobody has.
struct FileStamp {
  uint64_t device = 0;
  uint64_t inode = 0;
  uint64_t size = 0;
  int64_t modified_nanos = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): of the compiler's own making
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// The error of a file that changed between two looks at it.
absl::Status ChangedError(const std::string& path);

// Closes what it opened. Errors name the path.
class FileHandle {
 public:
  // "-" is standard input.
  static absl::StatusOr<FileHandle> Open(const std::string& path);
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle();

  const std::string& path() const { return path_; }
  // Opened by its name, and no pipe or device: it can be read twice.
  bool IsRegular() const { return is_regular_; }
  // As it was when it was opened.
  const FileStamp& stamp() const { return stamp_; }

  // Reads on: `size` bytes, or fewer where the file ends.
  absl::StatusOr<size_t> Read(char* out, size_t size);

  // Reads what is there, waiting for the first byte only; 0 where the file
  // ends.
  absl::StatusOr<size_t> ReadSome(char* out, size_t size) const;

  // Whether ReadSome has something to say (an end and an error, too) before so
  // much time is over.
  bool IsReadyWithin(std::chrono::milliseconds time) const;

  // Reads `size` bytes from `offset` on, of a regular file. Thread-safe.
  absl::Status ReadAt(uint64_t offset, size_t size, char* out) const;

  // The same bytes for the system to copy.
  absl::StatusOr<MappedBytes> Map(uint64_t offset, size_t size) const {
    return MappedBytes::Map(fd_, offset, size);
  }

  // Whether the file is still what it was when it was opened.
  absl::Status CheckUnchanged() const;

 private:
  FileHandle(std::string path, int fd);
  absl::StatusOr<FileStamp> Look(bool* is_regular) const;

  std::string path_;
  int fd_;
  bool is_regular_ = false;
  FileStamp stamp_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_FILE_HANDLE_H_
