#include "io/block_scan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/json_line_hint.h"
#include "io/record_format.h"
#include "wirecopy/published.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

std::string TooLong(uint64_t most) {
  return absl::StrCat("is longer than ", most, " bytes (--max-document)");
}

std::string_view WithoutBreak(std::string_view record) {
  if (record.ends_with('\n')) record.remove_suffix(1);
  return record;
}

// Of JSON Lines there is no need to look.
size_t LineBreaks(InputFormat format, std::string_view record) {
  if (format == InputFormat::kJsonl) return 1;
  return static_cast<size_t>(std::count(record.begin(), record.end(), '\n'));
}

}  // namespace

void BlockScan::Begin(const InputBlock& block) {
  found_.Clear();
  found_.first_file = block.first_file;
  found_.lines = block.lines_passed;
}

absl::Status BlockScan::ScanRecords(const InputBlock& block) {
  const InputFile& file = files_[block.first_file];
  if (block.is_too_long) {
    WIRECOPY_RETURN_IF_ERROR(RejectTooLong(
        static_cast<uint32_t>(block.first_file), found_.lines + 1));
  }
  const std::string_view bytes = block.records;
  for (size_t begin = 0; begin < bytes.size();) {
    const size_t size = FirstRecordSize(file.format, bytes.substr(begin),
                                        /*at_end=*/true);
    const std::string_view record = bytes.substr(begin, size);
    const size_t lines = LineBreaks(file.format, record);
    WIRECOPY_RETURN_IF_ERROR(
        TakeRecord(block, block.begin + begin,
                   IsMadeOfLines(file.format) ? WithoutBreak(record) : record));
    found_.lines += lines;
    begin += size;
  }
  return absl::OkStatus();
}

absl::Status BlockScan::RejectTooLong(uint32_t file, uint64_t line) {
  if (too_long_fails_) {
    return absl::ResourceExhaustedError(absl::StrCat(
        files_[file].name.path, ": a record of more than ", max_document_,
        " bytes takes more memory than there may be; a smaller --max-document "
        "rejects it"));
  }
  found_.Reject(file, line, TooLong(max_document_));
  return absl::OkStatus();
}

absl::Status BlockScan::TakeText(size_t file, const BlockSource::Text& found) {
  std::string_view text = found.text;
  const auto number = static_cast<uint32_t>(file);
  if (found.is_too_long) return RejectTooLong(number, 1);
  if (text.find('\0') != std::string_view::npos) {
    found_.Reject(number, 1, "holds bytes of zero: no text, or none in UTF-8");
    return absl::OkStatus();
  }
  found_.AddFile({found.begin, text.size(), number});
  if (!IsValidUtf8(text)) {
    found_.invalid_utf8 += RepairUtf8(text, &repaired_);
    text = repaired_;
  }
  sink_.Add(worker_, text);
  return absl::OkStatus();
}

absl::Status BlockScan::TakeRecord(const InputBlock& block, uint64_t begin,
                                   std::string_view bytes) {
  const InputFile& file = files_[block.first_file];
  if (file.format == InputFormat::kJsonl &&
      bytes.find_first_not_of(kWhiteSpace) == std::string_view::npos) {
    return absl::OkStatus();
  }
  const auto number = static_cast<uint32_t>(block.first_file);
  const uint64_t line = found_.lines + 1;
  if (bytes.size() > max_document_) return RejectTooLong(number, line);
  Record record;
  absl::Status status = parsers_.Parse(file, bytes, &record);
  found_.invalid_utf8 += record.replaced;
  found_.seen.Add(record.seen);
  if (!status.ok() && !parsers_.Fits(file)) return status;
  if (!status.ok()) {
    const std::string_view hint =
        file.format == InputFormat::kJsonl ? JsonLineHint(bytes) : "";
    found_.Reject(
        number, line,
        hint.empty() ? std::string(status.message()) : std::string(hint));
    return absl::OkStatus();
  }
  if (!record.is_document) return absl::OkStatus();
  found_.Add({begin, bytes.size(), number}, line, record.id,
             PublishedMicros(record));
  if (keeps_publishers_) {
    found_.SetPublisher(found_.size() - 1, record.publisher);
  }
  sink_.Add(worker_, record.text);
  return absl::OkStatus();
}

int64_t BlockScan::PublishedMicros(const Record& record) {
  if (const auto parsed = ParsePublished(record.published)) {
    return absl::ToUnixMicros(parsed->time);
  }
  const std::string_view published =
      record.odd_published.empty() ? record.published : record.odd_published;
  if (published.empty()) return CorpusBlock::kNoTime;
  if (found_.unreadable_dates++ == 0) found_.first_unreadable_date = published;
  return CorpusBlock::kNoTime;
}

}  // namespace wirecopy
