// Changes of an index, one at a time; what waits is written together.

#ifndef WIRECOPY_CLI_SERVE_GROUP_WRITER_H_
#define WIRECOPY_CLI_SERVE_GROUP_WRITER_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "wirecopy/index.h"

namespace wirecopy::cli {

// Each change of an index waits for the disk. Threads that come while one is
// under way are served by a single change, by the first of them (group commit,
// DeWitt et al. 1984). Thread-safe.
class GroupWriter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Both must outlive the writer. `failed` is called once, by the thread whose
  // change failed: from then on nothing is changed any more.
  GroupWriter(Index* index, std::function<void(const absl::Status&)> failed);

  // As Index::Add; documents of one call stay in order and together.
  // DeadlineExceeded, and nothing was added, where others were still being
  // written at `latest`; what has begun by then is finished.
  absl::StatusOr<std::vector<IndexAnswer>> Add(
      std::span<const Document> documents, Time latest);

  // As Index::Remove, and the same of `latest`.
  absl::StatusOr<std::vector<bool>> Remove(std::span<const DocumentId> ids,
                                           Time latest);

 private:
  struct Waiting {
    std::span<const Document> documents;
    std::vector<IndexAnswer> answers;
    absl::Status status;
    bool has_begun = false;
    bool is_done = false;
  };

  // Additions and removals take turns where both wait. Under the mutex.
  bool IsTurnOfAdditions() const {
    return !is_busy_ && (removals_ == 0 || was_removal_);
  }
  bool IsTurnOfRemovals() const {
    return !is_busy_ && (waiting_.empty() || !was_removal_);
  }
  // Some of those that wait, in order; at least the first. Under the mutex.
  std::vector<Waiting*> TakeSome();
  void AddTogether(std::span<Waiting* const> group);
  absl::Status TryToAdd(std::span<Waiting* const> group);
  absl::StatusOr<std::vector<bool>> TryToRemove(
      std::span<const DocumentId> ids);
  void Fail(const absl::Status& status);

  Index& index_;
  const std::function<void(const absl::Status&)> failed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting*> waiting_;
  int removals_ = 0;          // that wait, and the one that is done
  bool was_removal_ = false;  // what was done last
  bool is_busy_ = false;
  absl::Status failure_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_GROUP_WRITER_H_
