// What a corpus is before it is read: its files, and what these are called.

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/corpus.h"
#include "io/shown_text.h"

namespace wirecopy {
namespace {

// The name of a path without its folder and its ending.
std::string Stem(std::string_view path) {
  return std::filesystem::path(WithoutCompression(path)).stem().native();
}

std::string WithoutEnding(std::string_view path) {
  return std::filesystem::path(WithoutCompression(path))
      .replace_extension()
      .native();
}

// Without any symbolic link in it.
std::string RealPath(const InputFile& file) {
  std::error_code error;
  const auto path = std::filesystem::canonical(file.path, error);
  return error ? file.path : path.native();
}

std::string NameOf(const InputPath& name, int way) {
  const std::string& in_folder =
      name.in_folder.empty() ? name.path : name.in_folder;
  switch (way) {
    case 0:
      return Stem(in_folder);
    case 1:
      return WithoutEnding(in_folder);
    case 2:
      return WithoutEnding(name.path);
    default:
      return name.path;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Corpus>> Corpus::Open(
    const CorpusOptions& options) {
  std::unique_ptr<Corpus> corpus(new Corpus(options));
  WIRECOPY_ASSIGN_OR_RETURN(const std::vector<InputPath> inputs,
                            ExpandInputs(options.paths));
  WIRECOPY_RETURN_IF_ERROR(corpus->AddFiles(inputs));
  if (corpus->files_.size() > CorpusBlock::kMostFiles) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", CorpusBlock::kMostFiles, " files"));
  }
  corpus->NameTextFiles();
  if (!options.metadata_path.empty()) {
    WIRECOPY_ASSIGN_OR_RETURN(
        corpus->metadata_,
        Metadata::Read(options.metadata_path, options.strict));
  }
  return corpus;
}

// A file that is named twice, or found in two ways (by a symbolic link, in a
// folder), is read once: its documents are no copies of one another. Two hard
// links are two documents: a store may keep equal ones as one file. Most files
// have one name, and looking for the links in it takes its time.
absl::Status Corpus::AddFiles(const std::vector<InputPath>& inputs) {
  using Identity = std::pair<uint64_t, uint64_t>;
  absl::flat_hash_map<Identity, size_t> numbers;
  absl::flat_hash_map<std::string, size_t> by_path;  // of what comes twice
  files_.reserve(inputs.size());
  for (const InputPath& input : inputs) {
    WIRECOPY_ASSIGN_OR_RETURN(InputFile file, OpenInput(input, options_.format,
                                                        options_.fields.text));
    if (!file.is_pipe) {
      const Identity identity = {file.stamp.device, file.stamp.inode};
      const auto [number, is_new] =
          numbers.try_emplace(identity, files_.size());
      if (!is_new) {
        by_path.try_emplace(RealPath(files_[number->second]), number->second);
        const auto [same, is_other] =
            by_path.try_emplace(RealPath(file), files_.size());
        if (!is_other) {
          WIRECOPY_RETURN_IF_ERROR(NoteRepeated(file, files_[same->second]));
          continue;
        }
      }
    }
    files_.push_back(std::move(file));
  }
  return absl::OkStatus();
}

absl::Status Corpus::NoteRepeated(const InputFile& file,
                                  const InputFile& first) {
  constexpr size_t kMostShown = 200;  // paths are longer than ids
  const std::string name = ShownText(file.name.path, kMostShown);
  const std::string which =
      file.name.path == first.name.path
          ? absl::StrCat(name, " is named twice")
          : absl::StrCat(name, " is the file ",
                         ShownText(first.name.path, kMostShown));
  if (options_.strict) {
    return absl::InvalidArgumentError(absl::StrCat(which, "; name it once"));
  }
  if (stats_.repeated_inputs++ == 0) stats_.first_repeated = which;
  return absl::OkStatus();
}

// A text file is called by its name; where that is taken by another, by its
// path in its folder, by its whole path, or by that with all endings: by the
// first of these that no two of them share.
void Corpus::NameTextFiles() {
  text_ids_.resize(files_.size());
  std::vector<size_t> unnamed;
  for (size_t f = 0; f < files_.size(); ++f) {
    if (files_[f].format == InputFormat::kText) unnamed.push_back(f);
  }
  constexpr int kWays = 4;
  for (int way = 0; way < kWays && !unnamed.empty(); ++way) {
    absl::flat_hash_map<std::string, int> uses;
    for (const size_t f : unnamed) {
      text_ids_[f] = NameOf(files_[f].name, way);
      ++uses[text_ids_[f]];
    }
    std::erase_if(unnamed, [&](size_t f) { return uses[text_ids_[f]] == 1; });
  }
}

}  // namespace wirecopy
