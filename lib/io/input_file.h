// Finding and reading input.

#ifndef WIRECOPY_IO_INPUT_FILE_H_
#define WIRECOPY_IO_INPUT_FILE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

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

// Expands folders into their text files (.txt), recursive, in path order;
// everything else stands for itself. NotFound, PermissionDenied or
// InvalidArgument (a folder without text files) name the path.
absl::StatusOr<std::vector<InputPath>> ExpandInputs(
    const std::vector<std::string>& paths);

// Bytes that may be read behind the end of ReadInput's contents.
inline constexpr size_t kInputPadding = 64;

struct FreeMemory {
  void operator()(char* memory) const;
};
using InputBuffer = std::unique_ptr<char, FreeMemory>;

// A file in memory. Read, not mapped: a mapped file that shrinks under us
// would end the process.
class InputBytes {
 public:
  // Takes `size` bytes of a buffer that is kInputPadding bytes longer.
  InputBytes(InputBuffer buffer, size_t size);
  explicit InputBytes(std::string_view bytes);

  // Followed by kInputPadding readable bytes; without a byte-order mark.
  std::string_view view() const { return {buffer_.get() + begin_, size_}; }

 private:
  InputBuffer buffer_;
  size_t begin_ = 0;
  size_t size_ = 0;
};

absl::StatusOr<InputBytes> ReadInput(const std::string& path);

// Whether a file with this name and contents holds JSON Lines.
bool IsJsonl(std::string_view path, std::string_view contents,
             InputFormat format);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_INPUT_FILE_H_
