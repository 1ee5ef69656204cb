#include "base/stage_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "base/sync_folder.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPlan = "plan";
constexpr const char* kLock = "lock";
constexpr std::string_view kTemporary = ".part-";
constexpr const char* kKinds[] = {"sketch.", "candidates.band-",
                                  "candidates.twins-", "verify."};

absl::Status FileError(int error, const std::string& path, const char* what) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot ", what, " ", path));
}

bool AreDigits(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether a name is one that a piece has.
bool IsPieceName(std::string_view name) {
  return std::any_of(
      std::begin(kKinds), std::end(kKinds), [name](std::string_view kind) {
        return name.starts_with(kind) && AreDigits(name.substr(kind.size()));
      });
}

// Whether it is one that a piece or the plan has before it is whole.
bool IsTemporaryName(std::string_view name) {
  const size_t at = name.find(kTemporary);
  if (at == std::string_view::npos) return false;
  const std::string_view numbers = name.substr(at + kTemporary.size());
  const size_t dash = numbers.find('-');
  return (name.substr(0, at) == kPlan || IsPieceName(name.substr(0, at))) &&
         dash != std::string_view::npos && AreDigits(numbers.substr(0, dash)) &&
         AreDigits(numbers.substr(dash + 1));
}

// A piece that is in memory; it stays there.
WritePiece AllOf(std::string_view bytes) {
  return [bytes](PieceWriter* out) {
    out->AddAsTheyAre(bytes);
    return absl::OkStatus();
  };
}

}  // namespace

absl::StatusOr<std::unique_ptr<StageFolder>> StageFolder::Open(
    const std::string& path, const std::string& plan, Use use) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return FileError(error.value(), path, "make the folder");
  auto folder = absl::WrapUnique(new StageFolder(path));
  // Where others are at work, nothing is touched.
  WIRECOPY_RETURN_IF_ERROR(folder->Has(kPlan) ? folder->CheckPlan(plan)
                                              : folder->CheckEmpty());
  if (use == Use::kAlone) WIRECOPY_RETURN_IF_ERROR(folder->Lock());
  WIRECOPY_RETURN_IF_ERROR(folder->Begin(plan));
  if (use == Use::kAlone) folder->RemoveTemporaries();
  return folder;
}

absl::StatusOr<std::string> StageFolder::PlanOf(const std::string& path) {
  const StageFolder folder(path);
  absl::StatusOr<std::string> plan = folder.Load(kPlan);
  if (!absl::IsNotFound(plan.status())) return plan;
  return absl::FailedPreconditionError(
      absl::StrCat(path, " holds no stage of a run"));
}

StageFolder::~StageFolder() {
  if (lock_ >= 0) close(lock_);
}

std::string StageFolder::PathOf(const std::string& name) const {
  return (fs::path(path_) / name).native();
}

// Who had it before may have removed the file that others wait at.
bool StageFolder::HoldsLock(const std::string& path) const {
  struct stat held = {};
  struct stat named = {};
  return fstat(lock_, &held) == 0 && stat(path.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

absl::Status StageFolder::Lock() {
  const std::string path = PathOf(kLock);
  do {
    if (lock_ >= 0) close(lock_);
    lock_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock_ < 0) return FileError(errno, path, "write");
    if (flock(lock_, LOCK_EX | LOCK_NB) == 0) continue;
    if (errno != EWOULDBLOCK) return FileError(errno, path, "lock");
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": another process is at work on it"));
  } while (!HoldsLock(path));
  return absl::OkStatus();
}

// Nobody else writes here: what is half written is of one who is gone.
void StageFolder::RemoveTemporaries() const {
  std::error_code error;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().native();
    if (IsTemporaryName(name)) left.push_back(entry.path());
  }
  for (const fs::path& path : left) fs::remove(path, error);
}

absl::Status StageFolder::Begin(const std::string& plan) {
  if (!Has(kPlan)) {
    WIRECOPY_RETURN_IF_ERROR(Write(kPlan, AllOf(plan), /*replaces=*/false));
  }
  WIRECOPY_RETURN_IF_ERROR(CheckPlan(plan));
  plan_ = Hash128(plan.data(), plan.size(), 0);
  return absl::OkStatus();
}

absl::Status StageFolder::CheckPlan(const std::string& plan) const {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string begun, Load(kPlan));
  if (begun == plan) return absl::OkStatus();
  const std::vector<std::string> theirs = absl::StrSplit(begun, '\n');
  const std::vector<std::string> ours = absl::StrSplit(plan, '\n');
  size_t i = 0;
  while (i < theirs.size() && i < ours.size() && theirs[i] == ours[i]) ++i;
  const auto line = [i](const std::vector<std::string>& lines) {
    return i < lines.size() && !lines[i].empty() ? lines[i] : "no more";
  };
  return absl::FailedPreconditionError(absl::StrCat(
      path_, " was begun with ", line(theirs), "; this run has ", line(ours),
      ". Go on with what it was begun with, or take an empty folder"));
}

// A folder of something else is no place to remove files in.
absl::Status StageFolder::CheckEmpty() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().native();
    std::error_code unknown;
    // Without a plan there are no pieces.
    const bool is_lock = name == kLock && entry.is_regular_file(unknown) &&
                         entry.file_size(unknown) == 0;
    if (is_lock || (IsTemporaryName(name) && name.starts_with(kPlan))) continue;
    if (Has(kPlan)) break;  // somebody has begun meanwhile
    return absl::FailedPreconditionError(
        absl::StrCat(path_, " holds other files (", name,
                     "): take a folder that is empty, or is not there"));
  }
  if (error) return FileError(error.value(), path_, "read");
  return absl::OkStatus();
}

bool StageFolder::Has(const std::string& name) const {
  return access(PathOf(name).c_str(), F_OK) == 0;
}

absl::StatusOr<std::unique_ptr<StagePiece>> StageFolder::Find(
    const std::string& name) const {
  return StagePiece::Open(PathOf(name), name, plan_);
}

absl::StatusOr<std::string> StageFolder::Load(const std::string& name) const {
  WIRECOPY_ASSIGN_OR_RETURN(const auto piece, Find(name));
  std::string bytes(piece->in().left(), '\0');
  piece->in().GetNumbers(bytes.data(), bytes.size());
  WIRECOPY_RETURN_IF_ERROR(piece->read_error());
  return bytes;
}

absl::Status StageFolder::Save(const std::string& name,
                               const WritePiece& write) const {
  return Write(name, write, /*replaces=*/true);
}

absl::Status StageFolder::Save(const std::string& name,
                               std::string_view bytes) const {
  return Save(name, AllOf(bytes));
}

// Under a name of its own first, which another machine has not either.
absl::Status StageFolder::Write(const std::string& name,
                                const WritePiece& write, bool replaces) const {
  const std::string path = PathOf(name);
  std::string temporary;
  int fd = -1;
  for (int i = 0; fd < 0; ++i) {
    temporary = absl::StrCat(path, std::string(kTemporary), getpid(), "-", i);
    fd = open(temporary.c_str(),
              O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno != EEXIST) return FileError(errno, path, "write");
  }
  absl::Status status = WriteStagePiece(fd, path, name, plan_, write);
  if (status.ok() && fsync(fd) != 0) {
    status = FileError(errno, path, "write");
  }
  if (close(fd) != 0) status.Update(FileError(errno, path, "write"));
  if (status.ok() && replaces &&
      std::rename(temporary.c_str(), path.c_str()) != 0) {
    status = FileError(errno, path, "write");
  }
  // Where several begin at once, the first has its way.
  if (status.ok() && !replaces && link(temporary.c_str(), path.c_str()) != 0 &&
      errno != EEXIST) {
    status = FileError(errno, path, "write");
  }
  if (!status.ok() || !replaces) unlink(temporary.c_str());
  // A piece that a crash takes is made again.
  if (status.ok()) SyncFolder(path_).IgnoreError();
  return status;
}

absl::Status StageFolder::Clear() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().native();
    if (IsPieceName(name) && IsStagePiece(PathOf(name))) names.push_back(name);
  }
  if (error) return FileError(error.value(), path_, "read");
  names.emplace_back(kPlan);
  names.emplace_back(kLock);
  for (const std::string& name : names) {
    if (unlink(PathOf(name).c_str()) != 0 && errno != ENOENT) {
      return FileError(errno, PathOf(name), "remove");
    }
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
