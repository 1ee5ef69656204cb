// What standard output is shown on.

#ifndef WIRECOPY_CLI_TERMINAL_H_
#define WIRECOPY_CLI_TERMINAL_H_

namespace wirecopy::cli {

enum class ColorChoice { kAuto, kAlways, kNever };

// Automatic: standard output is a terminal that knows colours, and NO_COLOR
// (no-color.org) is empty or not set.
bool UseColor(ColorChoice choice);

// The columns of the terminal, 80 where there is none.
int TerminalWidth();

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_TERMINAL_H_
