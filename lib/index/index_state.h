// The parts of an open index.

#ifndef WIRECOPY_INDEX_INDEX_STATE_H_
#define WIRECOPY_INDEX_INDEX_STATE_H_

#include <sys/types.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "index/committed.h"
#include "index/passage_finder.h"
#include "index/recent_sets.h"
#include "index/store.h"
#include "wirecopy/index.h"

namespace wirecopy {

// Where things are in an index's folder.
struct IndexPaths {
  explicit IndexPaths(const std::string& folder)
      : tables(folder + "/tables"),
        committed(folder + "/committed"),
        seal(folder + "/seal") {}

  std::string tables;
  std::string committed;
  std::string seal;
};

struct IndexState {
  IndexState(std::string in_folder, Index::Access with_access,
             IndexOptions with_options, CommittedFile file)
      : folder(std::move(in_folder)),
        paths(folder),
        access(with_access),
        options(with_options),
        committed(std::move(file)) {}

  // Opens what the folder holds.
  absl::Status OpenStore();
  // Whether this is the process that opened it, and not one forked from that,
  // which has neither RocksDB's threads nor a lock of its own.
  bool IsOurs() const { return getpid() == opened_by; }
  // That, and that it has not been closed.
  absl::Status CheckOpen() const;
  // That changes may be made, here.
  absl::Status CheckWritable() const;
  // Brings changes to the disk, after which so many batches are there.
  absl::Status Commit(Store::Changes* changes, uint64_t batches);

  const pid_t opened_by = getpid();
  std::string folder;
  IndexPaths paths;
  Index::Access access;
  IndexOptions options;
  CommittedFile committed;
  std::unique_ptr<Store> store;
  IndexParameters parameters;
  std::unique_ptr<RecentSets> recent_sets;
  std::unique_ptr<PassageFinderPool> finders;
  // After an error, for then it is open what the files hold.
  bool may_write = true;
};

// An error with the folder's name in it.
absl::Status Named(const std::string& folder, const absl::Status& status);

// Files documents under lists that once left them out and have room again, as
// many as these take.
absl::Status Refile(IndexState* state);

// What Index::Verify looks for, but for its files' checksums.
absl::Status VerifyTables(const IndexState& state);

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_INDEX_STATE_H_
