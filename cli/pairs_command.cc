// wirecopy pairs: the similarity report.

#include <chrono>
#include <memory>
#include <string>

#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "cli/outputs.h"
#include "io/output_file.h"
#include "wirecopy/pairs.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kPairsExamples = R"(Examples:
  wirecopy pairs articles.jsonl -o pairs.jsonl
  wirecopy pairs --threshold 0.5 --exact articles.jsonl
  wirecopy pairs --measure containment --threshold 0.7 texts/ > pairs.jsonl

Each line has the ids a and b, their jaccard, and containment_a and
containment_b: the share of one's shingles that the other has.)";

struct PairsArguments {
  MatchArguments match;
  std::string output = "-";
};

absl::Status WritePair(const Corpus& corpus, const SimilarPair& pair,
                       OutputFile* file) {
  const DocumentId a = corpus.Id(pair.a);
  const DocumentId b = corpus.Id(pair.b);
  return file->Write(
      PairLine({&a, &b, pair.overlap.Jaccard(), pair.overlap.ContainmentOfA(),
                pair.overlap.ContainmentOfB()}));
}

absl::Status RunPairs(PairsArguments* arguments) {
  const auto begin = std::chrono::steady_clock::now();
  MatchArguments& match = arguments->match;
  const std::vector<std::string> outputs = {arguments->output, match.stats_path,
                                            match.rejects_path};
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(match), outputs));
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OpenOutput(arguments->output));
  WIRECOPY_ASSIGN_OR_RETURN(const auto stats, OpenOutput(match.stats_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto rejects, OpenOutput(match.rejects_path));
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenCorpus(&match));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(*corpus, outputs));
  WIRECOPY_ASSIGN_OR_RETURN(
      const MatchStats found,
      FindPairs(match.match, JobSource(match, corpus.get(), "sketch").get(),
                [&](const SimilarPair& pair) {
                  return WritePair(*corpus, pair, output.get());
                }));
  WarnOfNoDocument(*corpus);
  WIRECOPY_RETURN_IF_ERROR(corpus->CheckUnchanged());
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  RunStats run = MakeRunStats(match, *corpus, found, seconds.count());
  run.kept = corpus->size();
  if (stats != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(stats->Write(StatsLine(run, Version())));
  }
  if (rejects != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(WriteRejects(*corpus, rejects.get()));
  }
  WIRECOPY_RETURN_IF_ERROR(
      CommitAll({rejects.get(), stats.get(), output.get()}));
  match.progress.reset();
  ShowSummary(match, run, PairsSummary(run));
  return absl::OkStatus();
}

}  // namespace

void AddPairsCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<PairsArguments>();
  CLI::App* const command =
      app->add_subcommand("pairs", "list all pairs of similar documents");
  command->footer(kPairsExamples);
  AddMatchOptions(command, &arguments->match);
  command
      ->add_option("-o,--output", arguments->output, "where to write the pairs")
      ->check(FileName())
      ->option_text("FILE [-]");
  command->callback([arguments, run] {
    *run = [arguments] { return RunPairs(arguments.get()); };
  });
}

}  // namespace wirecopy::cli
