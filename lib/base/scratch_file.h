// Bytes that memory has no room for.

#ifndef WIRECOPY_BASE_SCRATCH_FILE_H_
#define WIRECOPY_BASE_SCRATCH_FILE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wirecopy {

// A file without a name: gone with the process, however that ends, and out of
// everybody's reach, so that what was written is what is read. Thread-safe.
//
// After the first error nothing more is written, and zeros are read: what was
// made of them counts only when status() is OK.
class ScratchFile {
 public:
  // In a folder that is there; empty for the system's own (TMPDIR, or /tmp).
  static absl::StatusOr<std::unique_ptr<ScratchFile>> Create(
      const std::string& folder);

  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  // Appends bytes, and says where they begin.
  uint64_t Append(const void* bytes, size_t size);

  // Reads bytes that were appended before.
  void ReadAt(uint64_t begin, size_t size, void* out) const;

  uint64_t size() const { return size_; }
  absl::Status status() const;

 private:
  ScratchFile(std::string folder, int fd)
      : folder_(std::move(folder)), fd_(fd) {}
  void Fail(int error, const char* what) const;

  const std::string folder_;
  const int fd_;
  std::atomic<uint64_t> size_ = 0;
  mutable std::mutex mutex_;
  mutable absl::Status status_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_SCRATCH_FILE_H_
