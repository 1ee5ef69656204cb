// Any record, and any stretch cut out of its text: what is left is a record of
// the text without it. The first bytes say what is cut and how it is read.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "io/csv_record.h"
#include "io/cut_line.h"
#include "io/json_record.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

using wirecopy::ByteSpan;
using wirecopy::Record;
using wirecopy::RecordParser;

constexpr std::string_view kHeader = "id,text,more";

// A border of characters near that share of a text.
size_t Border(std::string_view text, size_t share) {
  size_t at = text.size() * share / 255;
  while (at > 0 && at < text.size() && (text[at] & 0xC0) == 0x80) --at;
  return at;
}

bool Parse(RecordParser* parser, std::string_view line, std::string* text) {
  const std::string padded = std::string(line) + std::string(64, '"');
  Record record;
  const auto status =
      parser->Parse(std::string_view(padded).substr(0, line.size()), &record);
  *text = record.text;
  return status.ok() && record.is_document;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  const std::string_view line(reinterpret_cast<const char*>(data) + 3,
                              size - 3);
  const bool is_csv = data[0] % 2 == 1;
  const auto cut_line = [&](std::span<const ByteSpan> cuts) {
    return is_csv ? wirecopy::CutCsvRow(line, kHeader, ',', "text", cuts)
                  : wirecopy::CutJsonLine(line, "text", cuts);
  };
  wirecopy::JsonRecordParser json({});
  const auto csv = wirecopy::CsvRecordParser::Create(kHeader, ',', {});
  RecordParser* const parser =
      is_csv ? static_cast<RecordParser*>(csv->get()) : &json;
  std::string text;
  const bool is_record = Parse(parser, line, &text);
  ByteSpan cut = {Border(text, data[1]), Border(text, data[2])};
  if (cut.begin > cut.end) std::swap(cut.begin, cut.end);
  const auto left = cut_line({&cut, 1});
  if (!is_record) return 0;  // it need only come back
  FUZZ_CHECK(left.ok());
  std::string left_text;
  FUZZ_CHECK(Parse(parser, *left, &left_text));
  text.erase(cut.begin, cut.end - cut.begin);
  FUZZ_CHECK(left_text == text);
  return 0;
}
