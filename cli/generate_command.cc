// wirecopy generate: the man page and completions. For the build, and hence
// not in the help.

#include <map>
#include <memory>
#include <string>

#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/command_table.h"
#include "cli/option_checks.h"
#include "io/output_file.h"

namespace wirecopy::cli {
namespace {

using Generator = std::string (*)(const CommandTable& table);

const std::map<std::string, Generator> kGenerators = {{"man", GenerateMan},
                                                      {"bash", GenerateBash},
                                                      {"zsh", GenerateZsh},
                                                      {"fish", GenerateFish}};

struct GenerateArguments {
  std::string what;
  std::string output = "-";
};

absl::Status RunGenerate(CLI::App* app, const GenerateArguments& arguments) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto output,
                            OutputFile::Open(arguments.output));
  const Generator generator = kGenerators.at(arguments.what);
  WIRECOPY_RETURN_IF_ERROR(output->Write(generator(ReadCommandTable(app))));
  return output->Commit();
}

}  // namespace

void AddGenerateCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<GenerateArguments>();
  CLI::App* const command =
      app->add_subcommand("generate", "write the man page or completions");
  command->group("");
  command->add_option("WHAT", arguments->what, "man, bash, zsh or fish")
      ->required()
      ->check(OneOf({"man", "bash", "zsh", "fish"}))
      ->option_text(" ");
  command->add_option("-o,--output", arguments->output, "where to write it")
      ->check(FileName())
      ->option_text("FILE [-]");
  command->callback([app, arguments, run] {
    *run = [app, arguments] { return RunGenerate(app, *arguments); };
  });
}

}  // namespace wirecopy::cli
