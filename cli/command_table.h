// The commands and options that people see, as plain data: what the man page
// and completions are generated from.

#ifndef WIRECOPY_CLI_COMMAND_TABLE_H_
#define WIRECOPY_CLI_COMMAND_TABLE_H_

#include <string>
#include <vector>

#include "cli/cli11.h"

namespace wirecopy::cli {

struct OptionRow {
  std::vector<std::string> short_names;  // without dashes
  std::vector<std::string> long_names;
  std::string value_name;  // what the value, or the argument, is called
  std::string default_value;
  std::string description;
  std::vector<std::string> values;  // all that it takes, where these are few
  bool takes_value = false;
  bool takes_file = false;
  bool takes_many = false;
  bool is_required = false;
};

struct CommandRow {
  std::string name;
  std::string description;
  std::string footer;
  std::vector<OptionRow> options;
  std::vector<OptionRow> arguments;  // those without a name
};

struct CommandTable {
  CommandRow program;
  std::vector<CommandRow> commands;
};

// Leaves out what has no group, as the help does.
CommandTable ReadCommandTable(CLI::App* app);

// With their dashes, the short ones first.
std::vector<std::string> DashedNames(const OptionRow& option);

// The names of all commands.
std::vector<std::string> CommandNames(const CommandTable& table);

// Each the whole text of a file.
std::string GenerateMan(const CommandTable& table);
std::string GenerateBash(const CommandTable& table);
std::string GenerateZsh(const CommandTable& table);
std::string GenerateFish(const CommandTable& table);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_COMMAND_TABLE_H_
