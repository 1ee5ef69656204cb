#include "io/input_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <new>
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
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot read ",
                          path == "-" ? std::string("standard input") : path));
}

absl::Status AddFolder(const fs::path& folder, std::vector<InputPath>* inputs) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator it(
      folder, fs::directory_options::follow_directory_symlink, error);
  // The folders that the walk is in, so that no link leads it in a circle.
  std::vector<fs::path> above = {fs::weakly_canonical(folder, error)};
  for (; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    std::error_code ignored;  // a dangling link is no text file
    if (it->is_directory(ignored)) {
      above.resize(static_cast<size_t>(it.depth()) + 1);
      fs::path entered = fs::weakly_canonical(it->path(), ignored);
      if (std::find(above.begin(), above.end(), entered) != above.end()) {
        it.disable_recursion_pending();
      }
      above.push_back(std::move(entered));
    }
    if (EndsWith(it->path().native(), ".txt") && it->is_regular_file(ignored)) {
      found.push_back(it->path().native());
    }
  }
  if (error) return ErrnoStatus(error.value(), folder.native());
  if (found.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no text files (.txt) in folder ", folder.native(),
                     "; files of JSON Lines are to be named themselves"));
  }
  std::sort(found.begin(), found.end());
  for (std::string& path : found) {
    std::string below = fs::path(path).lexically_relative(folder).native();
    inputs->push_back({std::move(path), std::move(below)});
  }
  return absl::OkStatus();
}

// A buffer of `size` bytes and the padding, for a file to fill: not zeroed
// first, and of large pages where it is large, since taking memory a small
// page at a time costs as much as reading the file.
InputBuffer NewBuffer(size_t size) {
  constexpr size_t kLargePage = size_t{2} << 20;
  constexpr size_t kSmall = 64;
  const size_t alignment = size >= 2 * kLargePage ? kLargePage : kSmall;
  const size_t bytes =
      (size + kInputPadding + alignment - 1) / alignment * alignment;
  void* const memory = std::aligned_alloc(alignment, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  // A hint: what the system makes of it is its own affair.
  if (alignment == kLargePage) madvise(memory, bytes, MADV_HUGEPAGE);
  return InputBuffer(static_cast<char*>(memory));
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

void FreeMemory::operator()(char* memory) const { std::free(memory); }

InputBytes::InputBytes(InputBuffer buffer, size_t size)
    : buffer_(std::move(buffer)), size_(size) {
  std::memset(buffer_.get() + size, 0, kInputPadding);
  if (view().substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    begin_ = kByteOrderMark.size();
    size_ -= begin_;
  }
}

InputBytes::InputBytes(std::string_view bytes)
    : buffer_(NewBuffer(bytes.size())), size_(bytes.size()) {
  bytes.copy(buffer_.get(), bytes.size());
  std::memset(buffer_.get() + size_, 0, kInputPadding);
}

absl::StatusOr<InputBytes> ReadInput(const std::string& path) {
  const bool standard = path == "-";
  const FileDescriptor file(
      standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC),
      !standard);
  if (file.get() < 0) return ErrnoStatus(errno, path);
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return ErrnoStatus(errno, path);
  constexpr size_t kLeastRoom = 4096;
  // One byte more than there are, so that the end is seen without growing.
  size_t room = S_ISREG(info.st_mode) && info.st_size > 0
                    ? static_cast<size_t>(info.st_size) + 1
                    : kLeastRoom;
  InputBuffer buffer = NewBuffer(room);
  size_t size = 0;
  while (true) {
    if (size == room) {
      InputBuffer larger = NewBuffer(room * 2);
      std::memcpy(larger.get(), buffer.get(), size);
      buffer = std::move(larger);
      room *= 2;
    }
    const ssize_t count = read(file.get(), buffer.get() + size, room - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoStatus(errno, path);
    if (count == 0) break;
    size += static_cast<size_t>(count);
  }
  return InputBytes(std::move(buffer), size);
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
