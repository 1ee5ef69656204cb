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

namespace wirecopy {

enum class InputFormat {
  kAuto,   // by the name's ending, else by the first byte
  kJsonl,  // a document a line
  kText,   // a document a file
};

// One file to read.
struct InputPath {
  std::string path;       // as errors and default ids name it; "-" for stdin
  std::string in_folder;  // the path below the folder it was found in, or empty
};

// Expands folders into their text files (.txt, .txt.gz, .txt.zst), recursive,
// in path order;
// everything else stands for itself. NotFound, PermissionDenied or
// InvalidArgument (a folder without text files) name the path.
absl::StatusOr<std::vector<InputPath>> ExpandInputs(
    const std::vector<std::string>& paths);

// A name without an ending that says how the file is compressed.
std::string_view WithoutCompression(std::string_view name);

// What an input holds, from the beginning, decompressed.
struct OpenedInput {
  std::unique_ptr<PeekStream> stream;
  // A regular file without compression: any place of it can be read again.
  bool can_be_read_again = false;
};

// One input, looked at, and what a scan has read of it.
struct InputFile {
  std::string path;  // as the system knows it
  // As errors and ids name it: well-formed UTF-8.
  InputPath name;
  bool is_jsonl = false;
  bool is_pipe = false;  // or anything else that cannot be opened twice
  uint64_t size = 0;     // of the file; 0 for a pipe
  // Of a pipe, as far as looking at it has come.
  std::optional<OpenedInput> pipe;
  Contents contents;
};

// Finds out what an input is; reads no more of it than its format takes.
absl::StatusOr<InputFile> OpenInput(const InputPath& input, InputFormat format);

// Opens the input to be read; a pipe once.
absl::StatusOr<OpenedInput> OpenToRead(InputFile* file);

// Passes over a byte-order mark; returns its size or 0.
absl::StatusOr<size_t> SkipByteOrderMark(PeekStream* stream);

// Reads a whole stream into `buffer`; returns the number of bytes.
absl::StatusOr<size_t> ReadAll(InputStream* stream, ByteBuffer* buffer);

// Whether a file with this name that begins like this holds JSON Lines.
bool IsJsonl(std::string_view path, std::string_view beginning,
             InputFormat format);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_INPUT_FILE_H_
