#include "index/committed.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "base/status_macros.h"
#include "index/encoding.h"

namespace wirecopy {
namespace {

constexpr size_t kPlace = 16;  // the number and its checksum
constexpr size_t kPlaces = 2;

std::string PlaceOf(uint64_t number) {
  std::string bytes;
  AppendNumber<8>(number, &bytes);
  AppendNumber<8>(Hash64(bytes.data(), bytes.size(), /*seed=*/1), &bytes);
  return bytes;
}

absl::Status Failed(int error, const std::string& path) {
  return absl::ErrnoToStatus(error, path);
}

// The number of each place that is whole. Any bytes.
absl::StatusOr<std::array<std::optional<uint64_t>, kPlaces>> ReadPlaces(
    int fd, const std::string& path) {
  // One more, which would be too many.
  char bytes[kPlaces * kPlace + 1];
  const ssize_t size = pread(fd, bytes, sizeof bytes, 0);
  if (size < 0) return Failed(errno, path);
  std::array<std::optional<uint64_t>, kPlaces> numbers;
  if (size != kPlaces * kPlace) return numbers;
  for (size_t i = 0; i < kPlaces; ++i) {
    const std::string_view place(bytes + i * kPlace, kPlace);
    const uint64_t number = Decoder(place).Number<8>();
    if (place == PlaceOf(number)) numbers[i] = number;
  }
  return numbers;
}

absl::Status WriteAt(int fd, std::string_view bytes, size_t at,
                     const std::string& path) {
  const ssize_t written =
      pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
  if (written < 0) return Failed(errno, path);
  if (static_cast<size_t>(written) != bytes.size()) return Failed(ENOSPC, path);
  return fdatasync(fd) == 0 ? absl::OkStatus() : Failed(errno, path);
}

}  // namespace

absl::Status CommittedFile::Create(const std::string& path) {
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return Failed(errno, path);
  absl::Status status = WriteAt(fd, PlaceOf(0) + PlaceOf(0), 0, path);
  close(fd);
  return status;
}

absl::StatusOr<CommittedFile> CommittedFile::Open(const std::string& path,
                                                  bool writes) {
  const int fd = open(path.c_str(), (writes ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  if (fd < 0) return Failed(errno, path);
  CommittedFile file(path, fd);
  if (writes && flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Failed(errno, path);
    return absl::FailedPreconditionError(
        "it is open for writing already, perhaps in another process; reading "
        "is possible meanwhile");
  }
  return file;
}

CommittedFile::CommittedFile(CommittedFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      opened_by_(other.opened_by_) {}

CommittedFile::~CommittedFile() {
  if (fd_ < 0) return;
  // The lock is of the file as it was opened, which forked processes have, too:
  // closing it would not end it while one of them lives, and only the one that
  // took it may end it.
  if (getpid() == opened_by_) flock(fd_, LOCK_UN);
  close(fd_);
}

absl::StatusOr<uint64_t> CommittedFile::Read() const {
  WIRECOPY_ASSIGN_OR_RETURN(const auto numbers, ReadPlaces(fd_, path_));
  if (!numbers[0] && !numbers[1]) {
    return absl::DataLossError(absl::StrCat(path_, " is damaged"));
  }
  return std::max(numbers[0].value_or(0), numbers[1].value_or(0));
}

absl::Status CommittedFile::CheckBoth() const {
  WIRECOPY_ASSIGN_OR_RETURN(const auto numbers, ReadPlaces(fd_, path_));
  if (numbers[0] && numbers[1]) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(path_, " is damaged"));
}

absl::Status CommittedFile::Write(uint64_t number) {
  return WriteAt(fd_, PlaceOf(number), number % kPlaces * kPlace, path_);
}

}  // namespace wirecopy
