// wirecopy compare: how two documents relate.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/comparison_views.h"
#include "cli/ignore_texts.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "cli/outputs.h"
#include "cli/passage_options.h"
#include "cli/terminal.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "report/comparison.h"
#include "report/html_view.h"
#include "report/side_by_side.h"
#include "wirecopy/passage.h"
#include "wirecopy/text.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kCompareExamples = R"(Examples:
  wirecopy compare wire.txt paper.txt
  wirecopy compare --format json wire.txt paper.txt
  wirecopy compare --format html -o view.html wire.txt paper.txt
  wirecopy compare articles.jsonl#17 articles.jsonl#23
  wirecopy compare --fail-on-match --lone-words 30 release.txt article.txt

A and B are text files, files with one document each, FILE#ID for a document of
a file that holds several, or - for standard input. "A in B" is the share of A's
shingles that B has. Passages are what both say in the same words, but for some
that were put in, left out or replaced. With --fail-on-match the exit status is 1 where there are any.)";

const std::map<std::string, ColorChoice> kColorChoices = {
    {"auto", ColorChoice::kAuto},
    {"always", ColorChoice::kAlways},
    {"never", ColorChoice::kNever}};

// More columns than any terminal has.
constexpr int kWidest = 1000;
constexpr int kNarrowest = 20;

struct CompareArguments {
  std::string a;
  std::string b;
  std::string format = "text";
  std::string output = "-";
  ShingleOptions shingle;
  PassageOptions passage;
  OffsetUnit offsets = OffsetUnit::kCodePoint;
  int width = 0;  // 0: the terminal's
  ColorChoice color = ColorChoice::kAuto;
  bool full = false;
  bool fail_on_match = false;
};

// A document of a file: FILE, which holds but one, or FILE#ID.
struct DocumentName {
  std::string path;
  std::optional<std::string> id;
};

DocumentName ParseName(const std::string& name) {
  std::error_code error;
  if (name == "-" || std::filesystem::exists(name, error)) return {name, {}};
  for (size_t mark = name.find('#'); mark != std::string::npos;
       mark = name.find('#', mark + 1)) {
    const std::string path = name.substr(0, mark);
    if (std::filesystem::exists(path, error)) {
      return {path, name.substr(mark + 1)};
    }
  }
  return {name, {}};
}

absl::StatusOr<uint32_t> FindDocument(const Corpus& corpus,
                                      const DocumentName& name) {
  if (!name.id) {
    if (corpus.size() == 1) return 0;
    if (corpus.size() == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat(name.path, " holds no document"));
    }
    return absl::InvalidArgumentError(absl::StrCat(
        name.path, " holds ", corpus.size(),
        " documents; compare takes one: name it as ", name.path, "#ID"));
  }
  for (uint32_t d = 0; d < corpus.size(); ++d) {
    if (corpus.Id(d).text == *name.id) return d;
  }
  return absl::NotFoundError(
      absl::StrCat(name.path, " holds no document called ", *name.id));
}

// A document's text; its file must not be the output.
absl::StatusOr<std::string> ReadDocument(const std::string& argument,
                                         const std::string& output) {
  const DocumentName name = ParseName(argument);
  std::error_code error;
  if (std::filesystem::is_directory(name.path, error)) {
    return absl::InvalidArgumentError(
        absl::StrCat(name.path, " is a folder; compare takes two documents"));
  }
  CorpusOptions options;
  options.paths = {name.path};
  // Of many records, some may be bad without harm to the one.
  options.strict = !name.id;
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, Corpus::Open(options));
  WIRECOPY_RETURN_IF_ERROR(CheckNoInput(*corpus, {output}));
  IgnoreTexts sink;
  WIRECOPY_RETURN_IF_ERROR(corpus->Scan(1, &sink));
  WIRECOPY_ASSIGN_OR_RETURN(const uint32_t document,
                            FindDocument(*corpus, name));
  std::string text(corpus->NewReader()->Text(document));
  WIRECOPY_RETURN_IF_ERROR(corpus->ReadError());
  return text;
}

// Names of files may be any bytes.
std::string Shown(const std::string& path) {
  std::string name;
  RepairUtf8(path, &name);
  return name;
}

std::string Render(const CompareArguments& arguments,
                   const ComparisonRecord& record, const std::string& a,
                   const std::string& b) {
  if (arguments.format == "json") return ComparisonLine(record);
  if (arguments.format == "html") return HtmlView(record, a, b);
  const bool to_terminal = arguments.output == "-";
  SideBySideOptions options;
  options.width = arguments.width;
  if (options.width == 0) options.width = TerminalWidth();
  options.color = arguments.color == ColorChoice::kAlways ||
                  (to_terminal && UseColor(arguments.color));
  options.full = arguments.full;
  return ComparisonText(record) + SideBySide(record, a, b, options);
}

absl::Status RunCompare(const CompareArguments& arguments, int* exit_status) {
  if (arguments.a == "-" && arguments.b == "-") {
    return absl::InvalidArgumentError(
        "only one of the two documents can come from standard input");
  }
  WIRECOPY_ASSIGN_OR_RETURN(const std::string a,
                            ReadDocument(arguments.a, arguments.output));
  WIRECOPY_ASSIGN_OR_RETURN(const std::string b,
                            ReadDocument(arguments.b, arguments.output));
  WIRECOPY_ASSIGN_OR_RETURN(
      const ComparisonRecord record,
      CompareWithPassages({Shown(arguments.a), a, Shown(arguments.b), b},
                          arguments.shingle, arguments.passage,
                          arguments.offsets));
  WIRECOPY_ASSIGN_OR_RETURN(const auto output,
                            OutputFile::Open(arguments.output));
  WIRECOPY_RETURN_IF_ERROR(output->Write(Render(arguments, record, a, b)));
  WIRECOPY_RETURN_IF_ERROR(output->Commit());
  if (arguments.fail_on_match && !record.passages.empty()) *exit_status = 1;
  return absl::OkStatus();
}

void AddViewOptions(CLI::App* command, CompareArguments* arguments) {
  command->add_option("--format", arguments->format, "text, json or html")
      ->check(OneOf({"text", "json", "html"}))
      ->option_text("F [text]");
  command->add_option("--output,-o", arguments->output, "where it goes")
      ->check(FileName())
      ->option_text("FILE [-]");
  command
      ->add_option("--width", arguments->width,
                   "columns of the text; below 60, B stands under A")
      ->check(CLI::Range(kNarrowest, kWidest).description(""))
      ->option_text("N [the terminal's, or 80]");
  command->add_flag("--full", arguments->full,
                    "show long stretches that are the same in full");
  command
      ->add_option("--color", arguments->color,
                   "mark differing words by colour: auto, always or never; "
                   "else by brackets")
      ->transform(NamedValue(kColorChoices))
      ->option_text("WHEN [auto]");
  command->add_flag("--fail-on-match", arguments->fail_on_match,
                    "exit with status 1 where there is a passage");
}

}  // namespace

void AddCompareCommand(CLI::App* app, Action* run, int* exit_status) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* const command =
      app->add_subcommand("compare", "how two documents relate");
  command->footer(kCompareExamples);
  command->add_option("A", arguments->a, "a document")
      ->required()
      ->check(FileName())
      ->option_text(" ");
  command->add_option("B", arguments->b, "another")
      ->required()
      ->check(FileName())
      ->option_text(" ");
  AddViewOptions(command, arguments.get());
  AddShingleOptions(command, &arguments->shingle);
  AddPassageOptions(command, &arguments->passage);
  AddOffsetOption(command, &arguments->offsets);
  command->callback([arguments, run, exit_status] {
    *run = [arguments, exit_status] {
      return RunCompare(*arguments, exit_status);
    };
  });
}

}  // namespace wirecopy::cli
