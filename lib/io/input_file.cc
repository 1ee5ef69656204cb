#include "io/input_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/decompress.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kWhiteSpace = " \t\r\n";

bool EndsWith(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() &&
         name.substr(name.size() - ending.size()) == ending;
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
    if (EndsWith(WithoutCompression(it->path().native()), ".txt") &&
        it->is_regular_file(ignored)) {
      found.push_back(it->path().native());
    }
  }
  if (error) {
    return absl::ErrnoToStatus(error.value(),
                               absl::StrCat("cannot read ", folder.native()));
  }
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

// Names of files may be any bytes, but ids and records are UTF-8.
std::string WellFormed(const std::string& name) {
  std::string repaired;
  RepairUtf8(name, &repaired);
  return repaired;
}

absl::StatusOr<OpenedInput> Decompressed(FileHandle handle, bool reads_ahead) {
  const std::string path = handle.path();
  const bool is_regular = handle.IsRegular();
  auto stream = std::make_unique<PeekStream>(NewFileStream(std::move(handle)));
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view magic,
                            stream->Peek(kCompressionMagic));
  const Compression compression = CompressionOf(magic);
  if (compression == Compression::kNone) {
    return OpenedInput{std::move(stream), is_regular};
  }
  std::unique_ptr<InputStream> plain =
      NewDecompressor(compression, std::move(stream), path);
  if (reads_ahead) plain = NewReadAheadStream(std::move(plain));
  return OpenedInput{std::make_unique<PeekStream>(std::move(plain)), false};
}

// What a stream begins with, up to its first character that is no white space:
// enough to tell JSON Lines from text.
absl::StatusOr<std::string_view> Beginning(PeekStream* stream) {
  constexpr size_t kFirstLook = 256;
  constexpr size_t kLastLook = size_t{1} << 16;
  for (size_t size = kFirstLook;; size *= 2) {
    WIRECOPY_ASSIGN_OR_RETURN(std::string_view ahead, stream->Peek(size));
    const bool is_whole = ahead.size() < size;
    if (ahead.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      ahead.remove_prefix(kByteOrderMark.size());
    }
    if (is_whole || size >= kLastLook ||
        ahead.find_first_not_of(kWhiteSpace) != std::string_view::npos) {
      return ahead;
    }
  }
}

}  // namespace

std::string_view WithoutCompression(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst", ".zstd"}) {
    if (EndsWith(name, ending)) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return name;
}

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

absl::StatusOr<InputFile> OpenInput(const InputPath& input,
                                    InputFormat format) {
  WIRECOPY_ASSIGN_OR_RETURN(FileHandle handle, FileHandle::Open(input.path));
  InputFile file;
  file.path = input.path;
  file.name = {WellFormed(input.path), WellFormed(input.in_folder)};
  file.is_pipe = !handle.IsRegular();
  if (!file.is_pipe) file.size = handle.stamp().size;
  if (!input.in_folder.empty()) return file;
  WIRECOPY_ASSIGN_OR_RETURN(OpenedInput opened,
                            Decompressed(std::move(handle), file.is_pipe));
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view beginning,
                            Beginning(opened.stream.get()));
  // A pipe that brings nothing brings no documents.
  const bool is_silent = file.is_pipe && beginning.empty();
  file.is_jsonl = (is_silent && format == InputFormat::kAuto) ||
                  IsJsonl(input.path, beginning, format);
  if (file.is_pipe) file.pipe = std::move(opened);
  return file;
}

absl::StatusOr<OpenedInput> OpenToRead(InputFile* file) {
  if (file->pipe) return *std::exchange(file->pipe, std::nullopt);
  WIRECOPY_ASSIGN_OR_RETURN(FileHandle handle, FileHandle::Open(file->path));
  // One document's file is small, and a thread for it would cost more.
  return Decompressed(std::move(handle), file->is_jsonl);
}

absl::StatusOr<size_t> SkipByteOrderMark(PeekStream* stream) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view ahead,
                            stream->Peek(kByteOrderMark.size()));
  if (ahead != kByteOrderMark) return 0;
  char mark[kByteOrderMark.size()];
  return stream->Read(mark, sizeof mark);
}

absl::StatusOr<size_t> ReadAll(InputStream* stream, ByteBuffer* buffer) {
  constexpr size_t kLeastRoom = 4096;
  buffer->Reserve(kLeastRoom);
  size_t size = 0;
  while (true) {
    const size_t room = buffer->capacity() - size;
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                              stream->Read(buffer->data() + size, room));
    size += count;
    if (count < room) return size;
    buffer->Reserve(buffer->capacity() * 2);
  }
}

bool IsJsonl(std::string_view path, std::string_view beginning,
             InputFormat format) {
  if (format != InputFormat::kAuto) return format == InputFormat::kJsonl;
  const std::string_view name = WithoutCompression(path);
  for (const char* ending : {".jsonl", ".ndjson", ".json"}) {
    if (EndsWith(name, ending)) return true;
  }
  if (EndsWith(name, ".txt")) return false;
  const size_t first = beginning.find_first_not_of(kWhiteSpace);
  return first != std::string_view::npos && beginning[first] == '{';
}

}  // namespace wirecopy
