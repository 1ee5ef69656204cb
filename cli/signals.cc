#include "cli/signals.h"

#include <csignal>

#include "io/temporary_files.h"

namespace wirecopy::cli {
namespace {

extern "C" void EndBySignal(int signal) {
  RemoveTemporaryFiles();
  // The handler is gone by now (SA_RESETHAND): this one ends the process as
  // soon as the handler returns.
  raise(signal);
}

}  // namespace

void InstallSignalHandlers() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action = {};
    if (sigaction(signal, nullptr, &action) != 0 ||
        action.sa_handler == SIG_IGN) {
      continue;
    }
    action = {};
    action.sa_handler = EndBySignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace wirecopy::cli
