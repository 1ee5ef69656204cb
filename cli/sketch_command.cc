// wirecopy sketch: signatures of documents, to a file and out of one.

#include <chrono>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/ignore_texts.h"
#include "cli/log.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "cli/outputs.h"
#include "cli/sketch_compare.h"
#include "engine/sketch_documents.h"
#include "io/output_file.h"
#include "io/signature_file.h"
#include "report/sketch_records.h"
#include "wirecopy/signature.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kSketchExamples = R"(Examples:
  wirecopy sketch crawl.jsonl -o crawl.sig
  wirecopy sketch --compare crawl.sig -o pairs.jsonl
  wirecopy sketch --compare monday.sig tuesday.sig --threshold 0.5

A file of signatures stands for its documents where these are too large to be
kept: --compare estimates the resemblance of all pairs of one file, or of one
file's documents and another's. No pair whose estimate reaches the threshold is
missed; the signatures are held in memory.)";

struct SketchArguments {
  RunArguments run;
  SignatureParameters signature;
  int threads = 1;
  bool compare = false;
  double threshold = 0.8;
  std::string output;
};

SignatureFileHeader HeaderOf(const SignatureParameters& parameters,
                             uint64_t documents) {
  SignatureFileHeader header;
  header.signature_version = kSignatureFormatVersion;
  header.slots = static_cast<uint32_t>(parameters.slots);
  header.characters = parameters.shingle.unit == ShingleUnit::kCharacter;
  header.k = static_cast<uint32_t>(parameters.shingle.k);
  header.seed = parameters.shingle.seed;
  header.documents = documents;
  return header;
}

absl::Status WriteSignatures(const SketchArguments& arguments,
                             const Corpus& corpus, OutputFile* file) {
  SignatureFileWriter writer(HeaderOf(arguments.signature, corpus.size()),
                             file);
  WIRECOPY_RETURN_IF_ERROR(SketchDocuments(
      arguments.signature, arguments.threads, corpus,
      arguments.run.progress.get(), [&](const DocumentSketch& sketch) {
        return writer.Add(corpus.Id(sketch.document), sketch.shingles,
                          sketch.slots);
      }));
  WIRECOPY_RETURN_IF_ERROR(corpus.CheckUnchanged());
  return writer.Finish();
}

SketchStats StatsOf(const SketchArguments& arguments, const Corpus& corpus,
                    double seconds) {
  const SignatureParameters& parameters = arguments.signature;
  SketchStats stats;
  stats.signature_version = kSignatureFormatVersion;
  stats.slots = parameters.slots;
  stats.shingle_unit = ShingleUnitName(parameters.shingle.unit);
  stats.shingle_size = parameters.shingle.k;
  stats.seed = parameters.shingle.seed;
  static_cast<InputFigures&>(stats) = MakeInputFigures(corpus);
  stats.unreadable_dates = 0;  // nobody asks for them
  stats.documents = corpus.size();
  stats.seconds = seconds;
  return stats;
}

absl::Status MakeSketches(SketchArguments* arguments) {
  const auto begin = std::chrono::steady_clock::now();
  RunArguments& run = arguments->run;
  WIRECOPY_RETURN_IF_ERROR(Validate(arguments->signature));
  const std::vector<std::string> outputs = {arguments->output, run.stats_path,
                                            run.rejects_path};
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(run), outputs));
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OpenOutput(arguments->output));
  WIRECOPY_ASSIGN_OR_RETURN(const auto stats, OpenOutput(run.stats_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto rejects, OpenOutput(run.rejects_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenInputs(&run));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(*corpus, outputs));
  // Which records are documents is known when all have been read.
  IgnoreTexts sink;
  WIRECOPY_RETURN_IF_ERROR(corpus->Scan(arguments->threads, &sink));
  WarnOfNoDocument(*corpus);
  WIRECOPY_RETURN_IF_ERROR(WriteSignatures(*arguments, *corpus, output.get()));
  WIRECOPY_RETURN_IF_ERROR(corpus->ReadError());
  WIRECOPY_RETURN_IF_ERROR(corpus->CheckUnchanged());
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  const SketchStats done = StatsOf(*arguments, *corpus, seconds.count());
  if (stats != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(stats->Write(SketchStatsLine(done, Version())));
  }
  if (rejects != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(WriteRejects(*corpus, rejects.get()));
  }
  WIRECOPY_RETURN_IF_ERROR(
      CommitAll({rejects.get(), stats.get(), output.get()}));
  run.progress.reset();
  if (run.quiet) return absl::OkStatus();
  Log(LogsJson() ? SketchEvents(done, Version()) : SketchSummary(done));
  return absl::OkStatus();
}

absl::Status RunSketch(SketchArguments* arguments) {
  if (arguments->compare) {
    if (arguments->run.corpus.paths.empty()) {
      return absl::InvalidArgumentError(
          "no input: name one file of signatures, or two");
    }
    const std::string& output = arguments->output;
    return RunSketchCompare(
        {arguments->run.corpus.paths, output.empty() ? "-" : output,
         arguments->threshold, arguments->threads, arguments->run.quiet});
  }
  if (arguments->output.empty()) {
    return absl::InvalidArgumentError(
        "say with -o FILE where the signatures are to go: they are no text "
        "(-o - is standard output)");
  }
  return MakeSketches(arguments);
}

void AddCompareOptions(CLI::App* command, SketchArguments* arguments) {
  command->add_flag("--compare", arguments->compare,
                    "IN is one file of signatures or two: list the pairs that "
                    "resemble each other");
  command
      ->add_option("--threshold", arguments->threshold,
                   "with --compare: the least estimate of a pair, above 0 and "
                   "at most 1")
      ->option_text("T [0.8]");
}

// An option that would change nothing is a mistake.
absl::Status CheckOptions(const CLI::App& command, bool compares) {
  if (!compares) {
    if (command.count("--threshold") == 0) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "--threshold is for --compare: signatures have none");
  }
  for (const char* name :
       {"--slots", "--shingle", "--k", "--seed", "--stats", "--rejects",
        "--strict", "--input-format", "--id-field", "--text-field",
        "--files-from", "--max-document"}) {
    if (command.count(name) == 0) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        name, " is for making signatures: --compare takes them as they are"));
  }
  return absl::OkStatus();
}

}  // namespace

void AddSketchCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<SketchArguments>();
  CLI::App* const command = app->add_subcommand(
      "sketch", "write signatures of documents to a file, or compare them");
  command->footer(kSketchExamples);
  AddInputs(command, &arguments->run);
  command
      ->add_option("-o,--output", arguments->output,
                   "where to write the signatures, or the pairs")
      ->check(FileName())
      ->option_text("FILE");
  command
      ->add_option("--slots", arguments->signature.slots,
                   "numbers a signature, 64 to 1024: the more, the better "
                   "the estimates")
      ->option_text("N [128]");
  AddRunOptions(command, &arguments->threads, &arguments->run);
  AddShingleOptions(command, &arguments->signature.shingle);
  AddInputOptions(command, &arguments->run.corpus);
  AddCompareOptions(command, arguments.get());
  command->callback([command, arguments, run] {
    *run = [command, arguments]() -> absl::Status {
      WIRECOPY_RETURN_IF_ERROR(CheckOptions(*command, arguments->compare));
      return RunSketch(arguments.get());
    };
  });
}

}  // namespace wirecopy::cli
