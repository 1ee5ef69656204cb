#include "io/output_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/sync_folder.h"

namespace wirecopy {
namespace {

constexpr size_t kBufferSize = size_t{1} << 18;

absl::Status ErrnoStatus(int error, const std::string& path) {
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot write ",
                          path == "-" ? std::string("standard output") : path));
}

// Where a name leads: to a file, or to a file descriptor of this process.
struct Destination {
  std::string target;
  std::optional<int> descriptor;
};

// The number N of /dev/fd/N and of what /dev/stdout and its like lead to.
std::optional<int> DescriptorOf(const std::string& path) {
  for (const std::string& folder :
       {std::string("/dev/fd/"), std::string("/proc/self/fd/"),
        absl::StrCat("/proc/", getpid(), "/fd/")}) {
    int number = -1;
    if (path.compare(0, folder.size(), folder) == 0 &&
        absl::SimpleAtoi(path.substr(folder.size()), &number) && number >= 0) {
      return number;
    }
  }
  return std::nullopt;
}

// Follows links by hand: a link to nothing yet is to be filled, not replaced,
// and what leads to a descriptor must not be followed to the file behind it,
// which others may be writing to.
Destination Follow(const std::string& path) {
  constexpr int kMostLinks = 40;
  Destination to{path, std::nullopt};
  if (path == "-") to.descriptor = STDOUT_FILENO;
  for (int i = 0; i < kMostLinks && !to.descriptor; ++i) {
    to.descriptor = DescriptorOf(to.target);
    std::error_code error;
    const std::filesystem::path link =
        std::filesystem::read_symlink(to.target, error);
    if (to.descriptor || error) break;
    to.target =
        (std::filesystem::path(to.target).parent_path() / link).native();
  }
  return to;
}

constexpr const char* kTemporary = ".part";

// Of "PID" or "PID-N"; nothing for what is neither.
std::optional<pid_t> WriterOf(std::string_view ending) {
  const size_t dash = std::min(ending.find('-'), ending.size());
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.front() != '0' &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const std::string number(ending.substr(0, dash));
  pid_t writer = 0;
  if (!is_number(number) || !absl::SimpleAtoi(number, &writer)) {
    return std::nullopt;
  }
  if (dash < ending.size() && !is_number(ending.substr(dash + 1))) {
    return std::nullopt;
  }
  return writer;
}

// This one is no more, too: a number is given again, and within a container
// often the same one.
bool IsGone(pid_t process) {
  if (process == getpid()) return true;
  return kill(process, 0) != 0 && errno == ESRCH;
}

// Nobody of this or another machine has it as a durable output.
void RemoveUnheld(const std::string& path) {
  const int fd =
      open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return;
  struct stat info = {};
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
      flock(fd, LOCK_EX | LOCK_NB) == 0) {
    unlink(path.c_str());
  }
  close(fd);
}

}  // namespace

void OutputFile::RemoveLeftBehind(const std::string& path) {
  namespace fs = std::filesystem;
  const Destination to = Follow(path);
  if (to.descriptor) return;
  const fs::path target = to.target;
  const std::string prefix = target.filename().native() + kTemporary;
  const fs::path folder =
      target.has_parent_path() ? target.parent_path() : fs::path(".");
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().native();
    if (!name.starts_with(prefix)) continue;
    const auto writer = WriterOf(std::string_view(name).substr(prefix.size()));
    if (writer && IsGone(*writer)) RemoveUnheld(entry->path().native());
  }
}

void OutputFile::SetDurable() {
  is_durable_ = true;
  // Where a file system knows no locks, it stays as it is: whoever would remove
  // it has no lock either.
  if (temporary_name_ != nullptr) (void)flock(fd_, LOCK_EX | LOCK_NB);
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Open(
    const std::string& path) {
  std::unique_ptr<OutputFile> file(new OutputFile(path));
  const Destination to = Follow(path);
  struct stat info = {};
  const bool exists = !to.descriptor && stat(to.target.c_str(), &info) == 0;
  if (to.descriptor) {
    file->fd_ =
        *to.descriptor == STDOUT_FILENO ? STDOUT_FILENO : dup(*to.descriptor);
  } else if (exists && !S_ISREG(info.st_mode)) {
    file->fd_ = open(to.target.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    file->OpenTemporary(to.target, exists ? info.st_mode & 0777 : 0666);
  }
  if (file->fd_ < 0) return ErrnoStatus(errno, path);
  // The umask is for new files; this one has its mode.
  if (file->temporary_name_ != nullptr && exists &&
      fchmod(file->fd_, info.st_mode & 0777) != 0) {
    return ErrnoStatus(errno, path);
  }
  return file;
}

// A name that nobody has: what a link of somebody else's leads to is not ours
// to write.
void OutputFile::OpenTemporary(const std::string& target, mode_t mode) {
  constexpr int kMostTries = 100;
  target_ = target;
  for (int i = 0; i < kMostTries && fd_ < 0; ++i) {
    std::string name = absl::StrCat(target, kTemporary, getpid());
    if (i > 0) absl::StrAppend(&name, "-", i);
    auto registered = std::make_unique<TemporaryName>(name);
    fd_ = open(name.c_str(),
               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd_ < 0 && errno != EEXIST) return;
    if (fd_ < 0) continue;
    temporary_ = std::move(name);
    temporary_name_ = std::move(registered);
  }
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
  if (bytes.size() >= kBufferSize) {  // as large as what would be collected
    WIRECOPY_RETURN_IF_ERROR(Flush());
    return WriteNow(bytes);
  }
  buffer_.append(bytes);
  return buffer_.size() < kBufferSize ? absl::OkStatus() : Flush();
}

absl::Status OutputFile::WriteUnseen(std::span<const std::string_view> parts) {
  constexpr size_t kMostParts = 256;  // of a call; the system's limit is 1,024
  WIRECOPY_RETURN_IF_ERROR(Flush());
  iovec left[kMostParts];
  for (size_t first = 0; first < parts.size(); first += kMostParts) {
    const auto some =
        parts.subspan(first).first(std::min(kMostParts, parts.size() - first));
    for (size_t i = 0; i < some.size(); ++i) {
      // The system only reads from there.
      left[i] = {const_cast<char*>(some[i].data()), some[i].size()};
    }
    WIRECOPY_RETURN_IF_ERROR(WriteVectors({left, some.size()}));
  }
  return absl::OkStatus();
}

absl::Status OutputFile::WriteVectors(std::span<iovec> left) {
  while (!left.empty()) {
    const ssize_t count =
        writev(fd_, left.data(), static_cast<int>(left.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Fail(errno);
    auto written = static_cast<size_t>(count);
    while (!left.empty() && written >= left[0].iov_len) {
      written -= left[0].iov_len;
      left = left.subspan(1);
    }
    if (left.empty()) break;
    left[0].iov_base = static_cast<char*>(left[0].iov_base) + written;
    left[0].iov_len -= written;
  }
  return absl::OkStatus();
}

absl::Status OutputFile::Flush() {
  WIRECOPY_RETURN_IF_ERROR(status_);
  WIRECOPY_RETURN_IF_ERROR(WriteNow(buffer_));
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status OutputFile::WriteNow(std::string_view left) {
  while (!left.empty()) {
    const ssize_t written = write(fd_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Fail(errno);
    left.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status OutputFile::Finish() {
  WIRECOPY_RETURN_IF_ERROR(Flush());
  if (fd_ <= STDERR_FILENO) return absl::OkStatus();
  if (is_durable_ && !temporary_.empty() && fsync(fd_) != 0) return Fail(errno);
  const int fd = std::exchange(fd_, -1);
  // A full disk may speak up only here.
  return close(fd) == 0 ? absl::OkStatus() : Fail(errno);
}

absl::Status OutputFile::Commit() {
  WIRECOPY_RETURN_IF_ERROR(Finish());
  if (temporary_.empty()) return absl::OkStatus();
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) return Fail(errno);
  temporary_.clear();
  temporary_name_.reset();
  if (!is_durable_) return absl::OkStatus();
  return SyncFolder(std::filesystem::path(target_).parent_path());
}

}  // namespace wirecopy
