// The line that stands for a document in what dedup keeps.

#ifndef WIRECOPY_CLI_KEPT_LINE_H_
#define WIRECOPY_CLI_KEPT_LINE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "wirecopy/text.h"

namespace wirecopy::cli {

// Of a document that is no line of its file: JSON, line break included.
std::string MadeLine(const Corpus& corpus, uint32_t document,
                     std::string_view text);

// Whether its last line, which this is, has no line break in its file.
bool IsUnended(const Corpus& corpus, uint32_t document);

// Writes documents as they are decided upon, in input order.
class KeptLineWriter {
 public:
  // Both must outlive this; the corpus has been scanned.
  KeptLineWriter(const Corpus& corpus, OutputFile* file)
      : corpus_(corpus), file_(file), reader_(corpus, /*reads_ahead=*/true) {}

  // The row of names, where there is one: once, first. InvalidArgument where
  // lines of two inputs cannot stand in one file.
  absl::Status WriteHeader();

  // The document's own line, or one of its text, without these bytes of the
  // text.
  absl::Status Write(uint32_t document, std::string_view text,
                     std::span<const ByteSpan> cuts);

 private:
  absl::StatusOr<std::string> CutLine(uint32_t document,
                                      std::span<const ByteSpan> cuts);

  const Corpus& corpus_;
  OutputFile* const file_;
  CorpusReader reader_;
  bool lacks_line_break_ = false;  // the line that was written last
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_KEPT_LINE_H_
