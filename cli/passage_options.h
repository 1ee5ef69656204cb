// What the commands that find passages have in common.

#ifndef WIRECOPY_CLI_PASSAGE_OPTIONS_H_
#define WIRECOPY_CLI_PASSAGE_OPTIONS_H_

#include <string_view>

#include "cli/cli11.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"

namespace wirecopy::cli {

// Adds the options of that struct; --seed only where the command does not have
// one for its shingles, which then is to be copied.
void AddPassageOptions(CLI::App* command, PassageOptions* options);

// Adds --offsets.
void AddOffsetOption(CLI::App* command, OffsetUnit* unit);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_PASSAGE_OPTIONS_H_
