// What the actions of index do.

#ifndef WIRECOPY_CLI_INDEX_RUN_H_
#define WIRECOPY_CLI_INDEX_RUN_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/match_options.h"
#include "wirecopy/index.h"

namespace wirecopy::cli {

struct IndexArguments : RunArguments {
  std::string action;
  std::string folder;
  IndexParameters parameters;  // as the options have them
  IndexOptions options;
  size_t batch = 1000;
  std::vector<std::string> ids;
  std::string output = "-";
};

// Makes the parameters that were asked for of those that an index has: takes
// over what no option was given for.
using TakeUnasked =
    std::function<void(const IndexParameters& held, IndexParameters* asked)>;

absl::Status RunIndexCreate(const IndexArguments& arguments);
// Add and query.
absl::Status RunIndexAnswers(const TakeUnasked& take_unasked,
                             IndexArguments* arguments);
absl::Status RunIndexRemove(const IndexArguments& arguments);
// What nobody has kept, as JSON Lines to be read again.
absl::Status RunIndexOrphans(const IndexArguments& arguments);
absl::Status RunIndexInfo(const IndexArguments& arguments);
absl::Status RunIndexVerify(const IndexArguments& arguments);
absl::Status RunIndexCompact(const IndexArguments& arguments);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_INDEX_RUN_H_
