#include "base/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"

namespace wirecopy {
namespace {

// Not every file system knows files without names: there, the name goes at
// once.
int OpenNameless(const std::string& folder) {
#ifdef O_TMPFILE
  const int fd = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return fd;
#endif
  std::string name = folder + "/wirecopy-XXXXXX";
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ScratchFile>> ScratchFile::Create(
    const std::string& folder) {
  std::string used = folder;
  if (used.empty()) {
    std::error_code error;
    used = std::filesystem::temp_directory_path(error).native();
    if (error) used = "/tmp";
  }
  const int fd = OpenNameless(used);
  if (fd < 0) {
    return absl::ErrnoToStatus(
        errno, absl::StrCat(used, ": cannot make a temporary file"));
  }
  return absl::WrapUnique(new ScratchFile(std::move(used), fd));
}

ScratchFile::~ScratchFile() { close(fd_); }

void ScratchFile::Fail(int error, const char* what) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  status_.Update(absl::ErrnoToStatus(
      error, absl::StrCat(folder_, ": cannot ", what, " a temporary file")));
}

absl::Status ScratchFile::status() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return status_;
}

uint64_t ScratchFile::Append(const void* bytes, size_t size) {
  const uint64_t begin = size_.fetch_add(size);
  if (!status().ok()) return begin;
  const char* from = static_cast<const char*>(bytes);
  for (size_t done = 0; done < size;) {
    const ssize_t count =
        pwrite(fd_, from + done, size - done, static_cast<off_t>(begin + done));
    if (count >= 0) {
      done += static_cast<size_t>(count);
    } else if (errno != EINTR) {
      Fail(errno, "write");
      break;
    }
  }
  return begin;
}

void ScratchFile::ReadAt(uint64_t begin, size_t size, void* out) const {
  char* const to = static_cast<char*>(out);
  for (size_t done = 0; done < size;) {
    const ssize_t count =
        pread(fd_, to + done, size - done, static_cast<off_t>(begin + done));
    if (count > 0) {
      done += static_cast<size_t>(count);
    } else if (count == 0 || errno != EINTR) {
      // The end comes before what was to be there only after an error.
      Fail(count == 0 ? EIO : errno, "read");
      std::memset(to + done, 0, size - done);
      return;
    }
  }
}

}  // namespace wirecopy
