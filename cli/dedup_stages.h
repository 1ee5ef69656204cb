// wirecopy dedup --checkpoint and --stage: work that is kept as it is done.

#ifndef WIRECOPY_CLI_DEDUP_STAGES_H_
#define WIRECOPY_CLI_DEDUP_STAGES_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/stage_folder.h"
#include "cli/cli11.h"
#include "cli/match_options.h"
#include "engine/stages.h"
#include "io/corpus.h"
#include "wirecopy/dedup.h"

namespace wirecopy::cli {

struct DedupStageArguments {
  std::string checkpoint;  // a folder; empty for none
  std::string stage;       // empty where all is done at once
  std::string shard;       // "2/7"
  std::string folder;

  bool AreUsed() const { return !checkpoint.empty() || !stage.empty(); }
  // Whether there is nothing to write beside the stage itself.
  bool IsShard() const { return !stage.empty() && stage != "merge"; }
};

void AddDedupStageOptions(CLI::App* command, DedupStageArguments* arguments);

// Options that would do nothing, or that stages cannot go with, are errors.
absl::Status CheckDedupStageOptions(const CLI::App& command,
                                    const DedupStageArguments& arguments);

// The folder of a run's stages, and what this process does there.
class DedupStages {
 public:
  // Reads none of the corpus. `keep` is what the option has.
  static absl::StatusOr<std::unique_ptr<DedupStages>> Open(
      const DedupStageArguments& arguments, const MatchArguments& match,
      const std::string& keep, const Corpus& corpus);

  // All of a checkpointed run, or a merge.
  absl::StatusOr<DedupResult> Dedup(const DedupOptions& options,
                                    Corpus* corpus);
  // A shard of another stage.
  absl::Status DoShard(const DedupOptions& options, Corpus* corpus);

  // When the answers are where they belong: a checkpoint has done its work.
  absl::Status Finish();

 private:
  DedupStages() = default;
  void LogDamages() const;

  bool quiet_ = false;
  std::optional<StageTask> task_;  // none: a checkpoint
  std::unique_ptr<StageFolder> folder_;
  std::unique_ptr<Stages> stages_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_DEDUP_STAGES_H_
