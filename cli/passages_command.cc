// wirecopy passages: the text that documents share, to the character.

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/log.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "cli/outputs.h"
#include "cli/passage_options.h"
#include "cli/passage_writer.h"
#include "io/output_file.h"
#include "report/passage_records.h"
#include "wirecopy/passages.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kPassagesExamples = R"(Examples:
  wirecopy passages articles.jsonl -o passages.jsonl --groups groups.jsonl
  wirecopy passages --all-pairs --format tsv texts/ > passages.tsv
  wirecopy passages --self report.txt
  wirecopy passages --format annotation --metadata urls.csv texts/

Each document is aligned with those that had some of its text first, by date.
--all-pairs aligns every two that share a run of words: of N copies of one
story, that is N * N / 2 pairs.)";

struct PassagesArguments : RunArguments {
  PassagesOptions options;
  std::string output = "-";
  std::string groups_path;
  PassageFormat format = PassageFormat::kJsonLines;
};

const std::map<std::string, PassageFormat> kFormats = {
    {"jsonl", PassageFormat::kJsonLines},
    {"tsv", PassageFormat::kTsv},
    {"annotation", PassageFormat::kAnnotation}};

PassagesRunStats MakeStats(const PassagesArguments& arguments,
                           const Corpus& corpus, const PassagesResult& found) {
  PassagesRunStats stats;
  static_cast<InputFigures&>(stats) = MakeInputFigures(corpus);
  stats.documents = corpus.size();
  stats.candidates = found.stats.candidates;
  stats.pairs = found.stats.pairs;
  stats.passages = found.passages.size();
  stats.groups = found.groups.size();
  stats.all_pairs = arguments.options.all_pairs;
  stats.most_documents = found.stats.most_documents;
  stats.capped_fingerprints = found.stats.capped_fingerprints;
  uint64_t* const counts[] = {&stats.copies, &stats.quotations, &stats.shared,
                              &stats.boilerplate, &stats.self};
  for (const ReusedPassage& passage : found.passages) {
    ++*counts[static_cast<size_t>(passage.kind)];
  }
  return stats;
}

absl::Status RunPassages(PassagesArguments* arguments) {
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<std::string> outputs = {
      arguments->output, arguments->groups_path, arguments->stats_path,
      arguments->rejects_path};
  if (arguments->format == PassageFormat::kAnnotation &&
      arguments->options.offsets != OffsetUnit::kCodePoint) {
    return absl::InvalidArgumentError(
        "annotations count code points, as W3C has it: leave --offsets out");
  }
  if (arguments->options.most_documents != 0 && !arguments->options.all_pairs) {
    return absl::InvalidArgumentError(
        "--max-frequency is for --all-pairs: otherwise nothing is capped");
  }
  WIRECOPY_RETURN_IF_ERROR(Validate(arguments->options));
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(*arguments), outputs));
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OpenOutput(arguments->output));
  WIRECOPY_ASSIGN_OR_RETURN(const auto groups,
                            OpenOutput(arguments->groups_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto stats,
                            OpenOutput(arguments->stats_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto rejects,
                            OpenOutput(arguments->rejects_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenInputs(arguments));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(*corpus, outputs));
  arguments->options.progress = BeginListening(arguments);
  WIRECOPY_ASSIGN_OR_RETURN(
      const PassagesResult found,
      FindPassages(arguments->options,
                   JobSource(*arguments, corpus.get(), "tokenize").get()));
  WarnOfNoDocument(*corpus);
  if (arguments->profile != nullptr) arguments->profile->BeginStage("write");
  PassageWriter writer(*corpus, found, arguments->options.offsets);
  WIRECOPY_RETURN_IF_ERROR(writer.WritePassages(
      arguments->format, arguments->options.threads, output.get()));
  if (groups != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(writer.WriteGroups(groups.get()));
  }
  WIRECOPY_RETURN_IF_ERROR(corpus->ReadError());
  WIRECOPY_RETURN_IF_ERROR(corpus->CheckUnchanged());
  PassagesRunStats run = MakeStats(*arguments, *corpus, found);
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  run.seconds = seconds.count();
  if (stats != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(stats->Write(PassagesStatsLine(run, Version())));
  }
  if (rejects != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(WriteRejects(*corpus, rejects.get()));
  }
  WIRECOPY_RETURN_IF_ERROR(
      CommitAll({rejects.get(), stats.get(), groups.get(), output.get()}));
  arguments->progress.reset();
  if (!arguments->quiet) {
    Log(LogsJson() ? PassagesEvents(run, Version()) : PassagesSummary(run));
  }
  ShowProfile(*arguments, arguments->options.threads, run.bytes);
  return absl::OkStatus();
}

// Those that two texts alone have no use for.
void AddCorpusOptions(CLI::App* command, PassagesOptions* options) {
  command
      ->add_option("--lone-rarity", options->passage.lone_rarity,
                   "or how rare the words of a pair's longest passage are, in "
                   "nats: the sum of ln(documents / documents with the word)")
      ->option_text("R [40]")
      ->group("Passages");
  command
      ->add_option("--max-frequency", options->most_documents,
                   "with --all-pairs: documents that may have a run of words "
                   "for it to bring them together (longer runs always do)")
      ->option_text("N [affordable]")
      ->group("Passages");
}

}  // namespace

void AddPassagesCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<PassagesArguments>();
  PassagesOptions& options = arguments->options;
  CLI::App* const command =
      app->add_subcommand("passages", "list the passages that documents share");
  command->footer(kPassagesExamples);
  AddInputs(command, arguments.get());
  command
      ->add_option("-o,--output", arguments->output,
                   "where to write the passages")
      ->check(FileName())
      ->option_text("FILE [-]");
  command
      ->add_option("--groups", arguments->groups_path,
                   "write where each passage stands, all places in a line")
      ->check(FileName())
      ->option_text("FILE");
  command
      ->add_option("--format", arguments->format,
                   "jsonl, tsv (as PAF has it), or annotation (W3C Web "
                   "Annotation)")
      ->transform(NamedValue(kFormats))
      ->option_text("F [jsonl]");
  command->add_flag("--all-pairs", options.all_pairs,
                    "every two documents, not each with the first that had "
                    "its text");
  command->add_flag("--self", options.self, "what documents repeat, too");
  AddOffsetOption(command, &options.offsets);
  AddPassageOptions(command, &options.passage);
  AddCorpusOptions(command, &options);
  AddRunOptions(command, &options.threads, arguments.get());
  AddProfileOption(command, arguments.get());
  AddInputOptions(command, &arguments->corpus);
  AddMetadataOptions(command, &arguments->corpus);
  AddPublisherOptions(command, &arguments->corpus);
  command->callback([arguments, run] {
    *run = [arguments] { return RunPassages(arguments.get()); };
  });
}

}  // namespace wirecopy::cli
