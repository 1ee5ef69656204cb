#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/simd.h"
#include "cli/command.h"
#include "cli/file_limit.h"
#include "cli/log.h"
#include "cli/option_checks.h"
#include "cli/out_of_memory.h"
#include "cli/signals.h"
#include "cli/usage_error.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

int Complain(const std::string& message) {
  LogError(message);
  return kError;
}

int ShowHelp(const CLI::App& app, const std::string& topic) {
  if (topic.empty()) {
    // app.help() would be the help of the command that was asked for: help.
    const std::string text = app.get_formatter()->make_help(
        &app, app.get_name(), CLI::AppFormatMode::Normal);
    std::fputs(text.c_str(), stdout);
    return 0;
  }
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() != topic) continue;
    std::fputs(command->help("wirecopy").c_str(), stdout);
    return 0;
  }
  return Complain("no command " + topic + "; wirecopy help lists them");
}

// Takes any topic, for ShowHelp says best what is none, and lets completions
// know the commands.
CLI::Validator TopicForCompletions(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  const auto accept = [](std::string& /*topic*/) { return std::string(); };
  return CLI::Validator(accept, "", ValuesCheckName(names));
}

// Adds the command that was asked for where there is such a one, for to make
// the options of all is a good part of what a start takes; else all of them,
// since generate and help tell of each.
void AddCommands(std::string_view asked, CLI::App* app, Action* action,
                 int* exit_status) {
  const std::pair<std::string_view, std::function<void()>> commands[] = {
      {"dedup", [&] { AddDedupCommand(app, action); }},
      {"pairs", [&] { AddPairsCommand(app, action); }},
      {"passages", [&] { AddPassagesCommand(app, action); }},
      {"trace", [&] { AddTraceCommand(app, action); }},
      {"compare", [&] { AddCompareCommand(app, action, exit_status); }},
      {"sketch", [&] { AddSketchCommand(app, action); }},
      {"index", [&] { AddIndexCommand(app, action); }},
      {"serve", [&] { AddServeCommand(app, action); }},
  };
  for (const auto& [name, add] : commands) {
    if (name == asked) return add();
  }
  for (const auto& [name, add] : commands) add();
  AddGenerateCommand(app, action);
}

int Main(int argc, char** argv) {
  CLI::App app(
      "wirecopy finds near-duplicate documents and reused passages in text.",
      "wirecopy");
  app.set_version_flag("--version", "wirecopy " + std::string(Version()));
  app.require_subcommand(1);
  app.footer("wirecopy COMMAND --help shows a command's options and examples.");
  Action action;
  int exit_status = 0;
  AddCommands(argc > 1 ? argv[1] : "", &app, &action, &exit_status);
  for (CLI::App* command : app.get_subcommands({})) AddLogOption(command);
  std::string topic;
  CLI::App* const help = app.add_subcommand("help", "show help");
  help->add_option("COMMAND", topic)
      ->check(TopicForCompletions(app))
      ->option_text(" ");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& request) {
    return app.exit(request);
  } catch (const CLI::CallForVersion& request) {
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    return Complain(UsageMessage(app, error));
  }
  if (help->parsed()) return ShowHelp(app, topic);
  const auto simd = SimdLevelFromEnvironment();
  if (!simd.ok()) return Complain(std::string(simd.status().message()));
  const absl::Status status = action();
  if (!status.ok()) return Complain(std::string(status.message()));
  return exit_status;
}

// Whoever starts us with a standard stream closed must not find messages in
// the file that is opened next: no file may get its number.
void OccupyStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) != -1) continue;
    // The way round in which nobody can use it, so that its loss is seen.
    const int flags = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (open("/dev/null", flags) < 0) std::abort();
  }
}

}  // namespace
}  // namespace wirecopy::cli

int main(int argc, char** argv) {
  wirecopy::cli::InstallSignalHandlers();
  wirecopy::cli::OccupyStandardStreams();
  wirecopy::cli::RaiseFileLimit();
  wirecopy::cli::ReadLogFormat(argc, argv);
  wirecopy::cli::InstallOutOfMemoryHandler();
  try {
    const int status = wirecopy::cli::Main(argc, argv);
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    // Only help goes there, and whoever has read enough of it has it (head).
    if (errno == EPIPE) return status;
    return wirecopy::cli::Complain("cannot write standard output");
  } catch (const std::bad_alloc&) {
    return wirecopy::cli::Complain("out of memory");
  } catch (const std::system_error& error) {
    const bool is_of_threads =
        error.code() == std::errc::resource_unavailable_try_again;
    return wirecopy::cli::Complain(
        is_of_threads ? "cannot start a thread: memory or processes are short"
                      : error.what());
  } catch (const std::exception& error) {
    return wirecopy::cli::Complain(error.what());
  }
}
