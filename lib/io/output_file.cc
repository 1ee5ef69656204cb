#include "io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

constexpr size_t kBufferSize = size_t{1} << 18;

absl::Status ErrnoStatus(int error, const std::string& path) {
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot write ",
                          path == "-" ? std::string("standard output") : path));
}

}  // namespace

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Open(
    const std::string& path) {
  struct stat info = {};
  const bool exists = path != "-" && stat(path.c_str(), &info) == 0;
  std::string target = path;
  if (exists) {
    std::error_code error;
    const auto followed = std::filesystem::canonical(path, error);
    if (!error) target = followed.native();
  }
  std::string temporary;
  int fd = STDOUT_FILENO;
  if (exists && !S_ISREG(info.st_mode)) {
    fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else if (path != "-") {
    temporary = absl::StrCat(target, ".part", getpid());
    constexpr mode_t kReadWriteAll = 0666;  // less the umask
    fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
              exists ? info.st_mode & 0777 : kReadWriteAll);
  }
  if (fd < 0) return ErrnoStatus(errno, path);
  std::unique_ptr<OutputFile> file(
      new OutputFile(path, std::move(target), std::move(temporary), fd));
  // The umask is for new files; this one has its mode.
  if (exists && S_ISREG(info.st_mode) && fchmod(fd, info.st_mode & 0777) != 0) {
    return ErrnoStatus(errno, path);
  }
  return file;
}

OutputFile::~OutputFile() {
  if (fd_ > STDERR_FILENO) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

absl::Status OutputFile::Fail(int error) {
  status_ = ErrnoStatus(error, path_);
  return status_;
}

absl::Status OutputFile::Write(std::string_view bytes) {
  WIRECOPY_RETURN_IF_ERROR(status_);
  buffer_.append(bytes);
  return buffer_.size() < kBufferSize ? absl::OkStatus() : Flush();
}

absl::Status OutputFile::Flush() {
  WIRECOPY_RETURN_IF_ERROR(status_);
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t written = write(fd_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Fail(errno);
    left.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status OutputFile::Finish() {
  WIRECOPY_RETURN_IF_ERROR(Flush());
  if (fd_ <= STDERR_FILENO) return absl::OkStatus();
  const int fd = std::exchange(fd_, -1);
  // A full disk may speak up only here.
  return close(fd) == 0 ? absl::OkStatus() : Fail(errno);
}

absl::Status OutputFile::Commit() {
  WIRECOPY_RETURN_IF_ERROR(Finish());
  if (temporary_.empty()) return absl::OkStatus();
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) return Fail(errno);
  temporary_.clear();
  return absl::OkStatus();
}

}  // namespace wirecopy
