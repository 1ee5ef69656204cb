// Hands the input out in pieces for threads to scan.

#ifndef WIRECOPY_IO_BLOCK_SOURCE_H_
#define WIRECOPY_IO_BLOCK_SOURCE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
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

// What is read together: whole files, or the records of one plain file that
// begin in a range of its bytes.
struct InputPart {
  static constexpr uint64_t kToTheEnd = ~uint64_t{0};

  size_t first_file = 0;
  size_t end_file = 0;
  // Of the first file, which is then the only one. Records are lines, and no
  // range ends with a byte-order mark, or within it.
  uint64_t begin = 0;
  uint64_t end = kToTheEnd;
};

// A piece: whole records of one file, or several text files, or one record that
// is too long.
struct InputBlock {
  size_t number = 0;  // from the first on, as they are handed out
  size_t part = 0;
  size_t first_file = 0;
  size_t last_file = 0;  // inclusive
  // Of records: where they begin in the file's contents; kInputPadding readable
  // bytes follow them.
  uint64_t begin = 0;
  std::string_view records;
  uint64_t lines_passed = 0;  // line breaks between the last piece and this
  // The record at `begin` is longer than may be; its bytes are not here.
  bool is_too_long = false;
};

// Cuts at the same places for any number of threads. What cannot be read twice
// is kept in the file's contents; of the rest, the contents know the file.
class BlockSource {
 public:
  // Records of more than `max_record` bytes are passed over. What cannot be
  // read twice goes to `scratch`, or to memory where that is null. `progress`
  // may be null. All outlive this.
  BlockSource(std::vector<InputFile>* files, uint64_t max_record,
              ScratchFile* scratch, ProgressListener* progress);

  // What is to be read, and the number of the first piece. To be called before
  // Next. `end_part`, which may be null, hears of each part, by its place in
  // the list, when all its pieces have been handed out: [begin, end). No piece
  // is handed out meanwhile.
  using EndPartCall =
      std::function<void(size_t part, size_t begin, size_t end)>;
  void Begin(std::vector<InputPart> parts, size_t first_block,
             EndPartCall end_part);

  // Lines of JSON that come through a pipe are handed out as they come, in
  // pieces of any size, rather than when a piece is full.
  void TakeAsItComes() { takes_as_it_comes_ = true; }
  // Whether what comes next is written to a pipe now, by whoever may stop.
  bool IsLive() const;
  // Whether Next finds something before so much time is over: of a pipe's lines
  // a whole one. Not beside Next, nor is IsLive.
  bool IsReadyWithin(std::chrono::milliseconds time);

  // The next piece; false after the last. Records are in `buffer`, or in the
  // file's contents. Thread-safe; after an error, every call returns it.
  absl::StatusOr<bool> Next(ByteBuffer* buffer, InputBlock* block);

  // A text file of a piece.
  struct Text {
    uint64_t begin = 0;     // behind a byte-order mark
    std::string_view text;  // in the buffer, or in the file's contents
    bool is_too_long = false;
  };
  // Thread-safe for different files.
  absl::StatusOr<Text> ReadText(size_t part, size_t file, ByteBuffer* buffer);

  // When all of a part is read: bytes of its contents.
  uint64_t PartBytes(size_t part) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return bytes_[part];
  }
  // And what Next took, without waiting for its turn.
  double read_seconds() const {
    return std::chrono::duration<double>(read_time_).count();
  }

 private:
  absl::StatusOr<bool> TakeNext(ByteBuffer* buffer, InputBlock* block);
  absl::StatusOr<bool> TakeNextOfPart(ByteBuffer* buffer, InputBlock* block);
  absl::StatusOr<bool> TakeRecords(ByteBuffer* buffer, InputBlock* block);
  absl::Status BeginFile(InputFile* file);
  absl::Status SkipToRange();
  void CutAtRange(InputBlock* block);
  absl::Status TakeHeader(ByteBuffer* buffer, InputFile* file);
  absl::StatusOr<bool> FillWithRecords(InputFormat format, ByteBuffer* buffer,
                                       InputBlock* block);
  absl::StatusOr<size_t> ReadInto(char* out, size_t room);
  bool HasLineWithin(std::chrono::milliseconds time);
  absl::Status PassOverRecord(InputFormat format, size_t in_buffer,
                              ByteBuffer* buffer);
  void NoteContentsSize(InputFile* file) const;
  void EndFile(InputFile* file);
  void TakeTextFiles(InputBlock* block);
  std::string_view Keep(uint64_t begin, std::string_view bytes,
                        ByteBuffer* buffer, InputFile* file) const;
  void Advance();

  std::vector<InputFile>& files_;
  const uint64_t max_record_;
  ScratchFile* const scratch_;
  ProgressListener* const progress_;
  std::mutex mutex_;
  absl::Status error_;
  std::vector<InputPart> parts_;
  EndPartCall end_part_;
  bool takes_as_it_comes_ = false;
  size_t part_ = 0;        // the one that is being read
  size_t part_begin_ = 0;  // its first piece
  size_t next_file_ = 0;
  size_t next_block_ = 0;
  size_t files_kept_open_ = 0;
  uint64_t total_ = 0;           // bytes of all files
  uint64_t finished_ = 0;        // of the files that are read
  std::vector<uint64_t> bytes_;  // by part
  std::chrono::steady_clock::duration read_time_{0};

  // Of the file of records that is being read.
  std::unique_ptr<PeekStream> stream_;
  bool can_be_read_again_ = false;
  bool takes_some_ = false;  // of what comes, not all that there is room for
  bool stream_ended_ = false;
  uint64_t range_begin_ = 0;  // where the first record begins
  uint64_t offset_ = 0;
  uint64_t lines_passed_ = 0;
  std::string carry_;  // what the last piece left over
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_BLOCK_SOURCE_H_
