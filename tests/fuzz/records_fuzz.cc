// Any bytes as CSV, TSV and Common Crawl's pages: records cover them all, come
// apart the same in pieces, and what they hold is text.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "io/csv_record.h"
#include "io/record_format.h"
#include "tests/fuzz/fuzz_check.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::InputFormat;
using wirecopy::Record;

constexpr size_t kNowhere = std::string_view::npos;

void CheckRecord(const Record& record) {
  FUZZ_CHECK(wirecopy::IsValidUtf8(record.text));
  FUZZ_CHECK(wirecopy::IsValidUtf8(record.published));
  if (record.id) FUZZ_CHECK(wirecopy::IsValidUtf8(record.id->text));
}

void CheckRows(InputFormat format, std::string_view bytes) {
  const size_t whole = wirecopy::WholeRecordsSize(format, bytes);
  FUZZ_CHECK(whole <= bytes.size());
  const char delimiter = wirecopy::DelimiterOf(format);
  const size_t first = wirecopy::CsvRowSize(bytes, delimiter, false);
  FUZZ_CHECK((first == kNowhere) == (whole == 0));
  // In pieces of three.
  wirecopy::CsvRowEnd end(delimiter);
  size_t found = kNowhere;
  for (size_t i = 0; i < bytes.size() && found == kNowhere; i += 3) {
    const size_t in_piece = end.Find(bytes.substr(i, 3));
    if (in_piece != kNowhere) found = i + in_piece;
  }
  FUZZ_CHECK(found == first);
}

void CheckFormat(InputFormat format, std::string_view bytes) {
  std::unique_ptr<wirecopy::RecordParser> parser;
  size_t begin = 0;
  while (begin < bytes.size()) {
    const std::string_view left = bytes.substr(begin);
    const size_t size = wirecopy::FirstRecordSize(format, left, true);
    FUZZ_CHECK(size > 0 && size <= left.size());
    const std::string padded =
        std::string(left.substr(0, size)) + std::string(64, '"');
    const std::string_view record_bytes =
        std::string_view(padded).substr(0, size);
    begin += size;
    if (parser == nullptr) {
      auto made = wirecopy::NewRecordParser(format, wirecopy::FieldNames(),
                                            record_bytes);
      if (!made.ok()) return;
      parser = *std::move(made);
      if (wirecopy::HasHeader(format)) continue;
    }
    Record record;
    if (parser->Parse(record_bytes, &record).ok()) CheckRecord(record);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const InputFormat format :
       {InputFormat::kCsv, InputFormat::kCsvSemicolon, InputFormat::kTsv}) {
    CheckRows(format, bytes);
    CheckFormat(format, bytes);
  }
  CheckFormat(InputFormat::kWet, bytes);
  return 0;
}
