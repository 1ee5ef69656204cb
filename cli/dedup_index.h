// wirecopy dedup --index: documents against all that an index has seen.

#ifndef WIRECOPY_CLI_DEDUP_INDEX_H_
#define WIRECOPY_CLI_DEDUP_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "cli/cli11.h"
#include "cli/match_options.h"
#include "engine/index_verdict.h"
#include "wirecopy/index.h"

namespace wirecopy::cli {

struct DedupIndexArguments {
  std::string folder;  // empty where there is no index
  bool is_read_only = false;
  IndexVerdictOptions verdict;
  std::string present = "keep";
  std::string annotations_path;
  IndexOptions index;
  size_t batch = 1000;
};

// Where what is decided goes, as dedup's own options have it.
struct DedupIndexOutputs {
  std::string kept;
  std::string removed;
};

void AddDedupIndexOptions(CLI::App* command, DedupIndexArguments* arguments);

// Options that would do nothing, with an index or without one, are errors.
absl::Status CheckDedupIndexOptions(const CLI::App& command,
                                    const DedupIndexArguments& arguments);

// Parameters that `command` was given, and that are not the index's, are an
// error that names the first; so is what the index cannot tell.
absl::Status RunDedupIndex(const CLI::App& command,
                           const DedupIndexOutputs& outputs,
                           DedupIndexArguments* arguments,
                           MatchArguments* match);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_DEDUP_INDEX_H_
