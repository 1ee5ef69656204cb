#include "index/seal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/hash.h"
#include "base/status_macros.h"
#include "base/sync_folder.h"

namespace wirecopy {
namespace {

// By name: what is said of each file.
using Files = std::map<std::string, std::string>;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (file.bad() || !file.is_open()) {
    return absl::UnavailableError(absl::StrCat("cannot read ", path));
  }
  return bytes;
}

std::string HashOf(std::string_view bytes) {
  return absl::StrCat(
      absl::Hex(Hash64(bytes.data(), bytes.size(), 0), absl::kZeroPad16));
}

absl::StatusOr<Files> LookAt(const std::string& folder) {
  Files files;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::filesystem::path& path = entry->path();
    const uintmax_t size = std::filesystem::file_size(path, error);
    if (error) break;
    std::string hash = "-";
    if (path.extension() != ".sst") {
      WIRECOPY_ASSIGN_OR_RETURN(const std::string bytes,
                                ReadFile(path.native()));
      hash = HashOf(bytes);
    }
    files[path.filename().native()] = absl::StrCat(size, " ", hash);
  }
  if (!error) return files;
  return absl::UnavailableError(
      absl::StrCat("cannot look at ", folder, ": ", error.message()));
}

// A line a file, and one with the checksum of all of these.
std::string Text(const Files& files) {
  std::string text;
  for (const auto& [name, what] : files) {
    absl::StrAppend(&text, name, " ", what, "\n");
  }
  return absl::StrCat(text, HashOf(text), "\n");
}

absl::Status WriteSynced(const std::string& path, std::string_view bytes) {
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  int error = 0;
  while (error == 0 && !bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) error = errno;
    bytes.remove_prefix(written < 0 ? 0 : static_cast<size_t>(written));
  }
  if (error == 0 && fdatasync(fd) != 0) error = errno;
  close(fd);
  return error == 0 ? absl::OkStatus() : absl::ErrnoToStatus(error, path);
}

absl::Status Damaged(const std::string& path) {
  return absl::DataLossError(absl::StrCat(path, " is damaged"));
}

// The first file of which the two say different things.
absl::Status Compare(const Files& sealed, const Files& found,
                     const std::string& folder) {
  for (const auto& [name, what] : sealed) {
    const auto same = found.find(name);
    const std::string path = absl::StrCat(folder, "/", name);
    if (same == found.end()) {
      return absl::DataLossError(absl::StrCat(path, " is missing"));
    }
    if (same->second != what) return Damaged(path);
  }
  for (const auto& [name, what] : found) {
    if (sealed.contains(name)) continue;
    return absl::DataLossError(
        absl::StrCat(folder, "/", name, " is no file of the index"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteSeal(const std::string& path, const std::string& folder) {
  WIRECOPY_ASSIGN_OR_RETURN(const Files files, LookAt(folder));
  const std::string part = path + ".part";
  WIRECOPY_RETURN_IF_ERROR(WriteSynced(part, Text(files)));
  if (std::rename(part.c_str(), path.c_str()) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, path);
}

absl::Status CheckSeal(const std::string& path, const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return absl::OkStatus();
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  Files sealed;
  for (const auto line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(line, absl::MaxSplits(' ', 1));
    if (!parts.second.empty()) sealed[parts.first] = parts.second;
  }
  if (Text(sealed) != text) return Damaged(path);
  const auto found = LookAt(folder);
  // A writer that came meanwhile has broken the seal before it changed a file.
  const auto now = ReadFile(path);
  if (!now.ok() || *now != text) return absl::OkStatus();
  WIRECOPY_RETURN_IF_ERROR(found.status());
  return Compare(sealed, *found, folder);
}

absl::Status BreakSeal(const std::string& path) {
  if (unlink(path.c_str()) == 0) {
    return SyncFolder(std::filesystem::path(path).parent_path());
  }
  return errno == ENOENT ? absl::OkStatus() : absl::ErrnoToStatus(errno, path);
}

}  // namespace wirecopy
