// wirecopy dedup: keep one document of each near-duplicate cluster.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/dedup_index.h"
#include "cli/dedup_stages.h"
#include "cli/kept_writer.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "cli/outputs.h"
#include "engine/staged_dedup.h"
#include "io/output_file.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kDedupExamples = R"(Examples:
  wirecopy dedup crawl.jsonl -o kept.jsonl --removed removed.jsonl
  wirecopy dedup --keep earliest --clusters clusters.jsonl a.jsonl b.jsonl -o kept.jsonl
  wirecopy dedup --measure containment --threshold 0.7 articles/ -o kept.jsonl
  producer | wirecopy dedup - | consumer
  wirecopy dedup --checkpoint crawl.state crawl.jsonl -o kept.jsonl
  wirecopy dedup --index news.index monday.jsonl -o kept.jsonl
  wirecopy dedup --index exam.index --read-only --passages drop crawl.jsonl -o kept.jsonl

Kept lines are the input's own, byte for byte, in input order. A document is
removed only when its exact similarity to the one kept for it has been checked;
--removed names both, with the similarity.)";

const std::map<std::string, ClusterMethod> kClusterMethods = {
    {"star", ClusterMethod::kStar}, {"components", ClusterMethod::kComponents}};
const std::map<std::string, KeepPolicy> kKeepPolicies = {
    {"first", KeepPolicy::kFirst},
    {"longest", KeepPolicy::kLongest},
    {"earliest", KeepPolicy::kEarliest},
    {"latest", KeepPolicy::kLatest}};

struct DedupArguments {
  MatchArguments match;
  std::string cluster = "star";
  std::string keep = "first";
  std::string output;  // empty: standard output, unless there is a folder
  std::string out_folder;
  std::string removed_path;
  std::string clusters_path;
  DedupIndexArguments index;
  DedupStageArguments stages;
};

// Where the answers go; null for those that nobody asked for. Opened before
// the work, so that a name that cannot be written is known at once.
struct Outputs {
  std::unique_ptr<OutputFile> kept, removed, clusters, stats, rejects;
  KeptByInput kept_by_input;

  // All but what goes to the folder.
  static std::vector<std::string> Paths(const DedupArguments& arguments) {
    std::string kept = arguments.output;
    if (kept.empty() && arguments.out_folder.empty()) kept = "-";
    return {kept, arguments.removed_path, arguments.clusters_path,
            arguments.match.stats_path, arguments.match.rejects_path};
  }

  static absl::StatusOr<Outputs> Open(const DedupArguments& arguments) {
    const MatchArguments& match = arguments.match;
    if (!arguments.out_folder.empty() && !arguments.output.empty()) {
      return absl::InvalidArgumentError(
          "kept lines go to one file (-o) or to a folder (--out-dir), not to "
          "both");
    }
    const std::vector<std::string> paths = Paths(arguments);
    WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(match), paths));
    Outputs files;
    WIRECOPY_ASSIGN_OR_RETURN(files.kept, OpenOutput(paths[0]));
    WIRECOPY_ASSIGN_OR_RETURN(files.removed,
                              OpenOutput(arguments.removed_path));
    WIRECOPY_ASSIGN_OR_RETURN(files.clusters,
                              OpenOutput(arguments.clusters_path));
    WIRECOPY_ASSIGN_OR_RETURN(files.stats, OpenOutput(match.stats_path));
    WIRECOPY_ASSIGN_OR_RETURN(files.rejects, OpenOutput(match.rejects_path));
    for (OutputFile* file :
         {files.kept.get(), files.removed.get(), files.clusters.get(),
          files.stats.get(), files.rejects.get()}) {
      if (file != nullptr && arguments.stages.AreUsed()) file->SetDurable();
    }
    return files;
  }

  absl::Status Commit() {
    std::vector<OutputFile*> files = {rejects.get(), clusters.get(),
                                      removed.get(), stats.get()};
    for (const auto& file : kept_by_input.files) files.push_back(file.get());
    files.push_back(kept.get());
    return CommitAll(files);
  }
};

absl::Status WriteRemoved(const Corpus& corpus, const DedupResult& result,
                          Measure measure, OutputFile* file) {
  for (const RemovedDocument& removed : result.removed) {
    const DocumentId id = corpus.Id(removed.document);
    const DocumentId kept = corpus.Id(removed.kept);
    WIRECOPY_RETURN_IF_ERROR(file->Write(
        RemovedLine({&id, &kept, removed.similarity}, MeasureName(measure))));
  }
  return absl::OkStatus();
}

// A kept document and those that were removed for it.
struct Cluster {
  uint32_t kept = 0;
  std::span<const RemovedDocument> removed;  // in input order
};

// Clusters in the order of their kept documents. They refer to what was
// removed, which is put into that order.
std::vector<Cluster> MakeClusters(std::vector<RemovedDocument>* removed) {
  const auto by_kept = [](const RemovedDocument& a, const RemovedDocument& b) {
    return std::pair(a.kept, a.document) < std::pair(b.kept, b.document);
  };
  std::sort(removed->begin(), removed->end(), by_kept);
  std::vector<Cluster> clusters;
  for (auto begin = removed->begin(); begin != removed->end();) {
    const uint32_t kept = begin->kept;
    const auto end = std::find_if(
        begin, removed->end(),
        [kept](const RemovedDocument& r) { return r.kept != kept; });
    clusters.push_back({kept, {begin, end}});
    begin = end;
  }
  return clusters;
}

// Members in input order, up to so many.
ClusterRecord RecordOf(const Corpus& corpus, const Cluster& cluster,
                       size_t most = ~size_t{0}) {
  ClusterRecord record{corpus.Id(cluster.kept), {}, {}, 0};
  const auto add = [&](uint32_t document, double similarity) {
    if (record.members.size() == most) {
      ++record.left_out;
      return;
    }
    record.members.push_back(corpus.Id(document));
    record.similarities.push_back(similarity);
  };
  auto next = cluster.removed.begin();
  const auto end = cluster.removed.end();
  for (; next != end && next->document < cluster.kept; ++next) {
    add(next->document, next->similarity);
  }
  add(cluster.kept, 1);
  for (; next != end; ++next) add(next->document, next->similarity);
  return record;
}

std::vector<ClusterRecord> Largest(const Corpus& corpus,
                                   std::vector<Cluster> clusters) {
  constexpr size_t kShown = 5;
  constexpr size_t kMembers = 6;  // one more than are shown
  std::stable_sort(clusters.begin(), clusters.end(),
                   [](const Cluster& a, const Cluster& b) {
                     return a.removed.size() > b.removed.size();
                   });
  if (clusters.size() > kShown) clusters.resize(kShown);
  std::vector<ClusterRecord> records;
  records.reserve(clusters.size());
  for (const Cluster& cluster : clusters) {
    records.push_back(RecordOf(corpus, cluster, kMembers));
  }
  return records;
}

absl::Status WriteAll(const Corpus& corpus, const DedupResult& result,
                      const std::vector<Cluster>& clusters,
                      const DedupArguments& arguments, Outputs* outputs) {
  const int threads = arguments.match.match.threads;
  if (!arguments.out_folder.empty()) {
    WIRECOPY_RETURN_IF_ERROR(
        WriteKeptByInput(corpus, result, threads, arguments.stages.AreUsed(),
                         arguments.out_folder, &outputs->kept_by_input));
  } else {
    WIRECOPY_RETURN_IF_ERROR(
        WriteKept(corpus, result, threads, outputs->kept.get()));
  }
  WIRECOPY_RETURN_IF_ERROR(corpus.ReadError());
  WIRECOPY_RETURN_IF_ERROR(corpus.CheckUnchanged());
  const Outputs& files = *outputs;
  const Measure measure = arguments.match.match.measure;
  if (files.removed != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(
        WriteRemoved(corpus, result, measure, files.removed.get()));
  }
  if (files.clusters != nullptr) {
    for (const Cluster& cluster : clusters) {
      WIRECOPY_RETURN_IF_ERROR(
          files.clusters->Write(ClusterLine(RecordOf(corpus, cluster))));
    }
  }
  if (files.rejects == nullptr) return absl::OkStatus();
  return WriteRejects(corpus, files.rejects.get());
}

// That nothing is lost, now that it is known what is read.
absl::Status CheckInputs(const Corpus& corpus,
                         const DedupArguments& arguments) {
  std::vector<std::string> paths = Outputs::Paths(arguments);
  if (!arguments.out_folder.empty()) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::vector<std::string> in_folder,
                              PathsInFolder(corpus, arguments.out_folder));
    paths.insert(paths.end(), in_folder.begin(), in_folder.end());
    WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(arguments.match), paths));
  }
  return CheckNoInput(corpus, paths);
}

// But for the match, of which opening the input may change some.
DedupOptions OptionsOf(const DedupArguments& arguments) {
  DedupOptions options;
  options.cluster = kClusterMethods.at(arguments.cluster);
  options.keep = kKeepPolicies.at(arguments.keep);
  return options;
}

absl::StatusOr<std::unique_ptr<DedupStages>> OpenStages(
    const DedupArguments& arguments, const Corpus& corpus) {
  if (!arguments.stages.AreUsed()) return nullptr;
  return DedupStages::Open(arguments.stages, arguments.match, arguments.keep,
                           corpus);
}

// What is beside the pieces in their folder might be taken for one of them.
absl::Status CheckOutsideStages(const DedupArguments& arguments) {
  namespace fs = std::filesystem;
  const DedupStageArguments& stages = arguments.stages;
  const std::string& folder =
      stages.checkpoint.empty() ? stages.folder : stages.checkpoint;
  const auto place_of = [](const fs::path& path) {
    std::error_code unknown;
    const fs::path place = fs::weakly_canonical(fs::absolute(path), unknown);
    // Of a folder with a slash behind it, the folder.
    return place.has_filename() ? place : place.parent_path();
  };
  const auto check = [&](const std::string& path, const fs::path& parent) {
    if (place_of(parent) != place_of(folder)) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": ", folder,
        " is for the pieces of the run alone; write the answers elsewhere"));
  };
  for (const std::string& path : Outputs::Paths(arguments)) {
    if (path.empty() || path == "-") continue;
    WIRECOPY_RETURN_IF_ERROR(check(path, fs::absolute(path).parent_path()));
  }
  if (arguments.out_folder.empty()) return absl::OkStatus();
  return check(arguments.out_folder, arguments.out_folder);
}

// What a run of the same checkpoint has left, which nobody else goes on with.
absl::Status RemoveLeftBehind(const DedupArguments& arguments,
                              const Corpus& corpus) {
  if (arguments.stages.checkpoint.empty()) return absl::OkStatus();
  std::vector<std::string> paths = Outputs::Paths(arguments);
  if (!arguments.out_folder.empty()) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::vector<std::string> in_folder,
                              PathsInFolder(corpus, arguments.out_folder));
    paths.insert(paths.end(), in_folder.begin(), in_folder.end());
  }
  for (const std::string& path : paths) {
    if (!path.empty()) OutputFile::RemoveLeftBehind(path);
  }
  return absl::OkStatus();
}

// Before the folder of a job that stages cannot do is begun.
absl::Status CheckForStages(const DedupArguments& arguments) {
  if (!arguments.stages.AreUsed()) return absl::OkStatus();
  WIRECOPY_RETURN_IF_ERROR(CheckOutsideStages(arguments));
  DedupOptions options = OptionsOf(arguments);
  options.match = arguments.match.match;
  return ValidateForStages(options);
}

absl::Status RunShard(DedupArguments* arguments) {
  MatchArguments& match = arguments->match;
  match.corpus.memory = match.match.memory;
  WIRECOPY_RETURN_IF_ERROR(CheckForStages(*arguments));
  DedupOptions options = OptionsOf(*arguments);
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenCorpus(&match));
  options.match = match.match;
  WIRECOPY_ASSIGN_OR_RETURN(const auto stages, OpenStages(*arguments, *corpus));
  return stages->DoShard(options, corpus.get());
}

absl::Status RunInMemory(DedupArguments* arguments) {
  const auto begin = std::chrono::steady_clock::now();
  MatchArguments& match = arguments->match;
  match.corpus.memory = match.match.memory;
  DedupOptions options = OptionsOf(*arguments);
  WIRECOPY_RETURN_IF_ERROR(CheckForStages(*arguments));
  WIRECOPY_ASSIGN_OR_RETURN(Outputs files, Outputs::Open(*arguments));
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenCorpus(&match));
  WIRECOPY_RETURN_IF_ERROR(CheckInputs(*corpus, *arguments));
  options.match = match.match;
  WIRECOPY_ASSIGN_OR_RETURN(const auto stages, OpenStages(*arguments, *corpus));
  WIRECOPY_RETURN_IF_ERROR(RemoveLeftBehind(*arguments, *corpus));
  WIRECOPY_ASSIGN_OR_RETURN(
      const DedupResult result,
      stages != nullptr
          ? stages->Dedup(options, corpus.get())
          : Dedup(options, JobSource(match, corpus.get(), "sketch").get()));
  WarnOfNoDocument(*corpus);
  if (match.profile != nullptr) match.profile->BeginStage("write");
  std::vector<RemovedDocument> removed = result.removed;
  const std::vector<Cluster> clusters = MakeClusters(&removed);
  WIRECOPY_RETURN_IF_ERROR(
      WriteAll(*corpus, result, clusters, *arguments, &files));
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  RunStats run = MakeRunStats(match, *corpus, result.stats, seconds.count());
  run.parameters.cluster = arguments->cluster;
  run.parameters.keep = arguments->keep;
  run.removed = result.removed.size();
  run.kept = corpus->size() - run.removed;
  run.clusters = clusters.size();
  const std::vector<ClusterRecord> largest = Largest(*corpus, clusters);
  if (!largest.empty()) {
    run.largest_cluster = largest[0].members.size() + largest[0].left_out;
  }
  if (files.stats != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(files.stats->Write(StatsLine(run, Version())));
  }
  WIRECOPY_RETURN_IF_ERROR(files.Commit());
  if (stages != nullptr) WIRECOPY_RETURN_IF_ERROR(stages->Finish());
  match.progress.reset();
  ShowSummary(match, run, DedupSummary(run, largest));
  return absl::OkStatus();
}

absl::Status RunDedup(const CLI::App& command, DedupArguments* arguments) {
  WIRECOPY_RETURN_IF_ERROR(CheckDedupIndexOptions(command, arguments->index));
  if (!arguments->index.folder.empty()) {
    return RunDedupIndex(command, {arguments->output, arguments->removed_path},
                         &arguments->index, &arguments->match);
  }
  WIRECOPY_RETURN_IF_ERROR(CheckDedupStageOptions(command, arguments->stages));
  return arguments->stages.IsShard() ? RunShard(arguments)
                                     : RunInMemory(arguments);
}

}  // namespace

void AddDedupCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<DedupArguments>();
  CLI::App* const command = app->add_subcommand(
      "dedup", "keep one document of each near-duplicate cluster");
  command->footer(kDedupExamples);
  AddMatchOptions(command, &arguments->match);
  command
      ->add_option("-o,--output", arguments->output,
                   "where to write what is kept")
      ->check(FileName())
      ->option_text("KEPT [-]");
  command
      ->add_option("--out-dir", arguments->out_folder,
                   "write what is kept of each input to a file of its name in "
                   "this folder")
      ->check(FileName())
      ->option_text("FOLDER");
  command
      ->add_option("--removed", arguments->removed_path,
                   "write what is removed, for which document, and why")
      ->check(FileName())
      ->option_text("FILE");
  command
      ->add_option("--clusters", arguments->clusters_path,
                   "write the clusters of two or more")
      ->check(FileName())
      ->option_text("FILE");
  command
      ->add_option("--cluster", arguments->cluster,
                   "star: all members reach the threshold with the kept "
                   "one; components: chains of pairs that do")
      ->check(OneOf({"star", "components"}))
      ->option_text("C [star]");
  command
      ->add_option("--keep", arguments->keep,
                   "which one to keep: first, longest, earliest or latest; of "
                   "several, but for first, the one with the smaller id")
      ->check(OneOf({"first", "longest", "earliest", "latest"}))
      ->option_text("POLICY [first]");
  MemoryBound& bound = arguments->match.match.memory;
  CLI::Option* const memory =
      command
          ->add_option("--memory", bound.bytes,
                       "take no more memory than this (K, M, G: 1024s)")
          ->transform(ByteSize())
          ->option_text("SIZE [no bound]")
          ->group("Memory");
  command
      ->add_option("--temp", bound.temp_folder,
                   "where what memory has no room for goes: a disk, no "
                   "file system in memory")
      ->check(FileName())
      ->needs(memory)
      ->option_text("FOLDER [TMPDIR, or /tmp]")
      ->group("Memory");
  AddDedupStageOptions(command, &arguments->stages);
  AddDedupIndexOptions(command, &arguments->index);
  command->callback([command, arguments, run] {
    *run = [command, arguments] { return RunDedup(*command, arguments.get()); };
  });
}

}  // namespace wirecopy::cli
