#include "cli/out_of_memory.h"

#include <unistd.h>

#include <atomic>
#include <new>
#include <string>

#include "cli/command.h"
#include "cli/log.h"
#include "io/temporary_files.h"

namespace wirecopy::cli {
namespace {

// Made while there is memory. On a terminal it takes the place of what shows
// how far the run is.
const std::string& Message() {
  static const auto* const message = new std::string(
      (isatty(STDERR_FILENO) == 1 && !LogsJson() ? "\r\x1b[K" : "") +
      ErrorLine("out of memory"));
  return *message;
}

[[noreturn]] void EndWithoutMemory() {
  static std::atomic_flag is_ending;
  while (is_ending.test_and_set()) pause();  // for the thread that ends it
  RemoveTemporaryFiles();
  const std::string& message = Message();
  const bool is_said =
      write(STDERR_FILENO, message.data(), message.size()) >= 0;
  static_cast<void>(is_said);  // to whom else
  _exit(kError);
}

}  // namespace

void InstallOutOfMemoryHandler() {
  Message();
  std::set_new_handler(EndWithoutMemory);
}

void RemoveOutOfMemoryHandler() { std::set_new_handler(nullptr); }

}  // namespace wirecopy::cli
