#include "cli/dedup_index.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/batch_reader.h"
#include "cli/ignore_texts.h"
#include "cli/index_memory.h"
#include "cli/index_views.h"
#include "cli/kept_line.h"
#include "cli/log.h"
#include "cli/offset_units.h"
#include "cli/outputs.h"
#include "io/output_file.h"
#include "report/indexed_dedup_records.h"
#include "report/match_records.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

struct IndexedOutputs {
  std::unique_ptr<OutputFile> kept, removed, annotations, stats, rejects;

  absl::Status Commit() {
    return CommitAll({rejects.get(), removed.get(), annotations.get(),
                      stats.get(), kept.get()});
  }
};

std::vector<std::string> Paths(const DedupIndexOutputs& outputs,
                               const DedupIndexArguments& arguments,
                               const MatchArguments& match) {
  return {outputs.kept.empty() ? "-" : outputs.kept, outputs.removed,
          arguments.annotations_path, match.stats_path, match.rejects_path};
}

// Durable where the index is: it remembers what it has seen for good.
absl::StatusOr<IndexedOutputs> OpenOutputs(
    const std::vector<std::string>& paths, const std::string& index,
    bool is_durable, const MatchArguments& match) {
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(TablesOf(match), paths));
  WIRECOPY_RETURN_IF_ERROR(CheckNotInIndex(index, paths));
  IndexedOutputs files;
  std::unique_ptr<OutputFile>* const all[] = {&files.kept, &files.removed,
                                              &files.annotations, &files.stats,
                                              &files.rejects};
  for (size_t i = 0; i < paths.size(); ++i) {
    WIRECOPY_ASSIGN_OR_RETURN(*all[i], OpenOutput(paths[i]));
    if (is_durable && *all[i] != nullptr) (*all[i])->SetDurable();
  }
  return files;
}

// What the index has, but for what options ask for.
IndexParameters AskedOf(const CLI::App& command, const MatchOptions& match,
                        const IndexParameters& held) {
  IndexParameters asked = held;
  if (command.count("--threshold") > 0) asked.threshold = match.threshold;
  if (command.count("--measure") > 0) asked.measure = match.measure;
  if (command.count("--recall") > 0) asked.recall = match.recall;
  if (command.count("--shingle") > 0) asked.shingle.unit = match.shingle.unit;
  if (command.count("--k") > 0) asked.shingle.k = match.shingle.k;
  if (command.count("--seed") > 0) asked.shingle.seed = match.shingle.seed;
  return asked;
}

// Whether the index finds the passages that are asked for.
absl::Status CheckPassages(const IndexVerdictOptions& verdict,
                           const IndexParameters& held) {
  if (verdict.passages == PassageUse::kNone) return absl::OkStatus();
  if (!held.has_passages) {
    return absl::FailedPreconditionError(
        "it was made with --no-passages, and finds none");
  }
  const auto least = static_cast<uint32_t>(held.passage.min_words);
  if (verdict.min_words == 0 || verdict.min_words >= least) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("it was made with --min-words ", least, ", not ",
                   verdict.min_words, ": it finds no shorter passages"));
}

absl::StatusOr<std::unique_ptr<Index>> OpenAsAsked(
    const CLI::App& command, const DedupIndexArguments& arguments,
    const MatchArguments& match, IndexMemory* memory) {
  IndexOptions options = arguments.index;
  options.threads = match.match.threads;
  const PassageUse use = arguments.verdict.passages;
  options.answers_passages = use != PassageUse::kNone;
  options.answers_runs =
      use == PassageUse::kRemove || use == PassageUse::kAnnotate;
  options.repeats_answers = true;
  if (use != PassageUse::kAnnotate) options.offsets = OffsetUnit::kByte;
  memory->ShareWith(options.answers_passages, &options);
  const Index::Access access =
      arguments.is_read_only ? Index::Access::kRead : Index::Access::kWrite;
  WIRECOPY_ASSIGN_OR_RETURN(auto index,
                            Index::Open(arguments.folder, access, options));
  const IndexParameters& held = index->parameters();
  absl::Status status = CheckSame(held, AskedOf(command, match.match, held));
  status.Update(CheckPassages(arguments.verdict, held));
  if (status.ok()) {
    WIRECOPY_RETURN_IF_ERROR(
        memory->CheckOpened(*index, arguments.is_read_only));
    return index;
  }
  return absl::Status(
      status.code(),
      absl::StrCat(arguments.folder, ": ", std::string(status.message())));
}

// Refers to the spans' ids.
std::vector<SeenSpanRecord> RecordsOf(const std::vector<SeenSpan>& spans) {
  std::vector<SeenSpanRecord> records;
  records.reserve(spans.size());
  for (const SeenSpan& span : spans) {
    records.push_back({span.begin, span.end, span.identity, &span.other});
  }
  return records;
}

// Decides upon the documents of a corpus.
class Run {
 public:
  Run(Corpus* corpus, const DedupIndexArguments& arguments, IndexMemory* memory,
      Index* index, IndexedOutputs* files)
      : corpus_(corpus),
        memory_(memory),
        arguments_(arguments),
        index_(index),
        files_(files),
        kept_(*corpus, files->kept.get()) {}

  // Whoever reads what is kept from a pipe has it once its batch is on disk.
  absl::StatusOr<IndexedDedupStats> Go() {
    BatchReader reader(corpus_, arguments_.batch, memory_);
    while (true) {
      const uint32_t first = reader.done();
      WIRECOPY_ASSIGN_OR_RETURN(const auto documents, reader.Next());
      // The row of names is read with the first rows.
      if (first == 0) WIRECOPY_RETURN_IF_ERROR(kept_.WriteHeader());
      if (documents.empty()) return stats_;
      WIRECOPY_ASSIGN_OR_RETURN(const auto answers, Ask(documents));
      for (uint32_t i = 0; i < documents.size(); ++i) {
        WIRECOPY_RETURN_IF_ERROR(Decide(first + i, documents[i], answers[i]));
      }
      WIRECOPY_RETURN_IF_ERROR(files_->kept->Flush());
    }
  }

 private:
  // Documents of a reference set may have the ids of others: its ids say
  // nothing of these.
  absl::StatusOr<std::vector<IndexAnswer>> Ask(
      std::span<const Document> documents) {
    if (!arguments_.is_read_only) return index_->Add(documents);
    std::vector<Document> nameless(documents.begin(), documents.end());
    for (Document& document : nameless) document.id = {true, ""};
    return index_->Query(nameless);
  }

  absl::Status Decide(uint32_t number, const Document& document,
                      const IndexAnswer& answer) {
    stats_.present += answer.status == IndexStatus::kPresent ? 1 : 0;
    stats_.revisions += answer.status == IndexStatus::kRevision ? 1 : 0;
    const IndexVerdict verdict =
        JudgeAnswer(document, answer, arguments_.verdict);
    if (verdict.removal) return Remove(document.id, *verdict.removal);
    ++stats_.kept;
    stats_.documents_with_spans += verdict.spans.empty() ? 0 : 1;
    stats_.spans += verdict.spans.size();
    if (arguments_.verdict.passages == PassageUse::kAnnotate) {
      WIRECOPY_RETURN_IF_ERROR(Annotate(document.id, verdict));
      return kept_.Write(number, document.text, {});
    }
    return kept_.Write(number, document.text, CutsOf(verdict.spans));
  }

  absl::Status Remove(const DocumentId& id,
                      const IndexVerdict::Removal& removal) {
    ++stats_.removed;
    stats_.removed_by_passages += removal.is_by_passages ? 1 : 0;
    if (files_->removed == nullptr) return absl::OkStatus();
    return files_->removed->Write(RemovedLine(
        {&id, &removal.kept, removal.similarity},
        removal.is_by_passages ? "passages"
                               : MeasureName(index_->parameters().measure)));
  }

  absl::Status Annotate(const DocumentId& id, const IndexVerdict& verdict) {
    return files_->annotations->Write(
        AnnotationLine(id, RecordsOf(verdict.spans), RecordsOf(verdict.cuts),
                       RecordedUnit(arguments_.index.offsets)));
  }

  Corpus* const corpus_;
  IndexMemory* const memory_;
  const DedupIndexArguments& arguments_;
  Index* const index_;
  IndexedOutputs* const files_;
  KeptLineWriter kept_;
  IndexedDedupStats stats_;
};

// What may be an error at the end of the input is one before anything is added
// where that is asked for, and where tables need not have the same columns.
absl::Status ReadFirst(const MatchArguments& match, Corpus* corpus) {
  const std::vector<InputFile>& files = corpus->files();
  const bool may_differ =
      files.size() > 1 &&
      std::any_of(files.begin(), files.end(),
                  [](const InputFile& file) { return HasHeader(file.format); });
  if (!match.corpus.strict && !may_differ) return absl::OkStatus();
  IgnoreTexts sink;
  WIRECOPY_RETURN_IF_ERROR(corpus->Scan(match.match.threads, &sink));
  return corpus->CommonHeader().status();
}

absl::Status WriteFigures(const IndexedDedupStats& stats, const Corpus& corpus,
                          IndexedOutputs* files) {
  if (files->stats != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(
        files->stats->Write(IndexedDedupStatsLine(stats, Version())));
  }
  if (files->rejects != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(WriteRejects(corpus, files->rejects.get()));
  }
  return files->Commit();
}

}  // namespace

absl::Status RunDedupIndex(const CLI::App& command,
                           const DedupIndexOutputs& outputs,
                           DedupIndexArguments* arguments,
                           MatchArguments* match) {
  const auto begin = std::chrono::steady_clock::now();
  arguments->verdict.keeps_present = arguments->present == "keep";
  // A reference set is not what is kept, whatever of it is a duplicate.
  arguments->verdict.cuts_by_unkept = arguments->is_read_only;
  IndexMemory memory(match->match.memory);
  match->corpus.memory = match->match.memory;
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            OpenAsAsked(command, *arguments, *match, &memory));
  const auto paths = Paths(outputs, *arguments, *match);
  WIRECOPY_ASSIGN_OR_RETURN(
      IndexedOutputs files,
      OpenOutputs(paths, arguments->folder, !arguments->is_read_only, *match));
  // What the index keeps of documents is what `index add` would.
  match->corpus.keeps_publishers = true;
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, OpenInputs(match));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(*corpus, paths));
  WIRECOPY_RETURN_IF_ERROR(ReadFirst(*match, corpus.get()));
  WIRECOPY_ASSIGN_OR_RETURN(
      IndexedDedupStats stats,
      Run(corpus.get(), *arguments, &memory, index.get(), &files).Go());
  WIRECOPY_RETURN_IF_ERROR(corpus->CheckUnchanged());
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfo info, index->Info());
  WIRECOPY_RETURN_IF_ERROR(index->Close());
  WarnOfNoDocument(*corpus);
  static_cast<InputFigures&>(stats) = MakeInputFigures(*corpus);
  stats.is_read_only = arguments->is_read_only;
  stats.documents = info.documents;
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  stats.seconds = seconds.count();
  WIRECOPY_RETURN_IF_ERROR(WriteFigures(stats, *corpus, &files));
  match->progress.reset();
  if (match->quiet) return absl::OkStatus();
  Log(LogsJson() ? IndexedDedupEvents(stats, Version())
                 : IndexedDedupSummary(stats));
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
