// What is wrong with a command line, in the words of its user.

#ifndef WIRECOPY_CLI_USAGE_ERROR_H_
#define WIRECOPY_CLI_USAGE_ERROR_H_

#include <string>

#include "cli/cli11.h"

namespace wirecopy::cli {

// One line, with the way to the help.
std::string UsageMessage(const CLI::App& app, const CLI::ParseError& error);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_USAGE_ERROR_H_
