// wirecopy trace: who copied whom, with the evidence.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/log.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "cli/outputs.h"
#include "cli/passage_options.h"
#include "cli/trace_view.h"
#include "io/agency_names.h"
#include "io/output_file.h"
#include "report/trace_exports.h"
#include "report/trace_figures.h"
#include "report/trace_page.h"
#include "report/trace_svg.h"
#include "wirecopy/trace.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kTraceExamples = R"(Examples:
  wirecopy trace articles.jsonl -o trace --report trace/page.html
  wirecopy trace --metadata dates.csv articles/ -o trace
  wirecopy trace --no-dates --agencies agencies.txt articles.jsonl -o trace

The folder gets passages.jsonl, edges.jsonl (who copied whom, with evidence),
lineage.jsonl (each copy's parents), publishers.jsonl (who feeds whom), and the
graph for other programs: GraphML, DOT, CSV, PROV-JSON, JSON-LD and SVG.
--all-pairs gives every two documents that share text an edge: of N copies of
one story, N * N / 2 edges, each of some KB.)";

struct TraceArguments : RunArguments {
  TraceOptions options;
  OffsetUnit offsets = OffsetUnit::kCodePoint;
  bool no_dates = false;
  std::string folder;
  std::string report_path;
  std::string agencies_path;
};

// Files of the folder besides those of TraceExports.
constexpr const char* kSvgFile = "graph.svg";
constexpr const char* kStatsFile = "stats.json";

// All files that a trace writes; opened before the work begins.
class TraceOutputs {
 public:
  static absl::StatusOr<TraceOutputs> Open(const TraceArguments& arguments,
                                           const Corpus& corpus);

  absl::Status Write(const Corpus& corpus, const TraceRecords& records,
                     const TraceRunStats& stats);

 private:
  std::unique_ptr<OutputFolder> folder_;            // outlives what is in it
  std::vector<std::unique_ptr<OutputFile>> files_;  // null for no path
};

// The files of the folder, then the others.
std::vector<std::string> OutputPaths(const TraceArguments& arguments) {
  const std::filesystem::path folder = arguments.folder;
  std::vector<std::string> paths;
  for (const TraceExport& file : TraceExports()) {
    paths.push_back((folder / file.name).native());
  }
  for (const char* const name : {kSvgFile, kStatsFile}) {
    paths.push_back((folder / name).native());
  }
  paths.push_back(arguments.report_path);
  paths.push_back(arguments.stats_path);
  paths.push_back(arguments.rejects_path);
  return paths;
}

absl::StatusOr<TraceOutputs> TraceOutputs::Open(const TraceArguments& arguments,
                                                const Corpus& corpus) {
  TraceOutputs outputs;
  const std::vector<std::string> paths = OutputPaths(arguments);
  std::vector<std::string> tables = TablesOf(arguments);
  tables.push_back(arguments.agencies_path);
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(tables, paths));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(corpus, paths));
  WIRECOPY_ASSIGN_OR_RETURN(outputs.folder_,
                            OutputFolder::Make(arguments.folder));
  for (const std::string& path : paths) {
    WIRECOPY_ASSIGN_OR_RETURN(auto file, OpenOutput(path));
    outputs.files_.push_back(std::move(file));
  }
  return outputs;
}

absl::Status TraceOutputs::Write(const Corpus& corpus,
                                 const TraceRecords& records,
                                 const TraceRunStats& stats) {
  const TraceGraph graph = MakeTraceGraph(records);
  size_t next = 0;
  for (const TraceExport& file : TraceExports()) {
    OutputFile& output = *files_[next++];
    WIRECOPY_RETURN_IF_ERROR(file.write(
        records, graph,
        [&output](std::string_view bytes) { return output.Write(bytes); }));
  }
  WIRECOPY_RETURN_IF_ERROR(files_[next++]->Write(TraceSvg(records, {})));
  const std::string stats_line = TraceStatsLine(stats, Version());
  WIRECOPY_RETURN_IF_ERROR(files_[next++]->Write(stats_line));
  if (OutputFile* const report = files_[next++].get(); report != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(report->Write(TracePage(records, {})));
  }
  if (OutputFile* const copy = files_[next++].get(); copy != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(copy->Write(stats_line));
  }
  if (OutputFile* const rejects = files_[next].get(); rejects != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(WriteRejects(corpus, rejects));
  }
  WIRECOPY_RETURN_IF_ERROR(corpus.ReadError());
  WIRECOPY_RETURN_IF_ERROR(corpus.CheckUnchanged());
  std::vector<OutputFile*> files;
  for (const auto& file : files_) files.push_back(file.get());
  return CommitAll(files);
}

absl::Status RunTrace(TraceArguments* arguments) {
  const auto begin = std::chrono::steady_clock::now();
  TraceOptions& options = arguments->options;
  options.use_dates = !arguments->no_dates;
  options.keeps_runs = !arguments->report_path.empty();  // people look at them
  if (!arguments->agencies_path.empty()) {
    WIRECOPY_ASSIGN_OR_RETURN(options.agencies,
                              ReadAgencyNames(arguments->agencies_path));
  }
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenInputs(arguments));
  WIRECOPY_ASSIGN_OR_RETURN(TraceOutputs outputs,
                            TraceOutputs::Open(*arguments, *corpus));
  options.passages.progress = BeginListening(arguments);
  WIRECOPY_ASSIGN_OR_RETURN(
      const TraceResult trace,
      Trace(options, JobSource(*arguments, corpus.get(), "tokenize").get()));
  WarnOfNoDocument(*corpus);
  if (arguments->profile != nullptr) arguments->profile->BeginStage("write");
  WIRECOPY_ASSIGN_OR_RETURN(
      const TraceRecords records,
      MakeTraceRecords(*corpus, options, arguments->offsets, trace));
  TraceRunStats stats = CountTrace(records);
  static_cast<InputFigures&>(stats) = MakeInputFigures(*corpus);
  stats.candidates = trace.passages.stats.candidates;
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  stats.seconds = seconds.count();
  WIRECOPY_RETURN_IF_ERROR(outputs.Write(*corpus, records, stats));
  arguments->progress.reset();
  if (!arguments->quiet) {
    Log(LogsJson() ? TraceEvents(stats, Version())
                   : TraceSummary(stats, records));
  }
  ShowProfile(*arguments, options.passages.threads, stats.bytes);
  return absl::OkStatus();
}

void AddTraceOptions(CLI::App* command, TraceArguments* arguments) {
  command
      ->add_option("-o,--output", arguments->folder,
                   "the folder that the files go to; made where it is missing")
      ->check(FileName())
      ->required()
      ->option_text("FOLDER");
  command
      ->add_option("--report", arguments->report_path,
                   "write a page to look at, and to mail, in one file")
      ->check(FileName())
      ->option_text("FILE");
  command->add_flag("--no-dates", arguments->no_dates,
                    "judge by the texts alone");
  command
      ->add_option("--agencies", arguments->agencies_path,
                   "names of agencies and papers that texts may credit: a line "
                   "each, NAME | NAME ...")
      ->check(FileName())
      ->option_text("FILE");
  command->add_flag("--all-pairs", arguments->options.passages.all_pairs,
                    "every two documents, not each with the first that had "
                    "its text");
  command->add_flag("--self", arguments->options.passages.self,
                    "what documents repeat, too");
}

// Of what records say besides text, date and publisher.
void AddDetailOptions(CLI::App* command, FieldNames* fields) {
  command->add_option("--title-field", fields->title, "the headline's field")
      ->check(FieldName())
      ->option_text("NAME [title]")
      ->group("Input");
  command
      ->add_option("--canonical-field", fields->canonical,
                   "the field of the address that a text belongs to")
      ->check(FieldName())
      ->option_text("NAME [canonical]")
      ->group("Input");
  command
      ->add_option("--based-on-field", fields->is_based_on,
                   "the field of the address that it was made from")
      ->check(FieldName())
      ->option_text("NAME [isBasedOn]")
      ->group("Input");
}

}  // namespace

void AddTraceCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<TraceArguments>();
  CLI::App* const command = app->add_subcommand(
      "trace", "find out who copied whom, with the evidence");
  command->footer(kTraceExamples);
  AddInputs(command, arguments.get());
  AddTraceOptions(command, arguments.get());
  AddOffsetOption(command, &arguments->offsets);
  AddPassageOptions(command, &arguments->options.passages.passage);
  AddRunOptions(command, &arguments->options.passages.threads, arguments.get());
  AddProfileOption(command, arguments.get());
  AddInputOptions(command, &arguments->corpus);
  AddMetadataOptions(command, &arguments->corpus);
  AddPublisherOptions(command, &arguments->corpus);
  AddDetailOptions(command, &arguments->corpus.fields);
  command->callback([arguments, run] {
    *run = [arguments] { return RunTrace(arguments.get()); };
  });
}

}  // namespace wirecopy::cli
