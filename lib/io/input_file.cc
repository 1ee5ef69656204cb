#include "io/input_file.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/csv_record.h"
#include "io/decompress.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::string_view kWarcMark = "WARC/1.";

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
  fs::path at = folder;  // what the walk enters next, if it is a folder
  for (; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    at = it->path();
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
                               absl::StrCat("cannot read ", at.native()));
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

absl::Status AddPath(const std::string& path, std::vector<InputPath>* inputs) {
  std::error_code error;
  if (path != "-" && fs::is_directory(path, error)) {
    return AddFolder(path, inputs);
  }
  inputs->push_back({path, ""});
  return absl::OkStatus();
}

// Whether a name that no file has is a pattern of the shell's.
bool IsPattern(const std::string& path) {
  std::error_code error;
  return path.find_first_of("*?[") != std::string::npos &&
         !fs::exists(path, error);
}

absl::StatusOr<std::vector<std::string>> Matches(const std::string& pattern) {
  glob_t found = {};
  const int result = glob(pattern.c_str(), GLOB_ERR, nullptr, &found);
  std::vector<std::string> paths(found.gl_pathv,
                                 found.gl_pathv + found.gl_pathc);
  globfree(&found);
  if (result == 0) return paths;
  if (result == GLOB_NOMATCH) {
    return absl::NotFoundError(
        absl::StrCat("no file has a name like ", pattern));
  }
  return absl::UnknownError(
      absl::StrCat("cannot look for files named like ", pattern));
}

absl::StatusOr<std::shared_ptr<FileHandle>> OpenShared(
    const std::string& path) {
  WIRECOPY_ASSIGN_OR_RETURN(FileHandle handle, FileHandle::Open(path));
  return std::make_shared<FileHandle>(std::move(handle));
}

absl::StatusOr<OpenedInput> Decompressed(std::shared_ptr<FileHandle> handle,
                                         bool reads_ahead) {
  auto stream = std::make_unique<PeekStream>(NewFileStream(handle));
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view magic,
                            stream->Peek(kCompressionMagic));
  const Compression compression = CompressionOf(magic);
  if (compression == Compression::kNone) {
    if (!handle->IsRegular()) handle = nullptr;
    return OpenedInput{std::move(stream), std::move(handle)};
  }
  std::unique_ptr<InputStream> plain =
      NewDecompressor(compression, std::move(stream), handle->path());
  if (reads_ahead) plain = NewReadAheadStream(std::move(plain));
  OpenedInput opened;
  opened.stream = std::make_unique<PeekStream>(std::move(plain));
  return opened;
}

// What a stream begins with, up to its first character that is no white space:
// enough to tell JSON Lines from text. Of what `may_be_jsonl`, no more than a
// record has: a pipe may bring the next one much later.
absl::StatusOr<std::string_view> Beginning(PeekStream* stream,
                                           bool may_be_jsonl) {
  constexpr size_t kFirstLook = 8;
  // For everything else, where a line has ended: it may be a row of names.
  constexpr size_t kEnough = 256;
  constexpr size_t kLastLook = size_t{1} << 16;
  for (size_t size = kFirstLook;; size *= 2) {
    WIRECOPY_ASSIGN_OR_RETURN(std::string_view ahead, stream->Peek(size));
    const bool is_whole = ahead.size() < size;
    if (ahead.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      ahead.remove_prefix(kByteOrderMark.size());
    }
    const size_t first = ahead.find_first_not_of(kWhiteSpace);
    const bool is_there = first != std::string_view::npos;
    if (is_whole || size >= kLastLook ||
        (is_there && ((size >= kEnough &&
                       ahead.find('\n', first) != std::string_view::npos) ||
                      (may_be_jsonl && ahead[first] == '{')))) {
      return ahead;
    }
  }
}

// Whether a table begins like this, whose texts are in a column of this name.
bool HasRowOfNames(std::string_view beginning, std::string_view text_field) {
  beginning.remove_prefix(BlankLinesSize(beginning));
  const char delimiter = DelimiterOf(CsvFormatOf(beginning));
  const size_t size = CsvRowSize(beginning, delimiter, /*at_end=*/false);
  if (size == std::string_view::npos) return false;
  std::vector<std::string> names;
  return SplitCsvRow(beginning.substr(0, size), delimiter, &names).ok() &&
         names.size() > 1 &&
         std::find(names.begin(), names.end(), "") == names.end() &&
         std::find(names.begin(), names.end(), text_field) != names.end();
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
    if (path == "-" || !IsPattern(path)) {
      WIRECOPY_RETURN_IF_ERROR(AddPath(path, &inputs));
      continue;
    }
    WIRECOPY_ASSIGN_OR_RETURN(const std::vector<std::string> matches,
                              Matches(path));
    for (const std::string& match : matches) {
      WIRECOPY_RETURN_IF_ERROR(AddPath(match, &inputs));
    }
  }
  return inputs;
}

absl::StatusOr<InputFile> OpenInput(const InputPath& input, InputFormat format,
                                    std::string_view text_field) {
  WIRECOPY_ASSIGN_OR_RETURN(std::shared_ptr<FileHandle> handle,
                            OpenShared(input.path));
  InputFile file;
  file.path = input.path;
  file.name = {WellFormed(input.path), WellFormed(input.in_folder)};
  file.is_pipe = !handle->IsRegular();
  file.stamp = handle->stamp();
  if (!input.in_folder.empty()) return file;
  const bool is_settled =
      format != InputFormat::kAuto && format != InputFormat::kCsv;
  if (is_settled && !file.is_pipe) {
    file.format = format;
    return file;
  }
  WIRECOPY_ASSIGN_OR_RETURN(OpenedInput opened,
                            Decompressed(std::move(handle), file.is_pipe));
  const bool may_be_jsonl = format == InputFormat::kAuto &&
                            FormatOf(input.path, "{") == InputFormat::kJsonl;
  std::string_view beginning;
  if (!is_settled) {
    WIRECOPY_ASSIGN_OR_RETURN(beginning,
                              Beginning(opened.stream.get(), may_be_jsonl));
  }
  file.format = format;
  if (format == InputFormat::kAuto) {
    // A pipe that brings nothing brings no documents.
    file.format = file.is_pipe && beginning.empty()
                      ? InputFormat::kJsonl
                      : FormatOf(input.path, beginning, text_field);
  }
  if (file.format == InputFormat::kCsv) file.format = CsvFormatOf(beginning);
  if (file.is_pipe) file.pipe = std::move(opened);
  return file;
}

absl::StatusOr<OpenedInput> OpenToRead(InputFile* file) {
  if (file->pipe) return *std::exchange(file->pipe, std::nullopt);
  WIRECOPY_ASSIGN_OR_RETURN(std::shared_ptr<FileHandle> handle,
                            OpenShared(file->path));
  if (handle->stamp() != file->stamp) return ChangedError(file->path);
  // One document's file is small, and a thread for it would cost more.
  return Decompressed(std::move(handle), file->format != InputFormat::kText);
}

absl::StatusOr<size_t> SkipByteOrderMark(PeekStream* stream) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view ahead,
                            stream->Peek(kByteOrderMark.size()));
  if (ahead != kByteOrderMark) return 0;
  char mark[kByteOrderMark.size()];
  return stream->Read(mark, sizeof mark);
}

absl::StatusOr<size_t> ReadAll(InputStream* stream, size_t most,
                               ByteBuffer* buffer) {
  constexpr size_t kLeastRoom = 4096;
  buffer->Reserve(kLeastRoom);
  size_t size = 0;
  while (size <= most) {
    const size_t room = buffer->capacity() - size;
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                              stream->Read(buffer->data() + size, room));
    size += count;
    if (count < room) return size;
    buffer->Reserve(buffer->capacity() * 2);
  }
  return size;
}

InputFormat FormatOf(std::string_view path, std::string_view beginning,
                     std::string_view text_field) {
  const std::string_view name = WithoutCompression(path);
  constexpr std::pair<std::string_view, InputFormat> kEndings[] = {
      {".jsonl", InputFormat::kJsonl}, {".ndjson", InputFormat::kJsonl},
      {".json", InputFormat::kJsonl},  {".txt", InputFormat::kText},
      {".csv", InputFormat::kCsv},     {".tsv", InputFormat::kTsv},
      {".wet", InputFormat::kWet}};
  for (const auto& [ending, format] : kEndings) {
    if (EndsWith(name, ending)) return format;
  }
  if (beginning.substr(0, kWarcMark.size()) == kWarcMark) {
    return InputFormat::kWet;
  }
  const size_t first = beginning.find_first_not_of(kWhiteSpace);
  const bool is_object =
      first != std::string_view::npos && beginning[first] == '{';
  // A first line that is none (of a log, or half a record) is one to reject:
  // all of a crawl must not become one text for it.
  const bool has_object = beginning.find("\n{\"") != std::string_view::npos;
  if (is_object || has_object) return InputFormat::kJsonl;
  return HasRowOfNames(beginning, text_field) ? InputFormat::kCsv
                                              : InputFormat::kText;
}

}  // namespace wirecopy
