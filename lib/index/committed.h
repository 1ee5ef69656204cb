// The number of the last batch that was answered for, kept outside the tables.
//
// A log that was cut off or damaged reads like one whose last batches were
// never written. With the number beside it, what is lost is missed.

#ifndef WIRECOPY_INDEX_COMMITTED_H_
#define WIRECOPY_INDEX_COMMITTED_H_

#include <sys/types.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wirecopy {

// Two places of a file, written in turn, so that one is whole whatever happens
// while the other is written. Holding it for writing locks the index; processes
// that are forked meanwhile do not prolong it. Errors name the file.
class CommittedFile {
 public:
  // Makes the file, with the number 0.
  static absl::Status Create(const std::string& path);

  // FailedPrecondition where another holds it for writing.
  static absl::StatusOr<CommittedFile> Open(const std::string& path,
                                            bool writes);
  CommittedFile(CommittedFile&& other) noexcept;
  CommittedFile& operator=(CommittedFile&&) = delete;
  ~CommittedFile();

  // The larger of the two; DataLoss where neither is whole.
  absl::StatusOr<uint64_t> Read() const;
  // DataLoss where one of them is not what was written.
  absl::Status CheckBoth() const;

  // On disk when it returns. Numbers rise by one.
  absl::Status Write(uint64_t number);

 private:
  CommittedFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::string path_;
  int fd_;
  pid_t opened_by_ = getpid();
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_COMMITTED_H_
