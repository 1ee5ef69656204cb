// Hands the input out in pieces for threads to scan.

#ifndef WIRECOPY_IO_BLOCK_SOURCE_H_
#define WIRECOPY_IO_BLOCK_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/byte_buffer.h"
#include "io/input_file.h"
#include "wirecopy/document.h"

namespace wirecopy {

// A piece: whole lines of one file of JSON Lines, or several text files.
struct InputBlock {
  size_t number = 0;  // from 0, in input order
  size_t first_file = 0;
  size_t last_file = 0;  // inclusive
  // Of JSON Lines: where they begin in the file's contents; kInputPadding
  // readable bytes follow them.
  uint64_t begin = 0;
  std::string_view lines;
};

// Cuts at the same places for any number of threads. What cannot be read twice
// is kept in the file's contents; of the rest, the contents know the file.
class BlockSource {
 public:
  // `progress` may be null. Both outlive this.
  BlockSource(std::vector<InputFile>* files, ProgressListener* progress);

  // The next piece; false after the last. Lines are in `buffer`, or in the
  // file's contents. Thread-safe; after an error, every call returns it.
  absl::StatusOr<bool> Next(ByteBuffer* buffer, InputBlock* block);

  // Reads a whole text file of a piece: its text, in `buffer` or in the file's
  // contents, begins at `begin`, behind a byte-order mark. Thread-safe for
  // different files.
  absl::StatusOr<std::string_view> ReadText(size_t file, ByteBuffer* buffer,
                                            uint64_t* begin);

  // When all is read: bytes of all contents, and of each file of JSON Lines.
  uint64_t bytes() const { return bytes_; }
  const std::vector<uint64_t>& contents_sizes() const {
    return contents_sizes_;
  }

 private:
  absl::StatusOr<bool> TakeNext(ByteBuffer* buffer, InputBlock* block);
  absl::Status BeginLines(InputFile* file);
  absl::StatusOr<size_t> FillWithLines(ByteBuffer* buffer);
  void TakeTextFiles(InputBlock* block);
  void Advance();

  std::vector<InputFile>& files_;
  ProgressListener* const progress_;
  std::mutex mutex_;
  absl::Status error_;
  size_t next_file_ = 0;
  size_t next_block_ = 0;
  uint64_t total_ = 0;     // bytes of all files
  uint64_t finished_ = 0;  // of the files that are read
  uint64_t bytes_ = 0;
  std::vector<uint64_t> contents_sizes_;  // by file

  // Of the file of lines that is being read.
  std::unique_ptr<PeekStream> stream_;
  bool can_be_read_again_ = false;
  bool stream_ended_ = false;
  uint64_t offset_ = 0;
  std::string carry_;  // the beginning of a line, from the last piece
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_BLOCK_SOURCE_H_
