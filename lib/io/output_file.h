// Output that appears under its name only when it is whole.

#ifndef WIRECOPY_IO_OUTPUT_FILE_H_
#define WIRECOPY_IO_OUTPUT_FILE_H_

#include <sys/types.h>
#include <sys/uio.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/temporary_files.h"

namespace wirecopy {

// Writes to a file beside the named one and moves it there on Commit; without
// a Commit nothing of it stays. Where the name is a link to a file, that file
// is the one. Standard output ("-"), whatever else names a file descriptor
// (/dev/stderr, /dev/fd/3), and whatever exists and is no regular file (a pipe,
// a terminal) is written to directly.
class OutputFile {
 public:
  static absl::StatusOr<std::unique_ptr<OutputFile>> Open(
      const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Has Finish wait until all is on disk, and Commit until its name is: for
  // whoever then gives up what it could be made from again.
  void SetDurable();

  // Removes what runs that were killed have left beside the file that this
  // names: files of the names that Open makes, of processes that are no more,
  // and that nobody holds as durable.
  static void RemoveLeftBehind(const std::string& path);

  // Buffered. An error is kept: later writes and Commit return it too.
  absl::Status Write(std::string_view bytes);

  // The same for bytes that only the system may look at (io/mapped_bytes.h),
  // and without a buffer: one part after another.
  absl::Status WriteUnseen(std::span<const std::string_view> parts);

  // Writes what is buffered: whoever reads a pipe has it now.
  absl::Status Flush();

  // Flushes and closes: what can fail has then failed, for a run that writes
  // several files, before the first of them gets its name.
  absl::Status Finish();

  // Finishes, and moves the file to its name. To be called once.
  absl::Status Commit();

 private:
  explicit OutputFile(std::string path) : path_(std::move(path)) {}
  void OpenTemporary(const std::string& target, mode_t mode);
  absl::Status WriteNow(std::string_view bytes);
  absl::Status WriteVectors(std::span<iovec> left);
  absl::Status Fail(int error);

  std::string path_;
  std::string target_;     // the path with its last links followed
  std::string temporary_;  // empty where written to directly
  std::unique_ptr<TemporaryName> temporary_name_;  // null likewise
  int fd_ = -1;
  bool is_durable_ = false;
  std::string buffer_;
  absl::Status status_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_OUTPUT_FILE_H_
