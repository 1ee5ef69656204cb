// Who does which part of a job that is done in stages, and what is done of it.

#ifndef WIRECOPY_ENGINE_STAGES_H_
#define WIRECOPY_ENGINE_STAGES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/stage_folder.h"

namespace wirecopy {

// Each needs all of those before it.
enum class Stage { kSketch, kCandidates, kVerify, kMerge };

std::string_view StageName(Stage stage);

// A shard of a stage, numbered from 0; a merge is one shard.
struct StageTask {
  Stage stage = Stage::kSketch;
  uint32_t shard = 0;
  uint32_t shards = 1;
};

// A piece of work, and whose it is.
struct StageUnit {
  std::string name;
  uint32_t shard = 0;
};

// Units are saved one by one when they are done. A process that has no task
// does whatever is missing of all of them, and makes damaged ones again; one
// with a task does what is missing of its shard's. Thread-safe.
class Stages {
 public:
  // The folder outlives this.
  Stages(const StageFolder& folder, const std::optional<StageTask>& task)
      : folder_(folder), task_(task) {}

  bool HasTask() const { return task_.has_value(); }
  uint32_t shards() const { return task_ ? task_->shards : 1; }
  // Whether this process does nothing beyond a stage.
  bool EndsWith(Stage stage) const { return task_ && task_->stage == stage; }
  // Whether it does the unit if that is missing; else, whether it needs it.
  bool Makes(Stage stage, const StageUnit& unit) const {
    return !task_ || (task_->stage == stage && task_->shard == unit.shard);
  }
  bool Wants(Stage stage, const StageUnit& unit) const {
    return Makes(stage, unit) || task_->stage > stage;
  }

  // Where others do a stage, that they have: FailedPrecondition names the
  // shards that are missing.
  absl::Status CheckDone(Stage stage, std::span<const StageUnit> units) const;

  // What was saved of a unit; null where this process is to do it. Errors name
  // the file.
  absl::StatusOr<std::unique_ptr<StagePiece>> Find(Stage stage,
                                                   const StageUnit& unit);
  absl::Status Save(const StageUnit& unit, const WritePiece& write) const {
    return folder_.Save(unit.name, write);
  }
  // The error of a unit that could not be read, or whose bytes are whole, and
  // make no sense.
  absl::Status Senseless(const StageUnit& unit, const StagePiece& piece) const;

  // What was wrong with those that were made again.
  std::vector<std::string> Damages() const;

 private:
  std::string AdviceFor(Stage stage, const StageUnit& unit) const;

  const StageFolder& folder_;
  const std::optional<StageTask> task_;
  mutable std::mutex mutex_;
  std::vector<std::string> damages_;
};

// Names of units sort as their numbers do.
std::string UnitName(std::string_view kind, size_t number);

// Shards for units of these weights: in runs of about equal weight, which may
// be empty; or the heaviest first, each to the shard that has least so far.
std::vector<uint32_t> DealInRuns(std::span<const uint64_t> weights,
                                 uint32_t shards);
std::vector<uint32_t> DealHeaviestFirst(std::span<const uint64_t> weights,
                                        uint32_t shards);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_STAGES_H_
