#include "cli/kept_line.h"

#include "base/status_macros.h"
#include "engine/index_verdict.h"
#include "io/cut_line.h"
#include "report/match_records.h"

namespace wirecopy::cli {

std::string MadeLine(const Corpus& corpus, uint32_t document,
                     std::string_view text) {
  TextDocument made;
  const DocumentId id = corpus.Id(document);
  made.id = &id;
  made.path = corpus.Path(document);
  if (const DocumentMetadata* known = corpus.MetadataOf(document)) {
    made.published = known->published;
    made.publisher = known->publisher;
    made.url = known->url;
    made.title = known->title;
  }
  made.text = text;
  return TextDocumentLine(made);
}

bool IsUnended(const Corpus& corpus, uint32_t document) {
  return corpus.IsLine(document) && corpus.LineIsUnended(document);
}

absl::Status KeptLineWriter::WriteHeader() {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string header, corpus_.CommonHeader());
  return file_->Write(header);
}

absl::StatusOr<std::string> KeptLineWriter::CutLine(
    uint32_t document, std::span<const ByteSpan> cuts) {
  const InputFile& file = corpus_.files()[corpus_.File(document)];
  const std::string& field = corpus_.fields().text;
  const std::string_view line = reader_.Line(document);
  WIRECOPY_RETURN_IF_ERROR(corpus_.ReadError());
  if (cuts.empty()) return std::string(line);
  if (!HasHeader(file.format)) return CutJsonLine(line, field, cuts);
  return CutCsvRow(line, file.header, DelimiterOf(file.format), field, cuts);
}

absl::Status KeptLineWriter::Write(uint32_t document, std::string_view text,
                                   std::span<const ByteSpan> cuts) {
  // A last line without a line break gets one only when another follows.
  if (lacks_line_break_) WIRECOPY_RETURN_IF_ERROR(file_->Write("\n"));
  lacks_line_break_ = IsUnended(corpus_, document);
  if (!corpus_.IsLine(document)) {
    return file_->Write(MadeLine(corpus_, document, WithoutCuts(text, cuts)));
  }
  WIRECOPY_ASSIGN_OR_RETURN(std::string line, CutLine(document, cuts));
  if (!lacks_line_break_) line.push_back('\n');
  return file_->Write(line);
}

}  // namespace wirecopy::cli
