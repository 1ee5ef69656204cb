// Completions for fish.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/command_table.h"

namespace wirecopy::cli {
namespace {

std::string Quoted(const std::string& text) {
  return absl::StrCat(
      "'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

std::string Line(const std::string& condition, const std::string& rest) {
  return absl::StrCat("complete -c wirecopy -n ", Quoted(condition), rest,
                      "\n");
}

// What to offer for a value: names, files or nothing.
std::string Offer(const OptionRow& option) {
  if (!option.values.empty()) {
    return absl::StrCat(" -x -a ", Quoted(absl::StrJoin(option.values, " ")));
  }
  return option.takes_file ? " -r -F" : " -x";
}

std::string Option(const std::string& condition, const OptionRow& option) {
  std::string rest;
  for (const std::string& name : option.short_names) {
    absl::StrAppend(&rest, " -s ", name);
  }
  for (const std::string& name : option.long_names) {
    absl::StrAppend(&rest, " -l ", name);
  }
  if (option.takes_value) rest += Offer(option);
  absl::StrAppend(&rest, " -d ", Quoted(option.description));
  return Line(condition, rest);
}

std::string Command(const CommandRow& command) {
  const std::string condition =
      absl::StrCat("__fish_seen_subcommand_from ", command.name);
  std::string text;
  for (const OptionRow& option : command.options) {
    text += Option(condition, option);
  }
  if (command.arguments.empty()) return text;
  const OptionRow& argument = command.arguments.front();
  if (argument.takes_file) return text + Line(condition, " -F");
  return text + Line(condition,
                     absl::StrCat(" -a ",
                                  Quoted(absl::StrJoin(argument.values, " "))));
}

}  // namespace

std::string GenerateFish(const CommandTable& table) {
  const std::string no_command = "__fish_use_subcommand";
  std::string text =
      "# fish completion for wirecopy, made by wirecopy itself\n"
      "complete -c wirecopy -f\n";
  for (const OptionRow& option : table.program.options) {
    text += Option(no_command, option);
  }
  for (const CommandRow& command : table.commands) {
    text += Line(no_command, absl::StrCat(" -a ", command.name, " -d ",
                                          Quoted(command.description)));
  }
  for (const CommandRow& command : table.commands) text += Command(command);
  return text;
}

}  // namespace wirecopy::cli
