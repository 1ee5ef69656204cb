#include "cli/command_table.h"

#include <string_view>

#include "absl/strings/str_split.h"
#include "cli/option_checks.h"

namespace wirecopy::cli {
namespace {

// "FILE [-]": the value's name and what counts where nothing is given.
void ReadText(const std::string& text, OptionRow* row) {
  const size_t bracket = text.find('[');
  if (bracket == std::string::npos) {
    row->value_name = text;
    return;
  }
  row->value_name = text.substr(0, bracket - 1);
  row->default_value = text.substr(bracket + 1, text.size() - bracket - 2);
}

void ReadCheck(CLI::Option* option, OptionRow* row) {
  std::string name;
  try {
    name = option->get_validator()->get_name();
  } catch (const CLI::OptionNotFound&) {
    return;  // it has none
  }
  const std::string_view values = kValuesCheck;
  row->takes_file = name == kFileCheck;
  if (name.compare(0, values.size(), values) != 0) return;
  row->values = absl::StrSplit(name.substr(values.size()), ',');
}

OptionRow ReadOption(CLI::Option* option) {
  OptionRow row;
  row.short_names = option->get_snames();
  row.long_names = option->get_lnames();
  row.description = option->get_description();
  row.takes_value = option->get_items_expected_max() > 0;
  row.takes_many = option->get_items_expected_max() > 1;
  row.is_required = option->get_required();
  ReadText(option->get_option_text(), &row);
  ReadCheck(option, &row);
  if (option->get_positional()) row.value_name = option->get_name(true);
  return row;
}

CommandRow ReadCommand(CLI::App* app) {
  CommandRow row;
  row.name = app->get_name();
  row.description = app->get_description();
  row.footer = app->get_footer();
  for (CLI::Option* option : app->get_options()) {
    if (option->get_group().empty()) continue;
    auto& rows = option->get_positional() ? row.arguments : row.options;
    rows.push_back(ReadOption(option));
  }
  return row;
}

}  // namespace

CommandTable ReadCommandTable(CLI::App* app) {
  CommandTable table;
  table.program = ReadCommand(app);
  for (CLI::App* command : app->get_subcommands({})) {
    if (command->get_group().empty()) continue;
    table.commands.push_back(ReadCommand(command));
  }
  return table;
}

std::vector<std::string> DashedNames(const OptionRow& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.short_names) {
    names.push_back("-" + name);
  }
  for (const std::string& name : option.long_names) {
    names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> CommandNames(const CommandTable& table) {
  std::vector<std::string> names;
  for (const CommandRow& command : table.commands) {
    names.push_back(command.name);
  }
  return names;
}

}  // namespace wirecopy::cli
