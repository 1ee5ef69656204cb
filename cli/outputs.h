// What becomes of the files that a command writes, before and after its work.

#ifndef WIRECOPY_CLI_OUTPUTS_H_
#define WIRECOPY_CLI_OUTPUTS_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "io/temporary_files.h"

namespace wirecopy::cli {

// Null for an empty path: an output that nobody asked for.
absl::StatusOr<std::unique_ptr<OutputFile>> OpenOutput(const std::string& path);

// InvalidArgument where two outputs are one file, or where one is a file that
// the run reads (of `inputs`, of which some may be empty or missing), which
// would be lost. Files are told by what they are: other spellings of a name,
// links, and standard input and output ("-") lead to the same one.
absl::Status CheckOutputs(const std::vector<std::string>& inputs,
                          const std::vector<std::string>& outputs);

// InvalidArgument where one of the outputs is a file of the corpus.
absl::Status CheckNoInput(const Corpus& corpus,
                          const std::vector<std::string>& outputs);

// That no output lies in the folder of an index, whose files they would
// replace.
absl::Status CheckNotInIndex(const std::string& index,
                             const std::vector<std::string>& outputs);

// A folder that the run writes to, made where it is missing. What was made goes
// again where nothing is in it at the end: after an error, that is.
class OutputFolder {
 public:
  // InvalidArgument names the path.
  static absl::StatusOr<std::unique_ptr<OutputFolder>> Make(
      const std::string& path);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

 private:
  OutputFolder() = default;

  std::vector<std::filesystem::path> made_;            // the innermost first
  std::vector<std::unique_ptr<TemporaryName>> names_;  // theirs
};

// Gives all files their names, or, as far as a file system lets us, none.
// Some may be null.
absl::Status CommitAll(const std::vector<OutputFile*>& files);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_OUTPUTS_H_
