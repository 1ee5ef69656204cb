// wirecopy compare: how two documents relate.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/match_options.h"
#include "cli/option_checks.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "report/comparison.h"
#include "wirecopy/compare.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  wirecopy compare wire.txt paper.txt
  wirecopy compare --format json wire.txt paper.txt

A and B are text files, files of JSON Lines with one document each, or - for
standard input. "A in B" is the share of A's shingles that B has.)";

struct CompareArguments {
  std::string a;
  std::string b;
  std::string format = "text";
  ShingleOptions shingle;
};

// Keeps the last text.
class TextSink : public DocumentSink {
 public:
  void Begin(int) override {}
  void BeginBlock(int, size_t) override {}
  void Add(int, std::string_view text) override { text_ = text; }

  std::string TakeText() { return std::move(text_); }

 private:
  std::string text_;
};

// The one document of a file.
absl::StatusOr<std::string> ReadDocument(const std::string& path) {
  CorpusOptions options;
  options.paths = {path};
  options.strict = true;
  WIRECOPY_ASSIGN_OR_RETURN(const auto corpus, Corpus::Open(options));
  TextSink sink;
  WIRECOPY_RETURN_IF_ERROR(corpus->Scan(1, &sink));
  if (corpus->size() != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " holds ", corpus->size(),
                     " documents; compare takes one from each file"));
  }
  return sink.TakeText();
}

absl::Status RunCompare(const CompareArguments& arguments) {
  if (arguments.a == "-" && arguments.b == "-") {
    return absl::InvalidArgumentError(
        "only one of the two documents can come from standard input");
  }
  WIRECOPY_ASSIGN_OR_RETURN(const std::string a, ReadDocument(arguments.a));
  WIRECOPY_ASSIGN_OR_RETURN(const std::string b, ReadDocument(arguments.b));
  WIRECOPY_ASSIGN_OR_RETURN(const Comparison found,
                            Compare(a, b, arguments.shingle));
  ComparisonRecord record;
  record.a = arguments.a;
  record.b = arguments.b;
  record.jaccard = found.overlap.Jaccard();
  record.containment_a = found.overlap.ContainmentOfA();
  record.containment_b = found.overlap.ContainmentOfB();
  record.tokens_a = found.tokens_a;
  record.tokens_b = found.tokens_b;
  record.shingles_a = found.overlap.a;
  record.shingles_b = found.overlap.b;
  record.shared_shingles = found.overlap.shared;
  record.shingle_unit = ShingleUnitName(arguments.shingle.unit);
  record.shingle_size = arguments.shingle.k;
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OutputFile::Open("-"));
  WIRECOPY_RETURN_IF_ERROR(output->Write(arguments.format == "json"
                                             ? ComparisonLine(record)
                                             : ComparisonText(record)));
  return output->Commit();
}

}  // namespace

void AddCompareCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* const command =
      app->add_subcommand("compare", "how two documents relate");
  command->footer(kExamples);
  command->add_option("A", arguments->a, "a document")
      ->required()
      ->check(FileName())
      ->option_text(" ");
  command->add_option("B", arguments->b, "another")
      ->required()
      ->check(FileName())
      ->option_text(" ");
  command->add_option("--format", arguments->format, "text or json")
      ->check(OneOf({"text", "json"}))
      ->option_text("F [text]");
  AddShingleOptions(command, &arguments->shingle);
  command->callback([arguments, run] {
    *run = [arguments] { return RunCompare(*arguments); };
  });
}

}  // namespace wirecopy::cli
