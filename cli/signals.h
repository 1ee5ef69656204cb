// What a signal does to a run.

#ifndef WIRECOPY_CLI_SIGNALS_H_
#define WIRECOPY_CLI_SIGNALS_H_

namespace wirecopy::cli {

// From here on, whatever asks the process to end (an interrupt, SIGTERM, a
// closed terminal) first removes what is half written, and the process still
// ends by that signal. What was ignored stays ignored. A closed pipe and a file
// that grows too large are errors of the write, not the end of the process.
void InstallSignalHandlers();

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SIGNALS_H_
