#include "cli/outputs.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy::cli {
namespace {

// A file's device and number there, whatever it is called.
using FileIdentity = std::pair<uint64_t, uint64_t>;

// Nothing for what is no regular file, or is not there: nothing can be lost.
// "-" is the file that the shell has put behind `standard`, a descriptor.
std::optional<FileIdentity> IdentityOf(const std::string& path, int standard) {
  struct stat info = {};
  const int result =
      path == "-" ? fstat(standard, &info) : stat(path.c_str(), &info);
  if (result != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  return FileIdentity(info.st_dev, info.st_ino);
}

// One file has one, however it is named, before it is there, too.
std::string FullPath(const std::string& path) {
  if (path == "-") return path;
  std::error_code error;
  const auto full = std::filesystem::weakly_canonical(
      std::filesystem::absolute(path, error), error);
  return error ? path : full.native();
}

absl::Status CheckNoneOf(const absl::flat_hash_set<FileIdentity>& inputs,
                         const std::vector<std::string>& outputs) {
  for (const std::string& output : outputs) {
    const auto identity = IdentityOf(output, STDOUT_FILENO);
    if (!identity || !inputs.contains(*identity)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(output == "-" ? "standard output" : output,
                     " is an input and would be lost; write to another file"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<OutputFile>> OpenOutput(
    const std::string& path) {
  if (path.empty()) return nullptr;
  return OutputFile::Open(path);
}

absl::Status CheckOutputs(const std::vector<std::string>& inputs,
                          const std::vector<std::string>& outputs) {
  absl::flat_hash_set<FileIdentity> read;
  for (const std::string& input : inputs) {
    const auto identity = IdentityOf(input, STDIN_FILENO);
    if (identity) read.insert(*identity);
  }
  WIRECOPY_RETURN_IF_ERROR(CheckNoneOf(read, outputs));
  std::set<std::string> seen;
  for (const std::string& output : outputs) {
    if (output.empty() || output == "/dev/null") continue;
    if (seen.insert(FullPath(output)).second) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "two outputs are both to go to ", output, ": give each its own"));
  }
  return absl::OkStatus();
}

// Standard input, too, may be a file.
absl::Status CheckNoInput(const Corpus& corpus,
                          const std::vector<std::string>& outputs) {
  absl::flat_hash_set<FileIdentity> read;
  read.reserve(corpus.files().size());
  for (const InputFile& file : corpus.files()) {
    read.insert({file.stamp.device, file.stamp.inode});
  }
  return CheckNoneOf(read, outputs);
}

absl::Status CheckNotInIndex(const std::string& index,
                             const std::vector<std::string>& outputs) {
  namespace fs = std::filesystem;
  std::error_code ignored;  // of what is not there, nothing can be lost
  const fs::path folder = fs::weakly_canonical(index, ignored) / "";
  for (const std::string& output : outputs) {
    if (output.empty() || output == "-") continue;
    const fs::path path = fs::weakly_canonical(output, ignored);
    if (!path.native().starts_with(folder.native())) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        output, ": is in the folder of the index, which is nobody else's"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<OutputFolder>> OutputFolder::Make(
    const std::string& path) {
  namespace fs = std::filesystem;
  std::unique_ptr<OutputFolder> folder(new OutputFolder);
  std::error_code error;
  const auto is_missing = [&error](const fs::path& of) {
    return fs::symlink_status(of, error).type() == fs::file_type::not_found;
  };
  for (fs::path missing = path; !missing.empty() && is_missing(missing);
       missing = missing.parent_path()) {
    folder->made_.push_back(missing);
    folder->names_.push_back(std::make_unique<TemporaryName>(missing.native()));
  }
  error.clear();
  fs::create_directories(path, error);
  if (error || !fs::is_directory(path, error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot write to the folder ", path, ": ",
                     error ? error.message() : "it is a file"));
  }
  return folder;
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;  // of one that has something in it
  for (const auto& path : made_) std::filesystem::remove(path, ignored);
}

absl::Status CommitAll(const std::vector<OutputFile*>& files) {
  for (OutputFile* file : files) {
    if (file != nullptr) WIRECOPY_RETURN_IF_ERROR(file->Finish());
  }
  for (OutputFile* file : files) {
    if (file != nullptr) WIRECOPY_RETURN_IF_ERROR(file->Commit());
  }
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
