// Any line through both readers of JSON: they agree on every one, and what
// they read is text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/json_record.h"
#include "io/tolerant_json.h"
#include "tests/fuzz/fuzz_check.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::FieldNames;
using wirecopy::JsonRecordParser;
using wirecopy::Record;
using wirecopy::TolerantJsonParser;

void CheckRepair(std::string_view line, const std::string& repaired,
                 size_t replaced) {
  FUZZ_CHECK(wirecopy::IsValidUtf8(repaired));
  std::string again;
  FUZZ_CHECK(wirecopy::RepairJson(repaired, &again) == 0);
  FUZZ_CHECK(again == repaired);
  FUZZ_CHECK((replaced == 0) == (repaired == line));
}

void CheckRecord(const Record& record) {
  FUZZ_CHECK(wirecopy::IsValidUtf8(record.text));
  FUZZ_CHECK(wirecopy::IsValidUtf8(record.published));
  if (!record.id) return;
  FUZZ_CHECK(wirecopy::IsValidUtf8(record.id->text));
  if (record.id->is_integer) {
    FUZZ_CHECK(!record.id->text.empty());
    FUZZ_CHECK(record.id->text.find_first_not_of("-0123456789") ==
               std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  // What follows a line in its file is not part of it.
  const std::string padded = std::string(line) + std::string(64, '"');
  JsonRecordParser parser{FieldNames()};
  Record record;
  const absl::Status status =
      parser.Parse(std::string_view(padded).substr(0, size), &record);

  std::string repaired;
  const size_t replaced = wirecopy::RepairJson(line, &repaired);
  CheckRepair(line, repaired, replaced);
  TolerantJsonParser tolerant{FieldNames()};
  Record expected;
  const absl::Status expected_status = tolerant.Parse(repaired, &expected);

  FUZZ_CHECK(status == expected_status);
  FUZZ_CHECK(record.replaced == replaced);
  if (!status.ok()) return 0;
  CheckRecord(record);
  FUZZ_CHECK(record.id == expected.id);
  FUZZ_CHECK(record.text == expected.text);
  FUZZ_CHECK(record.published == expected.published);
  FUZZ_CHECK(record.odd_published == expected.odd_published);
  return 0;
}
