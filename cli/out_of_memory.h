// What want of memory does to a run.

#ifndef WIRECOPY_CLI_OUT_OF_MEMORY_H_
#define WIRECOPY_CLI_OUT_OF_MEMORY_H_

namespace wirecopy::cli {

// From here on, the process that operator new has no memory for removes what is
// half written, says why in the format of ReadLogFormat, and ends with status 2
// where it is. An exception in its place would pass through Abseil's tables and
// RocksDB's writes, which neither of them bears: the first is a crash later,
// and the second may wait for ever. (Who maps memory himself still throws one.)
void InstallOutOfMemoryHandler();

// An exception again: for a server, whose other requests may go on, and where a
// folder is half made that only its maker can remove.
void RemoveOutOfMemoryHandler();

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_OUT_OF_MEMORY_H_
