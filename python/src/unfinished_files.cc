// What a signal that ends the process leaves behind: nothing half written.

#include <nanobind/stl/vector.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <string>
#include <vector>

#include "bindings.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};

// Of the files that are written now. A handler may read it at any time: the
// names stay as they are while they are here.
std::atomic<const std::vector<std::string>*> unfinished{nullptr};
std::array<struct sigaction, kSignals.size()> former;

extern "C" void RemoveAndEnd(int signal) {
  const auto* const paths = unfinished.load();
  if (paths != nullptr) {
    for (const std::string& path : *paths) unlink(path.c_str());
  }
  // The handler is gone by now (SA_RESETHAND): this one ends the process as
  // soon as the handler returns.
  raise(signal);
}

// Python looks at signals between its own steps, of which there may be none for
// hours; so that they are dealt with here, as the program does.
void Guard(const std::vector<nb::bytes>& paths) {
  if (unfinished.load() != nullptr) {
    throw nb::value_error("other files are guarded already");
  }
  auto* const names = new std::vector<std::string>();
  for (const nb::bytes& path : paths) {
    names->emplace_back(path.c_str(), path.size());
  }
  unfinished.store(names);
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &former[i]);
    if (former[i].sa_handler == SIG_IGN) continue;
    struct sigaction action = {};
    action.sa_handler = RemoveAndEnd;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(kSignals[i], &action, nullptr);
  }
}

void Unguard() {
  if (unfinished.load() == nullptr) return;
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &former[i], nullptr);
  }
  delete unfinished.exchange(nullptr);
}

}  // namespace

void BindUnfinishedFiles(nb::module_* module) {
  module->def("guard_files", Guard, "paths"_a,
              "From here on a signal that ends the process (SIGINT, SIGTERM,\n"
              "SIGHUP; not those that are ignored) removes these files first.");
  module->def("unguard_files", Unguard,
              "Signals do what they did before guard_files.");
}

}  // namespace wirecopy::python
