// What a scan has read of a file, to be read again at any place.

#ifndef WIRECOPY_IO_CONTENTS_H_
#define WIRECOPY_IO_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/scratch_file.h"
#include "io/byte_buffer.h"
#include "io/file_handle.h"

namespace wirecopy {

// Either the file itself, which is read again where it lies (the system keeps
// it in memory if there is room, and nobody takes the room from others), or,
// for what cannot be read twice, a copy in memory or in a scratch file. Reading
// is thread-safe.
//
// A file is read, and mapped only for the system to copy from: whoever looks at
// a mapped file that shrinks ends the process.
class Contents {
 public:
  // Nothing, to which Keep adds.
  Contents() = default;

  // The regular file that `file` has open. Keeps it open, or opens it again
  // for each read: a process may not have many files open.
  static Contents OfFile(std::shared_ptr<const FileHandle> file,
                         bool keep_open);

  // A regular file, not looked at now, that is to be as `stamp` has it.
  static Contents OfFile(const std::string& path, const FileStamp& stamp);

  // Adds bytes that begin at `begin`, and says where they are now; calls come
  // in rising order.
  std::string_view Keep(uint64_t begin, ByteBuffer buffer, size_t size);

  // The same, with a copy in `scratch`, which outlives this. For contents that
  // keep nothing in memory.
  void Keep(uint64_t begin, std::string_view bytes, ScratchFile* scratch);

  // Gives up what was kept in memory before `begin`.
  void Forget(uint64_t begin);

  // The bytes [begin, begin + size), kInputPadding readable ones after them:
  // in memory already, or read into `scratch`. Of what was kept, a range lies
  // within one call of Keep; DataLoss where it does not.
  absl::StatusOr<std::string_view> Read(uint64_t begin, size_t size,
                                        ByteBuffer* scratch) const;

  // Bytes of a file for the system to copy. They stay when the contents go.
  absl::StatusOr<MappedBytes> Map(uint64_t begin, size_t size) const;

  // Whether each Read is one of the file.
  bool IsFile() const { return !path_.empty(); }
  // Whether there is anything to read.
  bool IsKnown() const { return IsFile() || !chunks_.empty(); }

  // Whether the file is still what was scanned.
  absl::Status CheckUnchanged() const;

 private:
  struct Chunk {
    uint64_t begin;
    uint64_t size;
    ByteBuffer buffer;   // without a scratch file
    uint64_t place = 0;  // in the scratch file
  };

  // The file, opened again, when it is still the same.
  absl::StatusOr<FileHandle> Reopen() const;

  std::string path_;  // empty for what is in memory
  FileStamp stamp_;
  std::shared_ptr<const FileHandle> file_;  // null where not kept open
  std::vector<Chunk> chunks_;
  ScratchFile* kept_in_ = nullptr;  // null for memory
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CONTENTS_H_
