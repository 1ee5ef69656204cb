// A command of the program: its options, and what it does.

#ifndef WIRECOPY_CLI_COMMAND_H_
#define WIRECOPY_CLI_COMMAND_H_

#include <functional>

#include "absl/status/status.h"
#include "cli/cli11.h"

namespace wirecopy::cli {

// What the program returns where something goes wrong.
inline constexpr int kError = 2;

// Each adds its command to the program. `*run` is set to what is to be done
// when that command was asked for, and may set `*exit_status` to what the
// program returns where nothing goes wrong.
using Action = std::function<absl::Status()>;
void AddDedupCommand(CLI::App* app, Action* run);
void AddPairsCommand(CLI::App* app, Action* run);
void AddPassagesCommand(CLI::App* app, Action* run);
void AddTraceCommand(CLI::App* app, Action* run);
void AddCompareCommand(CLI::App* app, Action* run, int* exit_status);
void AddSketchCommand(CLI::App* app, Action* run);
void AddIndexCommand(CLI::App* app, Action* run);
void AddServeCommand(CLI::App* app, Action* run);
void AddGenerateCommand(CLI::App* app, Action* run);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_COMMAND_H_
