// Completions for bash.

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/command_table.h"

namespace wirecopy::cli {
namespace {

// @COMMANDS@ and so on stand for what the table fills in. Where `=` separates
// words, as it does by default, --option=value comes as three of them.
constexpr const char* kScript =
    R"(# bash completion for wirecopy, made by wirecopy itself

_wirecopy_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_wirecopy_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_wirecopy() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' i
  COMPREPLY=()
  if [[ $current == = ]]; then
    current=''
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} != -* ]]; then
      command=${COMP_WORDS[i]}
      break
    fi
  done
  case "$command $before" in
@VALUES@  esac
  case "$command" in
@COMMANDS@  esac
}

complete -F _wirecopy wirecopy
)";

// What to offer for the value of an option or for an argument.
std::string Offer(const OptionRow& option) {
  if (!option.values.empty()) {
    return absl::StrCat("_wirecopy_words '", absl::StrJoin(option.values, " "),
                        "' \"$current\"");
  }
  return option.takes_file ? "_wirecopy_files \"$current\"" : ":";
}

std::string ValueCase(const std::string& command, const OptionRow& option) {
  const auto pattern = [&command](std::string* out, const std::string& name) {
    absl::StrAppend(out, "'", command, " ", name, "'");
  };
  return absl::StrCat("    ",
                      absl::StrJoin(DashedNames(option), " | ", pattern), ") ",
                      Offer(option), "; return ;;\n");
}

std::string OptionNames(const CommandRow& command) {
  std::vector<std::string> names;
  for (const OptionRow& option : command.options) {
    for (std::string& name : DashedNames(option)) {
      names.push_back(std::move(name));
    }
  }
  return absl::StrJoin(names, " ");
}

std::string CommandCase(const CommandRow& command) {
  const std::string arguments =
      command.arguments.empty() ? ":" : Offer(command.arguments.front());
  return absl::StrCat(
      "    ", command.name, ")\n", "      if [[ $current == -* ]]; then\n",
      "        _wirecopy_words '", OptionNames(command),
      "' \"$current\"\n      else\n        ", arguments, "\n      fi ;;\n");
}

}  // namespace

std::string GenerateBash(const CommandTable& table) {
  std::string values;
  std::string commands = absl::StrCat(
      "    '') _wirecopy_words '", absl::StrJoin(CommandNames(table), " "), " ",
      OptionNames(table.program), "' \"$current\" ;;\n");
  for (const CommandRow& command : table.commands) {
    commands += CommandCase(command);
    for (const OptionRow& option : command.options) {
      if (option.takes_value) values += ValueCase(command.name, option);
    }
  }
  return absl::StrReplaceAll(kScript,
                             {{"@VALUES@", values}, {"@COMMANDS@", commands}});
}

}  // namespace wirecopy::cli
