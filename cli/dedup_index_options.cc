#include <map>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/dedup_index.h"
#include "cli/option_checks.h"
#include "cli/passage_options.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kIndexGroup = "Index";
constexpr int kMostWords = 1'000'000;

const std::map<std::string, PassageUse> kPassageUses = {
    {"remove", PassageUse::kRemove},
    {"annotate", PassageUse::kAnnotate},
    {"drop", PassageUse::kDrop}};

// Of dedup in memory alone, and with an index alone.
constexpr const char* kInMemory[] = {"--exact",   "--clusters", "--cluster",
                                     "--out-dir", "--profile",  "--checkpoint",
                                     "--stage",   "--stages",   "--shard"};
constexpr const char* kWithIndex[] = {
    "--read-only", "--passages", "--annotations", "--min-words",
    "--offsets",   "--present",  "--batch",       "--cache"};

absl::Status CheckTogether(const CLI::App& command,
                           const DedupIndexArguments& arguments) {
  const PassageUse use = arguments.verdict.passages;
  const bool annotates = use == PassageUse::kAnnotate;
  const auto refuse = [&](const char* name, bool goes, const char* with) {
    if (goes || command.count(name) == 0) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(name, " goes with ", with));
  };
  WIRECOPY_RETURN_IF_ERROR(
      refuse("--annotations", annotates, "--passages annotate"));
  WIRECOPY_RETURN_IF_ERROR(
      refuse("--offsets", annotates, "--passages annotate"));
  WIRECOPY_RETURN_IF_ERROR(
      refuse("--min-words", use != PassageUse::kNone, "--passages"));
  WIRECOPY_RETURN_IF_ERROR(
      refuse("--present", !arguments.is_read_only,
             "an index that documents are added to, not with --read-only"));
  if (command.count("--memory") > 0 && command.count("--cache") > 0) {
    return absl::InvalidArgumentError(
        "--cache goes without --memory, which has its own part for that");
  }
  if (use == PassageUse::kDrop && !arguments.is_read_only) {
    return absl::InvalidArgumentError(
        "--passages drop goes with --read-only: what an index has seen of a "
        "document that was dropped would count against those that come after");
  }
  if (!annotates || !arguments.annotations_path.empty()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "say with --annotations which file the passages are to go to");
}

void AddPassageUse(CLI::App* command, DedupIndexArguments* arguments) {
  command
      ->add_option("--passages", arguments->verdict.passages,
                   "what was seen before, of documents that are kept: remove "
                   "cuts it out of the text, but for words that differ, "
                   "annotate notes where it is, drop (with --read-only) "
                   "removes the document")
      ->transform(NamedValue(kPassageUses))
      ->option_text("USE")
      ->group(kIndexGroup);
  command
      ->add_option("--min-words", arguments->verdict.min_words,
                   "equal words that such a passage has at least; no fewer "
                   "than the index's")
      ->check(CLI::Range(1, kMostWords).description(""))
      ->option_text("N [the index's]")
      ->group(kIndexGroup);
  command
      ->add_option("--annotations", arguments->annotations_path,
                   "where --passages annotate writes, a line a kept document")
      ->check(FileName())
      ->option_text("FILE")
      ->group(kIndexGroup);
}

}  // namespace

void AddDedupIndexOptions(CLI::App* command, DedupIndexArguments* arguments) {
  command
      ->add_option("--index", arguments->folder,
                   "compare with what this index holds (wirecopy index), and "
                   "add what comes; kept lines are written batch by batch, "
                   "as the input is read")
      ->check(FileName())
      ->option_text("DIR")
      ->group(kIndexGroup);
  command
      ->add_flag("--read-only", arguments->is_read_only,
                 "compare with the index alone, and add nothing: drops what a "
                 "reference set has")
      ->group(kIndexGroup);
  AddPassageUse(command, arguments);
  AddOffsetOption(command, &arguments->index.offsets);
  command->get_option("--offsets")->group(kIndexGroup);
  command
      ->add_option("--present", arguments->present,
                   "documents that the index holds by their id and text: keep "
                   "those again that were kept, or remove them")
      ->check(OneOf({"keep", "remove"}))
      ->option_text("P [keep]")
      ->group(kIndexGroup);
  command
      ->add_option("--batch", arguments->batch,
                   "documents that are added, and decided, as one")
      ->check(CLI::Range(1, 1000000).description(""))
      ->option_text("N [1000]")
      ->group(kIndexGroup);
  command
      ->add_option("--cache", arguments->index.cache_bytes,
                   "memory for parts of the index (K, M, G: 1024s); an eighth "
                   "of --memory where that is given")
      ->transform(ByteSize())
      ->option_text("SIZE [256M]")
      ->group(kIndexGroup);
}

absl::Status CheckDedupIndexOptions(const CLI::App& command,
                                    const DedupIndexArguments& arguments) {
  if (arguments.folder.empty()) {
    for (const char* name : kWithIndex) {
      if (command.count(name) == 0) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(name, " goes with --index"));
    }
    return absl::OkStatus();
  }
  for (const char* name : kInMemory) {
    if (command.count(name) == 0) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("dedup --index takes no ", name));
  }
  if (command.count("--keep") > 0 &&
      command.get_option("--keep")->as<std::string>() != "first") {
    return absl::InvalidArgumentError(
        "dedup --index keeps the first: it takes no other --keep, which would "
        "have to wait for all input");
  }
  return CheckTogether(command, arguments);
}

}  // namespace wirecopy::cli
