#include "io/file_handle.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

absl::Status ReadFailure(int error, const std::string& path) {
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot read ",
                          path == "-" ? std::string("standard input") : path));
}

}  // namespace

absl::Status ChangedError(const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(
      path, " changed while it was read; run again when nobody writes to it"));
}

FileHandle::FileHandle(std::string path, int fd)
    : path_(std::move(path)), fd_(fd) {}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      is_regular_(other.is_regular_),
      stamp_(other.stamp_) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  FileHandle taken(std::move(other));
  std::swap(path_, taken.path_);
  std::swap(fd_, taken.fd_);
  std::swap(is_regular_, taken.is_regular_);
  std::swap(stamp_, taken.stamp_);
  return *this;
}

FileHandle::~FileHandle() {
  if (fd_ > STDERR_FILENO) close(fd_);
}

absl::StatusOr<FileHandle> FileHandle::Open(const std::string& path) {
  const bool is_standard = path == "-";
  const int fd =
      is_standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ReadFailure(errno, path);
  FileHandle file(path, fd);
  bool is_regular = false;
  WIRECOPY_ASSIGN_OR_RETURN(file.stamp_, file.Look(&is_regular));
  // Where standard input is a file, others may share its place in it.
  file.is_regular_ = is_regular && !is_standard;
  return file;
}

absl::StatusOr<FileStamp> FileHandle::Look(bool* is_regular) const {
  struct stat info = {};
  if (fstat(fd_, &info) != 0) return ReadFailure(errno, path_);
  if (S_ISDIR(info.st_mode)) return ReadFailure(EISDIR, path_);
  *is_regular = S_ISREG(info.st_mode);
  constexpr int64_t kNanos = 1000000000;
  return FileStamp{static_cast<uint64_t>(info.st_dev),
                   static_cast<uint64_t>(info.st_ino),
                   static_cast<uint64_t>(info.st_size),
                   info.st_mtim.tv_sec * kNanos + info.st_mtim.tv_nsec};
}

absl::StatusOr<size_t> FileHandle::Read(char* out, size_t size) {
  size_t done = 0;
  while (done < size) {
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                              ReadSome(out + done, size - done));
    if (count == 0) break;
    done += count;
  }
  return done;
}

absl::StatusOr<size_t> FileHandle::ReadSome(char* out, size_t size) const {
  while (true) {
    const ssize_t count = read(fd_, out, size);
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR) return ReadFailure(errno, path_);
  }
}

bool FileHandle::IsReadyWithin(std::chrono::milliseconds time) const {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now() + time;
  while (true) {
    pollfd asked = {fd_, POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - Clock::now());
    const int64_t most = std::max<int64_t>(0, left.count());
    const int result = poll(&asked, 1, static_cast<int>(most));
    // What cannot be asked is read, and says what is wrong.
    if (result >= 0 || errno != EINTR) return result != 0;
  }
}

absl::Status FileHandle::ReadAt(uint64_t offset, size_t size, char* out) const {
  size_t done = 0;
  while (done < size) {
    const ssize_t count =
        pread(fd_, out + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ReadFailure(errno, path_);
    if (count == 0) return ChangedError(path_);
    done += static_cast<size_t>(count);
  }
  return absl::OkStatus();
}

absl::Status FileHandle::CheckUnchanged() const {
  bool is_regular = false;
  WIRECOPY_ASSIGN_OR_RETURN(const FileStamp now, Look(&is_regular));
  return now == stamp_ ? absl::OkStatus() : ChangedError(path_);
}

}  // namespace wirecopy
