#include "io/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool EndsWith(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() &&
         name.substr(name.size() - ending.size()) == ending;
}

absl::Status ErrnoStatus(int error, const std::string& path) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot read ", path));
}

absl::Status AddFolder(const fs::path& folder,
                       std::vector<InputPath>* inputs) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator it(
      folder, fs::directory_options::follow_directory_symlink, error);
  for (; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    std::error_code ignored;  // a dangling link is no text file
    if (EndsWith(it->path().native(), ".txt") &&
        it->is_regular_file(ignored)) {
      found.push_back(it->path().native());
    }
  }
  if (error) return ErrnoStatus(error.value(), folder.native());
  if (found.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no text files (.txt) in folder ", folder.native()));
  }
  std::sort(found.begin(), found.end());
  for (std::string& path : found) {
    std::string below = fs::path(path).lexically_relative(folder).native();
    inputs->push_back({std::move(path), std::move(below)});
  }
  return absl::OkStatus();
}

// Closes what it holds.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd, bool owned) : fd_(fd), owned_(owned) {}
  ~FileDescriptor() {
    if (owned_ && fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

}  // namespace

absl::StatusOr<std::vector<InputPath>> ExpandInputs(
    const std::vector<std::string>& paths) {
  std::vector<InputPath> inputs;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error)) {
      WIRECOPY_RETURN_IF_ERROR(AddFolder(path, &inputs));
    } else {
      inputs.push_back({path, ""});
    }
  }
  return inputs;
}

InputBytes::InputBytes(std::string bytes) : bytes_(std::move(bytes)) {
  if (std::string_view(bytes_).substr(0, kByteOrderMark.size()) ==
      kByteOrderMark) {
    begin_ = kByteOrderMark.size();
  }
  bytes_.append(kInputPadding, '\0');
}

absl::StatusOr<InputBytes> ReadInput(const std::string& path) {
  const bool standard = path == "-";
  const FileDescriptor file(
      standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC),
      !standard);
  if (file.get() < 0) return ErrnoStatus(errno, path);
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return ErrnoStatus(errno, path);
  constexpr size_t kLeastRoom = size_t{1} << 16;
  std::string bytes;
  // One byte more than there are, so that the end is seen without growing.
  bytes.resize(std::max(
      kLeastRoom, S_ISREG(info.st_mode) ? static_cast<size_t>(info.st_size) +
                                              kInputPadding + 1
                                        : 0));
  size_t size = 0;
  while (true) {
    if (size == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t count =
        read(file.get(), bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoStatus(errno, path);
    if (count == 0) break;
    size += static_cast<size_t>(count);
  }
  bytes.resize(size);
  return InputBytes(std::move(bytes));
}

bool IsJsonl(std::string_view path, std::string_view contents,
             InputFormat format) {
  if (format != InputFormat::kAuto) return format == InputFormat::kJsonl;
  for (const char* ending : {".jsonl", ".ndjson", ".json"}) {
    if (EndsWith(path, ending)) return true;
  }
  if (EndsWith(path, ".txt")) return false;
  const size_t first = contents.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && contents[first] == '{';
}

}  // namespace wirecopy
