#include "cli/sketch_compare.h"

#include <chrono>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/log.h"
#include "cli/outputs.h"
#include "engine/signature_pairs.h"
#include "io/output_file.h"
#include "io/signature_file.h"
#include "report/sketch_records.h"
#include "wirecopy/signature.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

// A file in memory.
struct Signatures {
  SignatureParameters parameters;
  std::vector<DocumentId> ids;
  SignatureTable table;
};

SignatureParameters ParametersOf(const SignatureFileHeader& header) {
  SignatureParameters parameters;
  parameters.slots = static_cast<int>(header.slots);
  parameters.shingle.unit =
      header.characters ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  parameters.shingle.k = static_cast<int>(header.k);
  parameters.shingle.seed = header.seed;
  return parameters;
}

absl::StatusOr<Signatures> Load(const std::string& path) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto reader, SignatureFileReader::Open(path));
  const SignatureFileHeader& header = reader->header();
  if (header.signature_version != kSignatureFormatVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        path, " holds signatures of version ", header.signature_version,
        ", and this program makes version ", kSignatureFormatVersion,
        "; make the file again"));
  }
  Signatures loaded{ParametersOf(header), {}, SignatureTable(header.slots)};
  SignatureRecord record;
  while (true) {
    WIRECOPY_ASSIGN_OR_RETURN(const bool more, reader->Next(&record));
    if (!more) return loaded;
    if (loaded.ids.size() + 1 == std::numeric_limits<uint32_t>::max()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, " holds too many documents to be compared"));
    }
    loaded.table.Add(record.shingles, record.slots);
    loaded.ids.push_back(std::move(record.id));
  }
}

absl::Status CheckArguments(const SketchCompareArguments& arguments) {
  const auto& paths = arguments.paths;
  if (paths.size() > 2) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--compare takes one file of signatures or two, not ", paths.size()));
  }
  if (paths.size() == 2 && paths[0] == "-" && paths[1] == "-") {
    return absl::InvalidArgumentError(
        "standard input (-) is named twice; it can be read once");
  }
  if (!(arguments.threshold > 0 && arguments.threshold <= 1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "threshold ", arguments.threshold, ": must be above 0 and at most 1"));
  }
  return absl::OkStatus();
}

// Says which two files it is that do not go together.
absl::Status CheckFilesComparable(const std::vector<std::string>& paths,
                                  const Signatures& a, const Signatures& b) {
  absl::Status status = CheckComparable(a.parameters, b.parameters);
  if (status.ok()) return status;
  return absl::FailedPreconditionError(
      absl::StrCat(paths[0], " and ", paths[1], ": ", status.message()));
}

}  // namespace

absl::Status RunSketchCompare(const SketchCompareArguments& arguments) {
  const auto begin = std::chrono::steady_clock::now();
  WIRECOPY_RETURN_IF_ERROR(CheckArguments(arguments));
  const auto& paths = arguments.paths;
  WIRECOPY_RETURN_IF_ERROR(CheckOutputs(paths, {arguments.output}));
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OpenOutput(arguments.output));
  WIRECOPY_ASSIGN_OR_RETURN(const Signatures a, Load(paths[0]));
  std::unique_ptr<const Signatures> other;
  if (paths.size() == 2) {
    WIRECOPY_ASSIGN_OR_RETURN(Signatures loaded, Load(paths[1]));
    other = std::make_unique<const Signatures>(std::move(loaded));
    WIRECOPY_RETURN_IF_ERROR(CheckFilesComparable(paths, a, *other));
  }
  const Signatures& b = other == nullptr ? a : *other;
  SketchComparison done;
  const auto write = [&](const EstimatedPair& pair) {
    ++done.pairs;
    return output->Write(EstimatedPairLine(
        {&a.ids[pair.a], &b.ids[pair.b], pair.jaccard, pair.standard_error,
         pair.containment_a, pair.containment_b}));
  };
  const SignaturePairs pairs(arguments.threshold, arguments.threads);
  WIRECOPY_RETURN_IF_ERROR(other == nullptr
                               ? pairs.Within(a.table, write)
                               : pairs.Between(a.table, b.table, write));
  WIRECOPY_RETURN_IF_ERROR(output->Commit());
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  done.documents_a = a.ids.size();
  if (other != nullptr) done.documents_b = b.ids.size();
  done.threshold = arguments.threshold;
  done.slots = a.parameters.slots;
  done.seconds = seconds.count();
  if (arguments.quiet) return absl::OkStatus();
  Log(LogsJson() ? SketchComparisonEvent(done, Version())
                 : SketchComparisonSummary(done));
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
