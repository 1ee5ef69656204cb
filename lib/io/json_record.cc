#include "io/json_record.h"

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/plain_json.h"
#include "io/tolerant_json.h"

namespace wirecopy {
namespace {

namespace dom = simdjson::dom;

absl::Status NotAString(const std::string& field) {
  return absl::InvalidArgumentError(
      absl::StrCat("field \"", field, "\" is no string"));
}

// *digits is for those of an integer.
absl::Status ReadId(const dom::element& value, const std::string& field,
                    std::string* digits, Record* record) {
  switch (value.type()) {
    case dom::element_type::STRING:
      record->id = RecordId{false, value.get_string().value_unsafe()};
      return absl::OkStatus();
    case dom::element_type::INT64:
      *digits = absl::StrCat(value.get_int64().value_unsafe());
      record->id = RecordId{true, *digits};
      return absl::OkStatus();
    case dom::element_type::UINT64:
      *digits = absl::StrCat(value.get_uint64().value_unsafe());
      record->id = RecordId{true, *digits};
      return absl::OkStatus();
    case dom::element_type::NULL_VALUE:
      record->id.reset();
      return absl::OkStatus();
    default:
      return BadId(field);
  }
}

// A value where text is looked for: nothing where it is text or null.
std::string OddText(const dom::element& value) {
  switch (value.type()) {
    case dom::element_type::STRING:
    case dom::element_type::NULL_VALUE:
      return "";
    case dom::element_type::INT64:
      return absl::StrCat(value.get_int64().value_unsafe());
    case dom::element_type::UINT64:
      return absl::StrCat(value.get_uint64().value_unsafe());
    default:
      return std::string(kNoInteger);
  }
}

}  // namespace

absl::Status BadId(const std::string& field) {
  return absl::InvalidArgumentError(
      absl::StrCat("field \"", field, "\" is neither a string nor an integer"));
}

absl::Status NoText(const std::string& field) {
  return absl::InvalidArgumentError(absl::StrCat("no field \"", field, "\""));
}

struct JsonRecordParser::State {
  explicit State(const FieldNames& names)
      : fields(names), plain(fields), tolerant(names) {}

  const FieldNames fields;
  PlainJsonParser plain;
  dom::parser parser;
  TolerantJsonParser tolerant;
  std::string repaired;
  std::string id_digits;

  absl::Status ReadObject(const dom::object& object, Record* record);
};

absl::Status JsonRecordParser::State::ReadObject(const dom::object& object,
                                                 Record* record) {
  std::optional<dom::element> id;
  std::optional<dom::element> text;
  const auto read_text = [](const dom::element& value) {
    return value.is_string() ? value.get_string().value_unsafe()
                             : std::string_view();
  };
  for (const auto& [key, value] : object) {
    if (key == fields.text) {
      text = value;
    } else if (key == fields.id) {
      id = value;
    }
    // These may be called as others are: an address may be the id.
    NoteSeen(key, fields, &record->seen);
    if (key == fields.published) {
      record->published = read_text(value);
      record->odd_published = OddText(value);
    }
    if (key == fields.publisher) record->publisher = read_text(value);
    if (key == fields.url) record->url = read_text(value);
    if (key == fields.title) record->title = read_text(value);
    if (key == fields.canonical) record->canonical = read_text(value);
    if (key == fields.is_based_on) record->is_based_on = read_text(value);
  }
  if (!text) return NoText(fields.text);
  if (!text->is_string()) return NotAString(fields.text);
  record->text = text->get_string().value_unsafe();
  return id ? ReadId(*id, fields.id, &id_digits, record) : absl::OkStatus();
}

JsonRecordParser::JsonRecordParser(const FieldNames& fields)
    : state_(std::make_unique<State>(fields)) {}
JsonRecordParser::~JsonRecordParser() = default;
JsonRecordParser::JsonRecordParser(JsonRecordParser&&) noexcept = default;

absl::Status JsonRecordParser::Parse(std::string_view line, Record* record) {
  static_assert(simdjson::SIMDJSON_PADDING <= 64);
  if (state_->plain.Parse(line, record)) return absl::OkStatus();
  *record = Record();
  dom::element root;
  if (state_->parser.parse(line.data(), line.size(), false).get(root) ==
      simdjson::SUCCESS) {
    dom::object object;
    if (root.get(object) != simdjson::SUCCESS) {
      return absl::InvalidArgumentError("not a JSON object");
    }
    return state_->ReadObject(object, record);
  }
  // simdjson refuses what a document may well hold: ill-formed UTF-8, lone
  // surrogates, numbers too large for a machine. The tolerant parser decides,
  // and knows what is wrong.
  record->replaced = RepairJson(line, &state_->repaired);
  return state_->tolerant.Parse(state_->repaired, record);
}

}  // namespace wirecopy
