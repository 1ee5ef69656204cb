#include "cli/passage_options.h"

#include <map>
#include <string>

#include "cli/option_checks.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kGroup = "Passages";
// More than any passage has.
constexpr int kMostMinWords = 1'000'000;

const std::map<std::string, OffsetUnit> kOffsetUnits = {
    {"codepoint", OffsetUnit::kCodePoint},
    {"byte", OffsetUnit::kByte},
    {"utf16", OffsetUnit::kUtf16}};

}  // namespace

void AddPassageOptions(CLI::App* command, PassageOptions* options) {
  command
      ->add_option("--min-run", options->min_run,
                   "words in a row that are always found; fewer take longer")
      ->check(CLI::Range(PassageOptions::kLeastRun, PassageOptions::kMostRun)
                  .description(""))
      ->option_text("N [8]")
      ->group(kGroup);
  command
      ->add_option("--min-words", options->min_words,
                   "equal words that a passage has at least")
      ->check(CLI::Range(1, kMostMinWords).description(""))
      ->option_text("N [8]")
      ->group(kGroup);
  command
      ->add_option("--min-letters", options->min_letters,
                   "letters that they have at least, with the spaces")
      ->check(CLI::Range(0, kMostMinWords).description(""))
      ->option_text("N [60]")
      ->group(kGroup);
  command
      ->add_option("--fragment-words", options->fragment_words,
                   "words of a passage that begins or ends amid a sentence")
      ->check(CLI::Range(1, kMostMinWords).description(""))
      ->option_text("N [15]")
      ->group(kGroup);
  command
      ->add_option("--lone-words", options->lone_words,
                   "words of the longest passage of a pair")
      ->check(CLI::Range(1, kMostMinWords).description(""))
      ->option_text("N [12]")
      ->group(kGroup);
  command
      ->add_option("--max-gap", options->max_gap,
                   "words that both may go on differently within a passage")
      ->check(CLI::Range(0, PassageOptions::kMostGap).description(""))
      ->option_text("N [25]")
      ->group(kGroup);
  command
      ->add_flag("--every-run", options->every_run,
                 "every run of --min-run words, whatever the sizes above")
      ->group(kGroup);
  if (command->get_option_no_throw("--seed") != nullptr) return;
  command->add_option("--seed", options->seed, "seed of all hashes")
      ->transform(UnsignedNumber())
      ->option_text("N [0]")
      ->group(kGroup);
}

void AddOffsetOption(CLI::App* command, OffsetUnit* unit) {
  command
      ->add_option("--offsets", *unit,
                   "count places in codepoint, byte or utf16 units")
      ->transform(NamedValue(kOffsetUnits))
      ->option_text("UNIT [codepoint]")
      ->group(kGroup);
}

}  // namespace wirecopy::cli
