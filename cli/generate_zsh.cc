// Completions for zsh.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/command_table.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kScript = R"(#compdef wirecopy
# zsh completion for wirecopy, made by wirecopy itself

_wirecopy() {
  local context state state_descr line
  local -a commands
  typeset -A opt_args
  commands=(
@COMMANDS@  )
  _arguments -C \
@OPTIONS@    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
@ARGUMENTS@      esac ;;
  esac
}

_wirecopy "$@"
)";

// Within single quotes.
std::string Quoted(const std::string& text) {
  return absl::StrReplaceAll(text, {{"'", "'\\''"}});
}

// In the brackets of a specification.
std::string Explanation(const std::string& text) {
  return Quoted(
      absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"[", "\\["}, {"]", "\\]"}}));
}

// ":name:what to offer" for a value.
std::string Value(const OptionRow& option) {
  const std::string begin = absl::StrCat(":", Quoted(option.value_name), ":");
  if (!option.values.empty()) {
    return absl::StrCat(begin, "(", absl::StrJoin(option.values, " "), ")");
  }
  return option.takes_file ? begin + "_files" : begin + " ";
}

// A name and its other one exclude each other.
std::string Option(const OptionRow& option) {
  const std::vector<std::string> names = DashedNames(option);
  const std::string rest =
      absl::StrCat("'[", Explanation(option.description), "]",
                   option.takes_value ? Value(option) : "", "'");
  if (names.size() == 1) return absl::StrCat(names[0], rest);
  return absl::StrCat("'(", absl::StrJoin(names, " "), ")'{",
                      absl::StrJoin(names, ","), "}", rest);
}

std::string Argument(const OptionRow& argument, size_t number) {
  return argument.takes_many ? absl::StrCat("'*", Value(argument), "'")
                             : absl::StrCat("'", number, Value(argument), "'");
}

std::string CommandCase(const CommandRow& command) {
  std::string text = absl::StrCat("        ", command.name, ") _arguments");
  for (const OptionRow& option : command.options) {
    absl::StrAppend(&text, " \\\n          ", Option(option));
  }
  size_t number = 0;
  for (const OptionRow& argument : command.arguments) {
    absl::StrAppend(&text, " \\\n          ", Argument(argument, ++number));
  }
  return text + " ;;\n";
}

}  // namespace

std::string GenerateZsh(const CommandTable& table) {
  std::string commands;
  std::string arguments;
  for (const CommandRow& command : table.commands) {
    absl::StrAppend(&commands, "    '", command.name, ":",
                    Quoted(command.description), "'\n");
    arguments += CommandCase(command);
  }
  std::string options;
  for (const OptionRow& option : table.program.options) {
    absl::StrAppend(&options, "    ", Option(option), " \\\n");
  }
  return absl::StrReplaceAll(kScript, {{"@COMMANDS@", commands},
                                       {"@OPTIONS@", options},
                                       {"@ARGUMENTS@", arguments}});
}

}  // namespace wirecopy::cli
