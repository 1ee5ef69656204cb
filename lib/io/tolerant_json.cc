#include "io/tolerant_json.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "io/integer_id.h"
#include "wirecopy/text.h"

// RapidJSON counts from a null pointer while a stack of its is empty, and
// clang's sanitizer minds.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), \
                             apply_to = function)
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

namespace wirecopy {
namespace {

// What stood behind a key of the outermost object.
struct Value {
  enum class Kind { kNull, kString, kInteger, kOther } kind = Kind::kNull;
  std::string text;
};

// Receives the parser's events; RapidJSON fixes the names.
class FieldHandler
    : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, FieldHandler> {
 public:
  explicit FieldHandler(const FieldNames& fields) : fields_(fields) {}

  std::optional<Value> id;
  std::optional<Value> text;
  std::optional<Value> published;
  std::optional<Value> publisher;
  std::optional<Value> url;
  std::optional<Value> title;
  std::optional<Value> canonical;
  std::optional<Value> is_based_on;
  FieldsSeen seen;
  bool is_object = false;

  bool Default() { return Take({Value::Kind::kOther, ""}); }
  bool Null() { return Take({Value::Kind::kNull, ""}); }
  bool String(const char* data, rapidjson::SizeType size, bool /*copy*/) {
    return Take({Value::Kind::kString, std::string(data, size)});
  }
  bool RawNumber(const char* data, rapidjson::SizeType size, bool /*copy*/) {
    const std::string_view number(data, size);
    const std::optional<std::string_view> integer = IntegerId(number);
    return Take({integer ? Value::Kind::kInteger : Value::Kind::kOther,
                 std::string(integer.value_or(number))});
  }
  bool Key(const char* data, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ != 1) return true;
    const std::string_view key(data, size);
    target_ = FieldOf(key);
    NoteSeen(key, fields_, &seen);
    return true;
  }
  bool StartObject() {
    if (depth_ == 0) is_object = true;
    return Open();
  }
  bool StartArray() { return Open(); }
  bool EndObject(rapidjson::SizeType /*members*/) { return Close(); }
  bool EndArray(rapidjson::SizeType /*elements*/) { return Close(); }

 private:
  std::optional<Value>* FieldOf(std::string_view key) {
    if (key == fields_.text) return &text;
    if (key == fields_.id) return &id;
    if (key == fields_.published) return &published;
    if (key == fields_.publisher) return &publisher;
    if (key == fields_.url) return &url;
    if (key == fields_.title) return &title;
    if (key == fields_.canonical) return &canonical;
    return key == fields_.is_based_on ? &is_based_on : nullptr;
  }
  bool Take(Value value) {
    if (depth_ == 1 && target_ != nullptr) *target_ = std::move(value);
    return true;
  }
  bool Open() {
    Take({Value::Kind::kOther, ""});
    ++depth_;
    return true;
  }
  bool Close() {
    --depth_;
    return true;
  }

  const FieldNames& fields_;
  size_t depth_ = 0;
  std::optional<Value>* target_ = nullptr;
};

// A value where text is looked for: nothing where it is text or null.
std::string OddText(const std::optional<Value>& value) {
  if (!value || value->kind == Value::Kind::kString ||
      value->kind == Value::Kind::kNull) {
    return "";
  }
  return value->kind == Value::Kind::kInteger ? value->text
                                              : std::string(kNoInteger);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether `token` is a number of JSON with a fraction or an exponent.
bool IsFraction(std::string_view token) {
  size_t i = 0;
  const auto skip = [&](std::string_view any) {
    const bool found = i < token.size() && any.find(token[i]) != any.npos;
    i += found ? 1 : 0;
    return found;
  };
  const auto skip_digits = [&] {
    const size_t begin = i;
    while (i < token.size() && IsDigit(token[i])) ++i;
    return i > begin;
  };
  skip("-");
  if (!skip("0") && !skip_digits()) return false;
  const size_t end_of_integer = i;
  if (skip(".") && !skip_digits()) return false;
  if (skip("eE")) {
    skip("+-");
    if (!skip_digits()) return false;
  }
  return i == token.size() && i > end_of_integer;
}

// The reader refuses what no double can hold, even where it makes none. What
// a fraction is does not matter here: each becomes 1.5, and no byte moves.
void MaskFractions(std::string* json) {
  bool in_string = false;
  for (size_t i = 0; i < json->size();) {
    const char c = (*json)[i];
    if (c == '"') in_string = !in_string;
    if (in_string || (c != '-' && !IsDigit(c))) {
      i += in_string && c == '\\' ? 2 : 1;
      continue;
    }
    const size_t end =
        std::min(json->find_first_not_of("+-.0123456789Ee", i), json->size());
    if (IsFraction(std::string_view(*json).substr(i, end - i))) {
      std::fill(json->begin() + static_cast<std::ptrdiff_t>(i),
                json->begin() + static_cast<std::ptrdiff_t>(end), ' ');
      json->replace(i, 3, "1.5");
    }
    i = end;
  }
}

absl::Status ParseEvents(const std::string& json, FieldHandler* handler) {
  // Iterative: nesting costs memory, not stack.
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseValidateEncodingFlag;
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, *handler);
  const auto error = [](size_t offset, rapidjson::ParseErrorCode code) {
    return absl::InvalidArgumentError(
        absl::StrCat("not valid JSON at byte ", offset + 1, ": ",
                     rapidjson::GetParseError_En(code)));
  };
  if (result.IsError()) return error(result.Offset(), result.Code());
  // The reader takes a zero byte for the end.
  if (stream.Tell() < json.size()) {
    return error(stream.Tell(), rapidjson::kParseErrorDocumentRootNotSingular);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TolerantJsonParser::Parse(const std::string& json,
                                       Record* record) {
  json_ = json;
  MaskFractions(&json_);
  FieldHandler handler(fields_);
  absl::Status parsed = ParseEvents(json_, &handler);
  if (!parsed.ok()) return parsed;
  if (!handler.is_object) {
    return absl::InvalidArgumentError("not a JSON object");
  }
  record->seen = handler.seen;
  if (!handler.text) return NoText(fields_.text);
  if (handler.text->kind != Value::Kind::kString) {
    return absl::InvalidArgumentError(
        absl::StrCat("field \"", fields_.text, "\" is no string"));
  }
  text_ = std::move(handler.text->text);
  record->text = text_;
  const auto take_text = [](std::optional<Value>* value, std::string* text) {
    const bool is_string = *value && (*value)->kind == Value::Kind::kString;
    *text = is_string ? std::move((*value)->text) : std::string();
    return std::string_view(*text);
  };
  record->odd_published = OddText(handler.published);
  record->published = take_text(&handler.published, &published_);
  record->publisher = take_text(&handler.publisher, &publisher_);
  record->url = take_text(&handler.url, &url_);
  record->title = take_text(&handler.title, &title_);
  record->canonical = take_text(&handler.canonical, &canonical_);
  record->is_based_on = take_text(&handler.is_based_on, &is_based_on_);
  if (handler.id && handler.id->kind != Value::Kind::kNull) {
    if (handler.id->kind == Value::Kind::kOther) return BadId(fields_.id);
    id_ = std::move(handler.id->text);
    record->id = RecordId{handler.id->kind == Value::Kind::kInteger, id_};
  }
  return absl::OkStatus();
}

namespace {

// The code unit of the escape \uXXXX at `i`, if there is one.
std::optional<unsigned> UnicodeEscape(std::string_view json, size_t i) {
  if (i + 6 > json.size() || json[i] != '\\' || json[i + 1] != 'u') {
    return std::nullopt;
  }
  unsigned unit = 0;
  for (const char c : json.substr(i + 2, 4)) {
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    unit = unit * 16 + static_cast<unsigned>(digit);
  }
  return unit;
}

bool IsHighSurrogate(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLowSurrogate(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

size_t RepairJson(std::string_view json, std::string* out) {
  size_t replaced = RepairUtf8(json, out);
  for (size_t i = out->find('\\'); i != std::string::npos;
       i = out->find('\\', i)) {
    const std::optional<unsigned> unit = UnicodeEscape(*out, i);
    if (!unit) {
      i += 2;  // the backslash and what it escapes
      continue;
    }
    const std::optional<unsigned> next = UnicodeEscape(*out, i + 6);
    if (IsHighSurrogate(*unit) && next && IsLowSurrogate(*next)) {
      i += 12;
      continue;
    }
    if (IsHighSurrogate(*unit) || IsLowSurrogate(*unit)) {
      out->replace(i, 6, "\\uFFFD");
      ++replaced;
    }
    i += 6;
  }
  return replaced;
}

}  // namespace wirecopy
