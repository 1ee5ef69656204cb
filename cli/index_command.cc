// wirecopy index: documents that stay, each answered against those before it.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/index_run.h"
#include "cli/option_checks.h"
#include "cli/passage_options.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kIndexExamples = R"(Examples:
  wirecopy index create news.index --threshold 0.7
  wirecopy index add news.index monday.jsonl -o answers.jsonl
  wirecopy index query news.index tuesday.jsonl | jq -c 'select(.of)'
  wirecopy index remove news.index --id withdrawn-17 --id 18
  wirecopy index info news.index
  wirecopy index orphans news.index | wirecopy dedup --index news.index -

A line an answer: new, passages (some of its passages were seen before: ids and
offsets), duplicate (of a document, with the exact similarity), revision (an id
with a changed text, which takes the former one's place) or present (added
before: the same input again adds nothing twice, and says again what is a
duplicate of what). A batch is on disk before it is answered. One process may
write, others read meanwhile. What an index was made with it keeps; add and query
refuse other parameters by name. orphans writes the documents that were removed as
duplicates of what has been removed or revised since: no output has them.)";

// The options that say what an index is made with.
struct ParameterOption {
  const char* name;
  std::function<void(const IndexParameters& from, IndexParameters* to)> take;
};

template <typename Owner, typename Value>
ParameterOption Passage(const char* name, Value Owner::*member) {
  return {name, [member](const IndexParameters& from, IndexParameters* to) {
            to->passage.*member = from.passage.*member;
          }};
}

template <typename Value>
ParameterOption Shingle(const char* name, Value ShingleOptions::*member) {
  return {name, [member](const IndexParameters& from, IndexParameters* to) {
            to->shingle.*member = from.shingle.*member;
          }};
}

template <typename Value>
ParameterOption Own(const char* name, Value IndexParameters::*member) {
  return {name, [member](const IndexParameters& from, IndexParameters* to) {
            to->*member = from.*member;
          }};
}

const std::vector<ParameterOption>& ParameterOptions() {
  static const auto* const options = new std::vector<ParameterOption>{
      Own("--threshold", &IndexParameters::threshold),
      Own("--measure", &IndexParameters::measure),
      Own("--recall", &IndexParameters::recall),
      Own("--no-passages", &IndexParameters::has_passages),
      Shingle("--shingle", &ShingleOptions::unit),
      Shingle("--k", &ShingleOptions::k),
      Shingle("--seed", &ShingleOptions::seed),
      Passage("--min-run", &PassageOptions::min_run),
      Passage("--min-words", &PassageOptions::min_words),
      Passage("--min-letters", &PassageOptions::min_letters),
      Passage("--fragment-words", &PassageOptions::fragment_words),
      Passage("--lone-words", &PassageOptions::lone_words),
      Passage("--max-gap", &PassageOptions::max_gap),
      Passage("--every-run", &PassageOptions::every_run)};
  return *options;
}

// Of add and query alone.
constexpr const char* kInputOptions[] = {
    "IN",         "--files-from", "--stats",          "--rejects",
    "--strict",   "--offsets",    "--batch",          "--input-format",
    "--id-field", "--text-field", "--max-document",   "--date-field",
    "--metadata", "--url-field",  "--publisher-field"};

bool TakesInput(const std::string& action) {
  return action == "add" || action == "query";
}

// An option that would change nothing is a mistake.
absl::Status CheckOptions(const CLI::App& command, const std::string& action) {
  const auto refuse = [&](const std::string& name, bool is_taken) {
    if (is_taken || command.count(name) == 0) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat("index ", action, " takes no ", name));
  };
  const bool takes_input = TakesInput(action);
  for (const ParameterOption& option : ParameterOptions()) {
    WIRECOPY_RETURN_IF_ERROR(
        refuse(option.name, takes_input || action == "create"));
  }
  for (const char* name : kInputOptions) {
    WIRECOPY_RETURN_IF_ERROR(refuse(name, takes_input));
  }
  WIRECOPY_RETURN_IF_ERROR(refuse("--id", action == "remove"));
  return refuse("--output", takes_input || action == "remove" ||
                                action == "info" || action == "orphans");
}

void TakeUnaskedOf(const CLI::App& command, const IndexParameters& held,
                   IndexParameters* asked) {
  for (const ParameterOption& option : ParameterOptions()) {
    if (command.count(option.name) == 0) option.take(held, asked);
  }
}

absl::Status RunIndex(const CLI::App& command, IndexArguments* arguments) {
  const std::string& action = arguments->action;
  WIRECOPY_RETURN_IF_ERROR(CheckOptions(command, action));
  if (action == "create") return RunIndexCreate(*arguments);
  if (action == "remove") return RunIndexRemove(*arguments);
  if (action == "info") return RunIndexInfo(*arguments);
  if (action == "orphans") return RunIndexOrphans(*arguments);
  if (action == "verify") return RunIndexVerify(*arguments);
  if (action == "compact") return RunIndexCompact(*arguments);
  return RunIndexAnswers(
      [&command](const IndexParameters& held, IndexParameters* asked) {
        TakeUnaskedOf(command, held, asked);
      },
      arguments);
}

void AddOwnOptions(CLI::App* command, IndexArguments* arguments) {
  command
      ->add_option("-o,--output", arguments->output,
                   "where to write the answers")
      ->check(FileName())
      ->option_text("FILE [-]");
  command
      ->add_option("--id", arguments->ids,
                   "remove: a document's id; an id that is a string of digits "
                   "in quotation marks, '\"7\"'")
      ->option_text("ID ...");
  command
      ->add_option("--batch", arguments->batch,
                   "add: documents that are written, and answered, as one")
      ->check(CLI::Range(1, 1000000).description(""))
      ->option_text("N [1000]");
  command
      ->add_option("--cache", arguments->options.cache_bytes,
                   "memory for parts of the index (K, M, G: 1024s)")
      ->transform(ByteSize())
      ->option_text("SIZE [256M]");
}

void AddParameters(CLI::App* command, IndexParameters* parameters) {
  AddThresholdOptions(command, &parameters->threshold, &parameters->measure);
  AddRecallOption(command, &parameters->recall);
  command->add_flag_callback(
      "--no-passages", [parameters] { parameters->has_passages = false; },
      "find duplicates alone: a smaller index, and a faster one");
}

}  // namespace

void AddIndexCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<IndexArguments>();
  CLI::App* const command = app->add_subcommand(
      "index", "keep documents on disk, and ask what was seen before");
  command->footer(kIndexExamples);
  command
      ->add_option("ACTION", arguments->action,
                   "create, add, query, remove, info, orphans, verify or "
                   "compact")
      ->check(OneOf({"create", "add", "query", "remove", "info", "orphans",
                     "verify", "compact"}))
      ->required()
      ->option_text(" ");
  command->add_option("DIR", arguments->folder, "the index's folder")
      ->check(FileName())
      ->required()
      ->option_text(" ");
  AddInputs(command, arguments.get());
  AddOwnOptions(command, arguments.get());
  AddParameters(command, &arguments->parameters);
  AddRunOptions(command, &arguments->options.threads, arguments.get());
  AddShingleOptions(command, &arguments->parameters.shingle);
  AddPassageOptions(command, &arguments->parameters.passage);
  AddOffsetOption(command, &arguments->options.offsets);
  AddInputOptions(command, &arguments->corpus);
  AddMetadataOptions(command, &arguments->corpus);
  AddPublisherOptions(command, &arguments->corpus);
  command->callback([command, arguments, run] {
    *run = [command, arguments] { return RunIndex(*command, arguments.get()); };
  });
}

}  // namespace wirecopy::cli
