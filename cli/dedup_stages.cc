#include "cli/dedup_stages.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "cli/log.h"
#include "cli/option_checks.h"
#include "engine/staged_dedup.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kStagesGroup = "Stages";
constexpr uint32_t kMostShards = 100'000;
constexpr const char* kShards = "shards: ";

const std::map<std::string, Stage> kStages = {
    {"sketch", Stage::kSketch},
    {"candidates", Stage::kCandidates},
    {"verify", Stage::kVerify},
    {"merge", Stage::kMerge}};

// What stages have no use for.
constexpr const char* kAtOnce[] = {"--profile"};
// What a shard does not write.
constexpr const char* kOfMerge[] = {"--output",   "--out-dir", "--removed",
                                    "--clusters", "--stats",   "--rejects"};

// "2/7", numbered from 1.
absl::StatusOr<StageTask> TaskOf(Stage stage, const std::string& shard) {
  StageTask task;
  task.stage = stage;
  const std::vector<std::string> parts = absl::StrSplit(shard, '/');
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &task.shard) ||
      !absl::SimpleAtoi(parts[1], &task.shards) || task.shard < 1 ||
      task.shard > task.shards || task.shards > kMostShards) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--shard ", shard, ": give it as I/N, with I from 1 to N, and N up to ",
        kMostShards));
  }
  --task.shard;
  return task;
}

// A merge is of as many shards as the folder was begun with.
absl::StatusOr<StageTask> MergeOf(const std::string& folder) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string plan,
                            StageFolder::PlanOf(folder));
  StageTask task;
  task.stage = Stage::kMerge;
  for (const absl::string_view line : absl::StrSplit(plan, '\n')) {
    absl::string_view number = line;
    if (absl::ConsumePrefix(&number, kShards) &&
        absl::SimpleAtoi(number, &task.shards) && task.shards >= 1 &&
        task.shards <= kMostShards) {
      return task;
    }
  }
  return absl::FailedPreconditionError(
      absl::StrCat(folder, " is a checkpoint's, not one of --stages"));
}

// As few digits as no other number has.
std::string ExactText(double number) {
  char digits[32];
  const auto [end, error] =
      std::to_chars(std::begin(digits), std::end(digits), number);
  return {digits, end};
}

std::string StampText(const FileStamp& stamp) {
  return absl::StrCat(stamp.size, " bytes, changed at ", stamp.modified_nanos,
                      " ns");
}

// All that the answers depend on, a line each.
absl::StatusOr<std::string> PlanText(const std::optional<StageTask>& task,
                                     const MatchArguments& arguments,
                                     const std::string& keep,
                                     const Corpus& corpus) {
  const MatchOptions& match = arguments.match;
  const CorpusOptions& options = arguments.corpus;
  std::string plan;
  const auto add = [&plan](absl::string_view name, absl::string_view value) {
    absl::StrAppend(&plan, name, ": ", absl::CEscape(value), "\n");
  };
  add("wirecopy", std::string(Version()));
  add(task ? "shards" : "checkpoint",
      task ? absl::StrCat(task->shards) : std::string("of one run"));
  add("threshold", ExactText(match.threshold));
  add("recall", ExactText(match.recall));
  add("shingle", ShingleUnitName(match.shingle.unit));
  add("k", absl::StrCat(match.shingle.k));
  add("seed", absl::StrCat(match.shingle.seed));
  add("keep", keep);
  add("strict", options.strict ? "yes" : "no");
  add("max-document", absl::StrCat(options.max_document));
  add("id-field", options.fields.id);
  add("text-field", options.fields.text);
  add("date-field", options.fields.published);
  if (!options.metadata_path.empty()) {
    const std::optional<FileStamp> table = corpus.MetadataStamp();
    if (!table) {
      return absl::InvalidArgumentError(absl::StrCat(
          options.metadata_path,
          " cannot be read again: stages take a table from a file"));
    }
    add("metadata",
        absl::StrCat(options.metadata_path, ", ", StampText(*table)));
  }
  for (const InputFile& file : corpus.files()) {
    add("input",
        absl::StrCat(file.name.path, " (format ", static_cast<int>(file.format),
                     "), ", StampText(file.stamp)));
  }
  return plan;
}

absl::Status CheckReadableAgain(const Corpus& corpus) {
  for (const InputFile& file : corpus.files()) {
    if (!file.is_pipe) continue;
    const bool is_standard = file.path == "-";
    return absl::InvalidArgumentError(absl::StrCat(
        is_standard ? std::string("standard input") : file.name.path,
        " cannot be read again: --checkpoint and --stage take files"));
  }
  return absl::OkStatus();
}

}  // namespace

void AddDedupStageOptions(CLI::App* command, DedupStageArguments* arguments) {
  command
      ->add_option("--checkpoint", arguments->checkpoint,
                   "keep what is done in this folder, so that a run that was "
                   "stopped goes on where it was; emptied at the end")
      ->check(FileName())
      ->option_text("DIR")
      ->group(kStagesGroup);
  command
      ->add_option("--stage", arguments->stage,
                   "do one stage alone: sketch, candidates, verify or merge, "
                   "in this order; merge writes the answers")
      ->check(OneOf({"sketch", "candidates", "verify", "merge"}))
      ->option_text("STAGE")
      ->group(kStagesGroup);
  command
      ->add_option("--shard", arguments->shard,
                   "which part of the stage: the I-th of N, from 1; all may "
                   "run at once, and each again")
      ->option_text("I/N [1/1]")
      ->group(kStagesGroup);
  command
      ->add_option("--stages", arguments->folder,
                   "the folder that the stages' files go to, which all shards "
                   "share")
      ->check(FileName())
      ->option_text("DIR")
      ->group(kStagesGroup);
}

absl::Status CheckDedupStageOptions(const CLI::App& command,
                                    const DedupStageArguments& arguments) {
  const auto refuse = [](const std::string& what) {
    return absl::InvalidArgumentError(what);
  };
  if (!arguments.checkpoint.empty() && command.count("--stage") > 0) {
    return refuse("--checkpoint is for a run of all stages, without --stage");
  }
  if (arguments.stage.empty()) {
    for (const char* name : {"--shard", "--stages"}) {
      if (command.count(name) > 0) {
        return refuse(absl::StrCat(name, " goes with --stage"));
      }
    }
  } else if (arguments.folder.empty()) {
    return refuse("--stage needs --stages: the folder that all shards share");
  }
  if (!arguments.AreUsed()) return absl::OkStatus();
  if (arguments.stage == "merge" && command.count("--shard") > 0) {
    return refuse("a merge is of all shards, and takes no --shard");
  }
  const char* const option =
      arguments.stage.empty() ? "--checkpoint" : "--stage";
  for (const char* name : kAtOnce) {
    if (command.count(name) == 0) continue;
    return refuse(absl::StrCat(option, " takes no ", name));
  }
  for (const char* name : kOfMerge) {
    if (!arguments.IsShard() || command.count(name) == 0) continue;
    return refuse(absl::StrCat(name,
                               " goes with --stage merge: the others "
                               "write to the folder of --stages alone"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<DedupStages>> DedupStages::Open(
    const DedupStageArguments& arguments, const MatchArguments& match,
    const std::string& keep, const Corpus& corpus) {
  WIRECOPY_RETURN_IF_ERROR(CheckReadableAgain(corpus));
  std::unique_ptr<DedupStages> stages(new DedupStages);
  stages->quiet_ = match.quiet;
  if (arguments.stage == "merge") {
    WIRECOPY_ASSIGN_OR_RETURN(stages->task_, MergeOf(arguments.folder));
  } else if (!arguments.stage.empty()) {
    WIRECOPY_ASSIGN_OR_RETURN(
        stages->task_,
        TaskOf(kStages.at(arguments.stage),
               arguments.shard.empty() ? "1/1" : arguments.shard));
  }
  WIRECOPY_ASSIGN_OR_RETURN(const std::string plan,
                            PlanText(stages->task_, match, keep, corpus));
  const bool is_shared = stages->task_.has_value();
  WIRECOPY_ASSIGN_OR_RETURN(
      stages->folder_,
      StageFolder::Open(
          is_shared ? arguments.folder : arguments.checkpoint, plan,
          is_shared ? StageFolder::Use::kShared : StageFolder::Use::kAlone));
  stages->stages_ = std::make_unique<Stages>(*stages->folder_, stages->task_);
  return stages;
}

absl::StatusOr<DedupResult> DedupStages::Dedup(const DedupOptions& options,
                                               Corpus* corpus) {
  absl::StatusOr<DedupResult> result =
      DedupInStages(options, corpus, stages_.get());
  LogDamages();
  return result;
}

absl::Status DedupStages::DoShard(const DedupOptions& options, Corpus* corpus) {
  const absl::Status status =
      wirecopy::DoShard(options, *task_, corpus, stages_.get());
  LogDamages();
  WIRECOPY_RETURN_IF_ERROR(status);
  return corpus->CheckUnchanged();
}

// Pieces that had been damaged: their disk may do that to others too.
void DedupStages::LogDamages() const {
  if (quiet_) return;
  for (const std::string& damage : stages_->Damages()) {
    Log(absl::StrCat(damage, "; made again\n"));
  }
}

absl::Status DedupStages::Finish() {
  return task_ ? absl::OkStatus() : folder_->Clear();
}

}  // namespace wirecopy::cli
