// A folder in which long work keeps what it has done: docs/stages.md defines
// its files.

#ifndef WIRECOPY_BASE_STAGE_FOLDER_H_
#define WIRECOPY_BASE_STAGE_FOLDER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/hash.h"
#include "base/stage_piece.h"

namespace wirecopy {

// Pieces appear under their names when they are whole and on disk, each with a
// checksum, so that the name says that its work is done. Thread-safe; several
// processes, on several machines, may use one folder at once: two that save the
// same piece do each other no harm.
class StageFolder {
 public:
  // Whether other processes may be at work there too.
  enum class Use { kAlone, kShared };

  // Makes the folder where it is missing. `plan` is all that the work depends
  // on, a line each, with a colon behind what the line is of.
  // FailedPrecondition where the folder was begun with another plan, which
  // names the first line that differs, where it holds what is no piece, or
  // where another process has it alone.
  static absl::StatusOr<std::unique_ptr<StageFolder>> Open(
      const std::string& path, const std::string& plan, Use use);
  // The plan of a folder that was begun. FailedPrecondition where none was.
  static absl::StatusOr<std::string> PlanOf(const std::string& path);
  ~StageFolder();
  StageFolder(const StageFolder&) = delete;
  StageFolder& operator=(const StageFolder&) = delete;

  // Names are of letters, digits, dots and dashes, and begin with a stage's.
  bool Has(const std::string& name) const;
  // NotFound where there is no such piece, DataLoss, which names the file,
  // where it is damaged or another run's.
  absl::StatusOr<std::unique_ptr<StagePiece>> Find(
      const std::string& name) const;
  // The same, all of it at once.
  absl::StatusOr<std::string> Load(const std::string& name) const;
  absl::Status Save(const std::string& name, const WritePiece& write) const;
  absl::Status Save(const std::string& name, std::string_view bytes) const;

  // Removes all that the folder has of this work, the plan last.
  absl::Status Clear();

  const std::string& path() const { return path_; }

 private:
  explicit StageFolder(std::string path) : path_(std::move(path)) {}
  std::string PathOf(const std::string& name) const;
  absl::Status Lock();
  bool HoldsLock(const std::string& path) const;
  void RemoveTemporaries() const;
  absl::Status Begin(const std::string& plan);
  absl::Status CheckPlan(const std::string& plan) const;
  absl::Status CheckEmpty() const;
  absl::Status Write(const std::string& name, const WritePiece& write,
                     bool replaces) const;

  const std::string path_;
  Hash128Value plan_;  // zero until the plan is there
  int lock_ = -1;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_STAGE_FOLDER_H_
