#include "cli/match_options.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "cli/log.h"
#include "cli/option_checks.h"
#include "io/shown_text.h"
#include "report/log_events.h"
#include "wirecopy/published.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

const std::map<std::string, Measure> kMeasures = {
    {"jaccard", Measure::kJaccard}, {"containment", Measure::kContainment}};
const std::map<std::string, ShingleUnit> kShingleUnits = {
    {"word", ShingleUnit::kWord}, {"char", ShingleUnit::kCharacter}};
const std::map<std::string, InputFormat> kFormats = {
    {"auto", InputFormat::kAuto}, {"jsonl", InputFormat::kJsonl},
    {"text", InputFormat::kText}, {"csv", InputFormat::kCsv},
    {"tsv", InputFormat::kTsv},   {"wet", InputFormat::kWet}};

// Far above what helps, far below what a system refuses.
constexpr int kMostThreads = 1024;

template <typename Value>
std::string NameOf(const std::map<std::string, Value>& names, Value value) {
  for (const auto& [name, named] : names) {
    if (named == value) return name;
  }
  return "";
}

// Adds the names that stand in a file, one a line.
absl::Status AddListed(const std::string& path,
                       std::vector<std::string>* paths) {
  WIRECOPY_ASSIGN_OR_RETURN(InputFile file,
                            OpenInput({path, ""}, InputFormat::kJsonl));
  WIRECOPY_ASSIGN_OR_RETURN(const OpenedInput opened, OpenToRead(&file));
  constexpr size_t kMost = size_t{1} << 30;
  ByteBuffer buffer;
  WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                            ReadAll(opened.stream.get(), kMost, &buffer));
  const std::string names(buffer.data(), size);
  for (const auto name : absl::StrSplit(names, '\n', absl::SkipEmpty())) {
    paths->emplace_back(absl::StripSuffix(name, "\r"));
  }
  return absl::OkStatus();
}

void AddMetadataFigures(const MetadataFigures& metadata,
                        InputFigures* figures) {
  figures->has_metadata = metadata.has_table;
  figures->metadata_rows = metadata.rows;
  figures->unused_metadata = metadata.unused;
  figures->metadata_documents = metadata.documents;
  std::vector<std::string> examples;
  if (!metadata.unused_row.empty()) {
    examples.push_back(absl::StrCat("a row without a document: ",
                                    ShownText(metadata.unused_row)));
  }
  if (!metadata.bare_document.empty()) {
    examples.push_back(absl::StrCat("a document without a row: ",
                                    ShownText(metadata.bare_document)));
  }
  if (!metadata.row_by_file.empty()) {
    examples.push_back(absl::StrCat(
        "ids go without the ending: ", ShownText(metadata.named_document),
        ", not ", ShownText(metadata.row_by_file)));
  }
  if (metadata.rows > 0) {
    figures->metadata_examples = absl::StrJoin(examples, "; ");
  }
  figures->unread_columns = ShownList(metadata.unread_columns);
}

// Fields that were named and that no record has: a slip, most likely.
std::vector<std::string> MissingFields(const Corpus& corpus) {
  const FieldNames& names = corpus.fields();
  const FieldNames usual;
  const FieldsSeen& seen = corpus.stats().seen;
  std::vector<std::string> missing;
  const auto note = [&](bool is_seen, const std::string& name,
                        const std::string& usual_name, const char* option) {
    if (is_seen || name == usual_name) return;
    missing.push_back(absl::StrCat(ShownText(name), " (", option, ")"));
  };
  note(seen.id, names.id, usual.id, "--id-field");
  note(seen.text, names.text, usual.text, "--text-field");
  note(seen.published, names.published, usual.published, "--date-field");
  note(seen.publisher, names.publisher, usual.publisher, "--publisher-field");
  note(seen.url, names.url, usual.url, "--url-field");
  return missing;
}

std::string FirstRejection(const Corpus& corpus) {
  const Rejection& first = corpus.rejections().front();
  return absl::StrCat(first.file, ":", first.line, ": ", first.reason);
}

}  // namespace

std::string MeasureName(Measure measure) { return NameOf(kMeasures, measure); }

std::string ShingleUnitName(ShingleUnit unit) {
  return NameOf(kShingleUnits, unit);
}

void AddShingleOptions(CLI::App* command, ShingleOptions* options) {
  command->add_option("--shingle", options->unit, "shingles of: word or char")
      ->transform(NamedValue(kShingleUnits))
      ->option_text("UNIT [word]")
      ->group("Shingles");
  command->add_option("--k", options->k, "words or characters a shingle")
      ->option_text("N [5]")
      ->group("Shingles");
  command
      ->add_option("--seed", options->seed,
                   "seed of all hashes; a secret one keeps others from "
                   "making collisions")
      ->transform(UnsignedNumber())
      ->option_text("N [0]")
      ->group("Shingles");
}

void AddInputs(CLI::App* command, RunArguments* arguments) {
  command
      ->add_option("IN", arguments->corpus.paths,
                   "files of JSON Lines, CSV, TSV or Common Crawl's WET, text "
                   "files, folders of .txt files, patterns in quotes "
                   "('part-*.jsonl'), or - for standard input; each may be "
                   "gzip or Zstandard")
      ->check(FileName())
      ->option_text("...");
  command
      ->add_option("--files-from", arguments->list_path,
                   "read more names of inputs from a file, one a line")
      ->check(FileName())
      ->option_text("FILE")
      ->group("Input");
}

void AddMatchOptions(CLI::App* command, MatchArguments* arguments) {
  CorpusOptions& corpus = arguments->corpus;
  MatchOptions& match = arguments->match;
  AddInputs(command, arguments);
  AddThresholdOptions(command, &match.threshold, &match.measure);
  command->add_flag("--exact", match.exact,
                    "find every pair, by an exact join instead of bands");
  AddRecallOption(command, &match.recall);
  AddRunOptions(command, &match.threads, arguments);
  AddProfileOption(command, arguments);
  AddShingleOptions(command, &match.shingle);
  AddInputOptions(command, &corpus);
  AddMetadataOptions(command, &corpus);
}

void AddThresholdOptions(CLI::App* command, double* threshold,
                         Measure* measure) {
  command
      ->add_option("--threshold", *threshold,
                   "how similar is alike, above 0 and at most 1")
      ->option_text("T [0.8]");
  command
      ->add_option("--measure", *measure,
                   "jaccard: shared shingles of all; containment: of the "
                   "removed document's own")
      ->transform(NamedValue(kMeasures))
      ->option_text("M [jaccard]");
}

void AddRecallOption(CLI::App* command, double* recall) {
  command
      ->add_option("--recall", *recall,
                   "share of pairs at the threshold that bands must find")
      ->option_text("R [0.999]");
}

void AddPublisherOptions(CLI::App* command, CorpusOptions* corpus) {
  corpus->keeps_publishers = true;
  command
      ->add_option("--publisher-field", corpus->fields.publisher,
                   "the field that says who published it")
      ->check(FieldName())
      ->option_text("NAME [publisher]")
      ->group("Input");
  command->add_option("--url-field", corpus->fields.url, "the address's field")
      ->check(FieldName())
      ->option_text("NAME [url]")
      ->group("Input");
}

void AddMetadataOptions(CLI::App* command, CorpusOptions* corpus) {
  command
      ->add_option("--date-field", corpus->fields.published,
                   "the publication date's field")
      ->check(FieldName())
      ->option_text("NAME [published]")
      ->group("Input");
  command
      ->add_option("--metadata", corpus->metadata_path,
                   "a table (.csv, .tsv, .jsonl) of id, published, publisher, "
                   "url and title, joined to the documents")
      ->check(FileName())
      ->option_text("FILE")
      ->group("Input");
}

void AddRunOptions(CLI::App* command, int* threads, RunArguments* arguments) {
  *threads = AvailableThreads();
  command->add_option("--threads", *threads, "threads to use")
      ->check(CLI::Range(1, kMostThreads).description(""))
      ->option_text("N [all]");
  command
      ->add_option("--stats", arguments->stats_path,
                   "write figures of the run, a JSON object")
      ->check(FileName())
      ->option_text("FILE");
  command
      ->add_option("--rejects", arguments->rejects_path,
                   "write records that cannot be used, with the reason")
      ->check(FileName())
      ->option_text("FILE");
  command->add_flag("--strict", arguments->corpus.strict,
                    "stop at the first record that cannot be used");
  command->add_flag("--quiet,-q", arguments->quiet,
                    "no progress and no summary");
}

void AddProfileOption(CLI::App* command, RunArguments* arguments) {
  command->add_flag("--profile", arguments->wants_profile,
                    "say on standard error where the time went, and what "
                    "bounds it");
}

void AddInputOptions(CLI::App* command, CorpusOptions* corpus) {
  command
      ->add_option("--input-format", corpus->format,
                   "auto, jsonl, text, csv, tsv or wet; auto goes by the "
                   "ending, else by the first bytes")
      ->transform(NamedValue(kFormats))
      ->option_text("F [auto]")
      ->group("Input");
  command->add_option("--id-field", corpus->fields.id, "the id's field")
      ->check(FieldName())
      ->option_text("NAME [id]")
      ->group("Input");
  command->add_option("--text-field", corpus->fields.text, "the text's field")
      ->check(FieldName())
      ->option_text("NAME [text]")
      ->group("Input");
  command
      ->add_option("--max-document", corpus->max_document,
                   "reject records of more bytes than this (K, M, G: 1024s)")
      ->transform(ByteSize())
      ->option_text("SIZE [256M]")
      ->group("Input");
}

absl::StatusOr<std::unique_ptr<Corpus>> OpenInputs(RunArguments* arguments) {
  auto& paths = arguments->corpus.paths;
  if (!arguments->list_path.empty()) {
    WIRECOPY_RETURN_IF_ERROR(AddListed(arguments->list_path, &paths));
  }
  if (paths.empty()) {
    return absl::InvalidArgumentError(
        "no input: name files or folders, or - for standard input");
  }
  if (std::count(paths.begin(), paths.end(), "-") > 1) {
    return absl::InvalidArgumentError(
        "standard input (-) is named twice; it can be read once");
  }
  arguments->progress = std::make_unique<Progress>(arguments->quiet);
  arguments->corpus.progress = arguments->progress.get();
  return Corpus::Open(arguments->corpus);
}

absl::StatusOr<std::unique_ptr<Corpus>> OpenCorpus(MatchArguments* arguments) {
  // Before gigabytes are read for nothing.
  WIRECOPY_RETURN_IF_ERROR(Validate(arguments->match));
  WIRECOPY_ASSIGN_OR_RETURN(auto corpus, OpenInputs(arguments));
  arguments->match.progress = BeginListening(arguments);
  return corpus;
}

ProgressListener* BeginListening(RunArguments* arguments) {
  if (!arguments->wants_profile) return arguments->progress.get();
  arguments->profile = std::make_unique<Profile>(arguments->progress.get());
  return arguments->profile.get();
}

void ShowSummary(const MatchArguments& arguments, const RunStats& run,
                 const std::string& text) {
  if (!arguments.quiet) Log(LogsJson() ? RunEvents(run, Version()) : text);
  ShowProfile(arguments, arguments.match.threads, run.bytes);
}

void ShowProfile(const RunArguments& arguments, int threads, uint64_t bytes) {
  if (arguments.profile != nullptr) arguments.profile->Show(threads, bytes);
}

void WarnOfNoDocument(const Corpus& corpus) {
  if (corpus.size() > 0 || corpus.rejections().empty()) return;
  std::string message =
      absl::StrCat("no record could be read: ", FirstRejection(corpus));
  if (const size_t more = corpus.rejections().size() - 1; more > 0) {
    absl::StrAppend(&message, " (and ", more, " more)");
  }
  const std::string no_text =
      absl::StrCat("no field \"", corpus.fields().text, "\"");
  if (corpus.rejections().front().reason == no_text) {
    absl::StrAppend(&message, "; --text-field names the one with the text");
  }
  LogWarning("no_document", message);
}

InputFigures MakeInputFigures(const Corpus& corpus) {
  InputFigures figures;
  figures.read = corpus.stats().read;
  figures.rejected = corpus.rejections().size();
  figures.bytes = corpus.stats().bytes;
  figures.invalid_utf8 = corpus.stats().invalid_utf8;
  figures.unreadable_dates = corpus.stats().unreadable_dates;
  if (figures.unreadable_dates > 0) {
    figures.first_unreadable_date =
        absl::StrCat(ShownText(corpus.stats().first_unreadable_date),
                     "; write it as ", std::string(kDateForms));
  }
  if (figures.read > 0) figures.missing_fields = MissingFields(corpus);
  figures.repeated_inputs = corpus.stats().repeated_inputs;
  figures.first_repeated = corpus.stats().first_repeated;
  AddMetadataFigures(corpus.stats().metadata, &figures);
  if (!corpus.rejections().empty()) {
    figures.first_rejection = FirstRejection(corpus);
  }
  return figures;
}

RunStats MakeRunStats(const MatchArguments& arguments, const Corpus& corpus,
                      const MatchStats& stats, double seconds) {
  const MatchOptions& match = arguments.match;
  RunStats run;
  MatchParameters& parameters = run.parameters;
  parameters.threshold = match.threshold;
  parameters.measure = NameOf(kMeasures, match.measure);
  parameters.exact = !stats.banding.has_value();
  parameters.recall = match.recall;
  parameters.shingle_unit = NameOf(kShingleUnits, match.shingle.unit);
  parameters.shingle_size = match.shingle.k;
  parameters.seed = match.shingle.seed;
  if (stats.banding) {
    parameters.bands = stats.banding->bands;
    parameters.rows = stats.banding->rows;
  }
  static_cast<InputFigures&>(run) = MakeInputFigures(corpus);
  run.candidates = stats.candidates;
  run.verified_pairs = stats.verified_pairs;
  run.expected_recall = stats.expected_recall;
  run.seconds = seconds;
  return run;
}

absl::Status WriteRejects(const Corpus& corpus, OutputFile* file) {
  for (const Rejection& rejection : corpus.rejections()) {
    WIRECOPY_RETURN_IF_ERROR(file->Write(
        RejectLine({rejection.file, rejection.line, rejection.reason})));
  }
  return absl::OkStatus();
}

std::vector<std::string> TablesOf(const RunArguments& arguments) {
  return {arguments.corpus.metadata_path, arguments.list_path};
}

}  // namespace wirecopy::cli
