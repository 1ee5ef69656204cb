// Writes the documents that dedup keeps.

#ifndef WIRECOPY_CLI_KEPT_WRITER_H_
#define WIRECOPY_CLI_KEPT_WRITER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/outputs.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "wirecopy/dedup.h"

namespace wirecopy::cli {

// Everything that is kept, in input order: lines as they are, other documents
// as lines of JSON. InvalidArgument where lines of two inputs cannot stand in
// one file.
absl::Status WriteKept(const Corpus& corpus, const DedupResult& result,
                       int threads, OutputFile* file);

// The files of the folder, by input. InvalidArgument where two inputs would be
// one of them.
absl::StatusOr<std::vector<std::string>> PathsInFolder(
    const Corpus& corpus, const std::string& folder);

struct KeptByInput {
  std::vector<std::unique_ptr<OutputFolder>> folders;  // outlive what is there
  std::vector<std::unique_ptr<OutputFile>> files;
};

// What is kept of each input, to a file of its name (without the ending of
// compression) in the folder, which is made if need be: lines as they are, a
// text file whole, or not at all. Adds the files, which are finished but not
// committed; `is_durable` is theirs (OutputFile).
absl::Status WriteKeptByInput(const Corpus& corpus, const DedupResult& result,
                              int threads, bool is_durable,
                              const std::string& folder, KeptByInput* kept);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_KEPT_WRITER_H_
