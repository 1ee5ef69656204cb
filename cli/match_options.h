// The options that commands share: where documents come from, and when two of
// them are alike.

#ifndef WIRECOPY_CLI_MATCH_OPTIONS_H_
#define WIRECOPY_CLI_MATCH_OPTIONS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/cli11.h"
#include "cli/profile.h"
#include "cli/progress.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "report/match_records.h"
#include "wirecopy/dedup.h"

namespace wirecopy::cli {

// Of every command that reads a collection of documents.
struct RunArguments {
  CorpusOptions corpus;
  std::string stats_path;
  std::string rejects_path;
  std::string list_path;  // of a file that lists more inputs; empty for none
  bool quiet = false;
  std::unique_ptr<Progress> progress;
  bool wants_profile = false;        // where --profile is an option
  std::unique_ptr<Profile> profile;  // null unless wanted
};

// Of dedup and pairs.
struct MatchArguments : RunArguments {
  MatchOptions match;
};

void AddMatchOptions(CLI::App* command, MatchArguments* arguments);

// --threshold and --measure.
void AddThresholdOptions(CLI::App* command, double* threshold,
                         Measure* measure);
// --recall.
void AddRecallOption(CLI::App* command, double* recall);

// IN and --files-from.
void AddInputs(CLI::App* command, RunArguments* arguments);

// --threads, --stats, --rejects, --strict and --quiet.
void AddRunOptions(CLI::App* command, int* threads, RunArguments* arguments);

// --profile.
void AddProfileOption(CLI::App* command, RunArguments* arguments);

// --input-format, --id-field, --text-field and --max-document.
void AddInputOptions(CLI::App* command, CorpusOptions* corpus);

// --date-field and --metadata.
void AddMetadataOptions(CLI::App* command, CorpusOptions* corpus);

// --publisher-field and --url-field, for commands that look at them.
void AddPublisherOptions(CLI::App* command, CorpusOptions* corpus);

// --shingle, --k and --seed, which compare takes too.
void AddShingleOptions(CLI::App* command, ShingleOptions* options);

// Starts the progress line and opens the input.
absl::StatusOr<std::unique_ptr<Corpus>> OpenInputs(RunArguments* arguments);

// Checks the arguments besides, and begins the profile.
absl::StatusOr<std::unique_ptr<Corpus>> OpenCorpus(MatchArguments* arguments);

// Whom a job is to tell how far it is: the progress line, or the profile, which
// this begins where it is wanted.
ProgressListener* BeginListening(RunArguments* arguments);

// The corpus as jobs are to see it; `scan_stage` is what they do as they read.
class JobSource {
 public:
  JobSource(const RunArguments& arguments, Corpus* corpus,
            std::string_view scan_stage)
      : timed_(arguments.profile == nullptr
                   ? nullptr
                   : arguments.profile->Timed(corpus, scan_stage)),
        source_(timed_ == nullptr ? corpus : timed_.get()) {}

  DocumentSource* get() const { return source_; }

 private:
  std::unique_ptr<DocumentSource> timed_;
  DocumentSource* source_;
};

// Warns, quiet or not, where there were records and none of them could be read:
// the names of fields, or the encoding, are others than somebody thinks. To be
// asked once all has been read.
void WarnOfNoDocument(const Corpus& corpus);

// What was read, but for the seconds.
InputFigures MakeInputFigures(const Corpus& corpus);

// What a run tells of itself; the caller adds what is its own.
RunStats MakeRunStats(const MatchArguments& arguments, const Corpus& corpus,
                      const MatchStats& stats, double seconds);

// Tells of a run that is done, unless it is to be quiet: in `text`, or as
// events. And of its profile, where that is wanted.
void ShowSummary(const MatchArguments& arguments, const RunStats& run,
                 const std::string& text);

// Tells of the profile alone, where it is wanted.
void ShowProfile(const RunArguments& arguments, int threads, uint64_t bytes);

// "jaccard" or "containment".
std::string MeasureName(Measure measure);
// "word" or "char".
std::string ShingleUnitName(ShingleUnit unit);

// Writes the records that could not be used.
absl::Status WriteRejects(const Corpus& corpus, OutputFile* file);

// The files that a run reads besides its documents; some may be empty.
std::vector<std::string> TablesOf(const RunArguments& arguments);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_MATCH_OPTIONS_H_
