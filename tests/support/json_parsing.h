// Lines of JSON through either parser, with what they need around them.

#ifndef WIRECOPY_TESTS_SUPPORT_JSON_PARSING_H_
#define WIRECOPY_TESTS_SUPPORT_JSON_PARSING_H_

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/json_record.h"
#include "io/tolerant_json.h"

namespace wirecopy::oracle {

// A record that owns its texts, or why there is none.
struct ParsedLine {
  std::string error;  // empty where there is a record
  std::optional<DocumentId> id;
  std::string text;
  std::string published;
  std::string odd_published;
  size_t replaced = 0;

  friend bool operator==(const ParsedLine&, const ParsedLine&) = default;
};

inline void PrintTo(const ParsedLine& parsed, std::ostream* out) {
  *out << "{error=" << parsed.error << " id="
       << (parsed.id ? (parsed.id->is_integer ? "#" : "$") + parsed.id->text
                     : "none")
       << " text=" << parsed.text.substr(0, 200)
       << " published=" << parsed.published << parsed.odd_published
       << " replaced=" << parsed.replaced << "}";
}

inline ParsedLine Owned(const absl::Status& status, const Record& record) {
  ParsedLine parsed;
  parsed.replaced = record.replaced;
  if (!status.ok()) {
    parsed.error = std::string(status.message());
    return parsed;
  }
  if (record.id) parsed.id = record.id->Owned();
  parsed.text = std::string(record.text);
  parsed.published = std::string(record.published);
  parsed.odd_published = record.odd_published;
  return parsed;
}

// As the program does it. What follows the line is not JSON, so that reading
// on would show.
inline ParsedLine ParseLine(std::string_view line, JsonRecordParser* parser) {
  const std::string padded = std::string(line) + std::string(64, '"');
  Record record;
  const absl::Status status =
      parser->Parse(std::string_view(padded).substr(0, line.size()), &record);
  return Owned(status, record);
}

inline ParsedLine ParseLine(std::string_view line) {
  JsonRecordParser parser{FieldNames()};
  return ParseLine(line, &parser);
}

// By the slow way alone.
inline ParsedLine ParseTolerantly(std::string_view line) {
  TolerantJsonParser parser{FieldNames()};
  std::string repaired;
  Record record;
  record.replaced = RepairJson(line, &repaired);
  const absl::Status status = parser.Parse(repaired, &record);
  return Owned(status, record);
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_JSON_PARSING_H_
