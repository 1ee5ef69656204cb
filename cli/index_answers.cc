// wirecopy index add and query: documents in, answers out.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/batch_reader.h"
#include "cli/ignore_texts.h"
#include "cli/index_run.h"
#include "cli/index_views.h"
#include "cli/log.h"
#include "cli/outputs.h"
#include "io/output_file.h"
#include "report/index_records.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

struct Outputs {
  std::unique_ptr<OutputFile> answers, stats, rejects;
};

void Count(IndexStatus status, IndexRunStats* stats) {
  uint64_t* const counts[] = {&stats->fresh, &stats->passages,
                              &stats->duplicates, &stats->revisions,
                              &stats->present};
  ++*counts[static_cast<size_t>(status)];
  ++stats->answered;
}

// Each batch is answered once it is on disk, and whoever reads the answers from
// a pipe has them then.
absl::Status AnswerAll(Corpus* corpus, const IndexArguments& arguments,
                       Index* index, OutputFile* output, IndexRunStats* stats) {
  const bool adds = arguments.action == "add";
  BatchReader reader(corpus, arguments.batch, /*memory=*/nullptr);
  while (true) {
    WIRECOPY_ASSIGN_OR_RETURN(const auto documents, reader.Next());
    if (documents.empty()) return absl::OkStatus();
    WIRECOPY_ASSIGN_OR_RETURN(
        const std::vector<IndexAnswer> answers,
        adds ? index->Add(documents) : index->Query(documents));
    for (size_t i = 0; i < documents.size(); ++i) {
      Count(answers[i].status, stats);
      WIRECOPY_RETURN_IF_ERROR(output->Write(
          AnswerLine(&documents[i].id, answers[i], arguments.options.offsets)));
    }
    WIRECOPY_RETURN_IF_ERROR(output->Flush());
  }
}

absl::StatusOr<Outputs> OpenOutputs(const IndexArguments& arguments) {
  const std::vector<std::string> paths = {
      arguments.output, arguments.stats_path, arguments.rejects_path};
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(arguments), paths));
  WIRECOPY_RETURN_IF_ERROR(CheckNotInIndex(arguments.folder, paths));
  Outputs outputs;
  WIRECOPY_ASSIGN_OR_RETURN(outputs.answers, OpenOutput(arguments.output));
  WIRECOPY_ASSIGN_OR_RETURN(outputs.stats, OpenOutput(arguments.stats_path));
  WIRECOPY_ASSIGN_OR_RETURN(outputs.rejects,
                            OpenOutput(arguments.rejects_path));
  return outputs;
}

absl::StatusOr<std::unique_ptr<Index>> OpenAsAsked(
    const TakeUnasked& take_unasked, IndexArguments* arguments) {
  const Index::Access access =
      arguments->action == "add" ? Index::Access::kWrite : Index::Access::kRead;
  WIRECOPY_ASSIGN_OR_RETURN(
      auto index, Index::Open(arguments->folder, access, arguments->options));
  take_unasked(index->parameters(), &arguments->parameters);
  const absl::Status same =
      CheckSame(index->parameters(), arguments->parameters);
  if (same.ok()) return index;
  return absl::FailedPreconditionError(
      absl::StrCat(arguments->folder, ": ", std::string(same.message())));
}

absl::Status WriteStats(const IndexRunStats& stats, const Corpus& corpus,
                        const Outputs& outputs) {
  if (outputs.stats != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(
        outputs.stats->Write(IndexStatsLine(stats, Version())));
  }
  if (outputs.rejects != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(WriteRejects(corpus, outputs.rejects.get()));
  }
  return CommitAll(
      {outputs.rejects.get(), outputs.stats.get(), outputs.answers.get()});
}

}  // namespace

absl::Status RunIndexAnswers(const TakeUnasked& take_unasked,
                             IndexArguments* arguments) {
  const auto begin = std::chrono::steady_clock::now();
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            OpenAsAsked(take_unasked, arguments));
  WIRECOPY_ASSIGN_OR_RETURN(const Outputs outputs, OpenOutputs(*arguments));
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenInputs(arguments));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(
      *corpus,
      {arguments->output, arguments->stats_path, arguments->rejects_path}));
  if (arguments->corpus.strict) {
    // Nothing is to be added where there is an error at the end.
    IgnoreTexts sink;
    WIRECOPY_RETURN_IF_ERROR(corpus->Scan(arguments->options.threads, &sink));
  }
  IndexRunStats stats;
  stats.action = arguments->action;
  WIRECOPY_RETURN_IF_ERROR(AnswerAll(corpus.get(), *arguments, index.get(),
                                     outputs.answers.get(), &stats));
  WIRECOPY_RETURN_IF_ERROR(corpus->CheckUnchanged());
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfo info, index->Info());
  WIRECOPY_RETURN_IF_ERROR(index->Close());
  WarnOfNoDocument(*corpus);
  static_cast<InputFigures&>(stats) = MakeInputFigures(*corpus);
  stats.documents = info.documents;
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  stats.seconds = seconds.count();
  WIRECOPY_RETURN_IF_ERROR(WriteStats(stats, *corpus, outputs));
  arguments->progress.reset();
  if (arguments->quiet) return absl::OkStatus();
  Log(LogsJson() ? IndexEvents(stats, Version()) : IndexSummary(stats));
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
