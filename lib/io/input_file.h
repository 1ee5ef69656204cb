// Finding and reading input.

#ifndef WIRECOPY_IO_INPUT_FILE_H_
#define WIRECOPY_IO_INPUT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/byte_buffer.h"
#include "io/contents.h"
#include "io/input_stream.h"
#include "io/record_format.h"

namespace wirecopy {

// One file to read.
struct InputPath {
  std::string path;       // as errors and default ids name it; "-" for stdin
  std::string in_folder;  // the path below the folder it was found in, or empty
};

// Expands folders into their text files (.txt, .txt.gz, .txt.zst), recursive,
// in path order;
// patterns in the shell's way (*, ?, [...]) that no file is called by into the
// files that they match, in their order; everything else stands for itself.
// NotFound, PermissionDenied or
// InvalidArgument (a folder without text files) name the path.
absl::StatusOr<std::vector<InputPath>> ExpandInputs(
    const std::vector<std::string>& paths);

// A name without an ending that says how the file is compressed.
std::string_view WithoutCompression(std::string_view name);

// What an input holds, from the beginning, decompressed.
struct OpenedInput {
  std::unique_ptr<PeekStream> stream;
  // Where any place of it can be read again, which takes a regular file without
  // compression: that file. Else null.
  std::shared_ptr<const FileHandle> file;
};

// One input, looked at, and what a scan has read of it.
struct InputFile {
  std::string path;  // as the system knows it
  // As errors and ids name it: well-formed UTF-8.
  InputPath name;
  InputFormat format = InputFormat::kText;  // never kAuto
  bool is_pipe = false;  // or anything else that cannot be opened twice
  FileStamp stamp;       // of a file, as it was when it was looked at
  // Of a pipe, as far as looking at it has come.
  std::optional<OpenedInput> pipe;
  // What the scan finds out.
  Contents contents;
  std::string header;          // the row of names, where the format has one
  uint64_t contents_size = 0;  // where it is not one text
};

// Finds out what an input is; reads no more of it than its format takes. Of
// `text_field` FormatOf says what for.
absl::StatusOr<InputFile> OpenInput(const InputPath& input, InputFormat format,
                                    std::string_view text_field = "text");

// Opens the input to be read; a pipe once. FailedPrecondition where a file is
// no longer what OpenInput saw.
absl::StatusOr<OpenedInput> OpenToRead(InputFile* file);

// Passes over a byte-order mark; returns its size or 0.
absl::StatusOr<size_t> SkipByteOrderMark(PeekStream* stream);

// Reads a whole stream into `buffer`, but little more than `most` bytes;
// returns the number of bytes.
absl::StatusOr<size_t> ReadAll(InputStream* stream, size_t most,
                               ByteBuffer* buffer);

// The format of a file with this name that begins like this. Where neither its
// ending nor anything else says so, it is a table if its first row has several
// names, and one of them is the text's.
InputFormat FormatOf(std::string_view path, std::string_view beginning,
                     std::string_view text_field = "text");

}  // namespace wirecopy

#endif  // WIRECOPY_IO_INPUT_FILE_H_
