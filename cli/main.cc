#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <new>
#include <string>

#include "absl/status/status.h"
#include "base/simd.h"
#include "cli/command.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr int kError = 2;

int Complain(const std::string& message) {
  std::fprintf(stderr, "wirecopy: %s\n", message.c_str());
  return kError;
}

// What the library's parser says, in one line, with the way to the help.
int ComplainOfUsage(const CLI::App& app, const CLI::ParseError& error) {
  std::string command = "wirecopy";
  for (const CLI::App* chosen : app.get_subcommands()) {
    command += " " + chosen->get_name();
  }
  std::string message = error.what();
  message = message.substr(0, message.find('\n'));
  return Complain(message + "; see " + command + " --help");
}

int ShowHelp(const CLI::App& app, const std::string& topic) {
  if (topic.empty()) {
    std::fputs(app.help().c_str(), stdout);
    return 0;
  }
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() != topic) continue;
    std::fputs(command->help("wirecopy").c_str(), stdout);
    return 0;
  }
  return Complain("no command " + topic + "; wirecopy help lists them");
}

int Main(int argc, char** argv) {
  CLI::App app(
      "wirecopy finds near-duplicate documents and reused passages in text.",
      "wirecopy");
  app.set_version_flag("--version", "wirecopy " + std::string(Version()));
  app.require_subcommand(1);
  app.footer("wirecopy COMMAND --help shows a command's options and examples.");
  Action action;
  AddDedupCommand(&app, &action);
  AddPairsCommand(&app, &action);
  AddCompareCommand(&app, &action);
  std::string topic;
  CLI::App* const help = app.add_subcommand("help", "show help");
  help->add_option("COMMAND", topic)->option_text(" ");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& request) {
    return app.exit(request);
  } catch (const CLI::CallForVersion& request) {
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    return ComplainOfUsage(app, error);
  }
  if (help->parsed()) return ShowHelp(app, topic);
  const auto simd = SimdLevelFromEnvironment();
  if (!simd.ok()) return Complain(std::string(simd.status().message()));
  const absl::Status status = action();
  if (!status.ok()) return Complain(std::string(status.message()));
  return 0;
}

}  // namespace
}  // namespace wirecopy::cli

int main(int argc, char** argv) {
  // A closed pipe is an error of the write, not the end of the process: what
  // is half written is cleaned up.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return wirecopy::cli::Main(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("wirecopy: out of memory\n", stderr);
    return 2;
  }
}
