#include "cli/usage_error.h"

#include <CLI/CLI.hpp>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace wirecopy::cli {
namespace {

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// "--option" of "--option: the rest".
std::string OptionOf(const std::string& message) {
  return message.substr(0, message.find(": "));
}

// No command, or one that there is not.
std::string NoCommand(const CLI::App& app) {
  const std::vector<std::string> rest = app.remaining();
  if (rest.empty()) return "a command is required";
  const bool is_option = rest.front().substr(0, 1) == "-";
  return absl::StrCat("no ", is_option ? "option " : "command ", rest.front());
}

// Whether a command reads documents and nobody named any.
bool LacksInput(const CLI::App& command) {
  const auto is_unset = [&command](const char* name) {
    const CLI::Option* const option = command.get_option_no_throw(name);
    return option != nullptr && option->count() == 0;
  };
  return is_unset("IN") && is_unset("--files-from");
}

// The parser's own words, where they are no good, in better ones.
std::string Describe(const CLI::App& app, const CLI::ParseError& error) {
  constexpr std::string_view kNotConverted = "Could not convert: ";
  std::string message = FirstLine(error.what());
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (app.get_subcommands().empty()) return NoCommand(app);
    // Without it the missing input would be the next error.
    if (message.starts_with("--") &&
        LacksInput(*app.get_subcommands().front())) {
      return absl::StrCat("no input, and ", message);
    }
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr &&
      message.compare(0, kNotConverted.size(), kNotConverted) == 0) {
    return message.substr(kNotConverted.size()) +
           ": no number, or none that this option takes";
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const bool is_missing = message.find("missing") != std::string::npos;
    return OptionOf(message) +
           (is_missing ? ": needs a value" : ": takes one value, given once");
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::string extra = message.substr(message.find(": ") + 2);
    const bool is_option = extra.substr(0, 1) == "-";
    return (is_option ? "no option " : "one argument too many: ") + extra;
  }
  return message;
}

}  // namespace

std::string UsageMessage(const CLI::App& app, const CLI::ParseError& error) {
  std::string command = "wirecopy";
  for (const CLI::App* chosen : app.get_subcommands()) {
    absl::StrAppend(&command, " ", chosen->get_name());
  }
  return absl::StrCat(Describe(app, error), "; see ", command, " --help");
}

}  // namespace wirecopy::cli
