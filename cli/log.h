// Narration and errors, on standard error: for people, or as JSON Lines.

#ifndef WIRECOPY_CLI_LOG_H_
#define WIRECOPY_CLI_LOG_H_

#include <string>
#include <string_view>

#include "cli/cli11.h"

namespace wirecopy::cli {

// Adds --log-format, for the help and to refuse what is no format.
void AddLogOption(CLI::App* command);

// Takes --log-format from the arguments as they came, since it counts for
// mistakes in them too. To be called before anything is said.
void ReadLogFormat(int argc, char** argv);

bool LogsJson();

// Writes whole lines.
void Log(const std::string& lines);

// Says what ought to be looked at, quiet or not.
void LogWarning(std::string_view event, const std::string& message);

// Says why the program ends.
void LogError(const std::string& message);

// What that writes.
std::string ErrorLine(const std::string& message);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_LOG_H_
