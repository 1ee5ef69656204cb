#include "io/plain_json.h"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "io/json_kernels.h"

namespace wirecopy {
namespace {

constexpr int kMostDepth = 32;
constexpr size_t kMostDigits = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

struct Value {
  enum class Kind { kString, kInteger, kNull, kOther };
  Kind kind = Kind::kOther;
  std::string_view text;  // of a string, or an integer's digits
};

// Reads on through a text; every function is false where it finds what it does
// not know, and its place then means nothing.
class Reader {
 public:
  // `strings` has room for the whole text and kJsonPadding.
  Reader(std::string_view json, char* strings)
      : at_(json.data()), end_(at_ + json.size()), to_(strings) {}

  bool AtEnd() {
    SkipSpace();
    return at_ == end_;
  }

  // Passes over white space and, where it stands there, a character.
  bool Take(char c) {
    SkipSpace();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  // Behind the opening quotation mark.
  bool ReadString(std::string_view* text) {
    const char* const begin = to_;
    while (true) {
      const JsonKernels::Progress copied =
          kernels_.copy_string(at_, static_cast<size_t>(end_ - at_), to_);
      at_ += copied.read;
      to_ += copied.written;
      has_wide_ |= copied.has_wide;
      if (at_ == end_) return false;
      if (*at_ == '"') break;
      if (!ReadEscapedCodePoint()) return false;
    }
    ++at_;
    *text = {begin, static_cast<size_t>(to_ - begin)};
    return true;
  }

  // Whether any string so far had a byte that is no ASCII; none can be outside
  // of strings.
  bool HasWide() const { return has_wide_; }

  bool ReadValue(Value* value, int depth) {
    SkipSpace();
    if (at_ == end_) return false;
    *value = {};
    switch (*at_) {
      case '"':
        ++at_;
        value->kind = Value::Kind::kString;
        return ReadString(&value->text);
      case '{':
      case '[':
        return depth > 0 && SkipNested(depth - 1);
      case 't':
        return TakeWord("true");
      case 'f':
        return TakeWord("false");
      case 'n':
        value->kind = Value::Kind::kNull;
        return TakeWord("null");
      default:
        return ReadNumber(value);
    }
  }

 private:
  void SkipSpace() {
    while (at_ != end_ &&
           (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) {
      ++at_;
    }
  }

  bool TakeWord(std::string_view word) {
    const std::string_view left(at_, static_cast<size_t>(end_ - at_));
    if (!left.starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool SkipNested(int depth) {
    const bool is_object = *at_++ == '{';
    const char close = is_object ? '}' : ']';
    if (Take(close)) return true;
    do {
      std::string_view key;
      if (is_object && !(Take('"') && ReadString(&key) && Take(':'))) {
        return false;
      }
      Value value;
      if (!ReadValue(&value, depth)) return false;
    } while (Take(','));
    return Take(close);
  }

  size_t SkipDigits() {
    const char* const begin = at_;
    while (at_ != end_ && IsDigit(*at_)) ++at_;
    return static_cast<size_t>(at_ - begin);
  }

  bool ReadNumber(Value* value) {
    const char* const begin = at_;
    if (*at_ == '-') ++at_;
    const char* const digits_begin = at_;
    const size_t digits = SkipDigits();
    if (digits == 0 || (digits > 1 && *digits_begin == '0')) return false;
    const char* const integer_end = at_;
    if (at_ != end_ && *at_ == '.') {
      ++at_;
      if (SkipDigits() == 0) return false;
    }
    if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
      ++at_;
      if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
      if (SkipDigits() == 0) return false;
    }
    value->text = {begin, static_cast<size_t>(at_ - begin)};
    if (at_ == integer_end) value->kind = Value::Kind::kInteger;
    return value->text.size() <= kMostDigits;
  }

  // The four digits behind \u, and where they are half a pair, the other half.
  bool ReadEscapedCodePoint() {
    uint32_t code_point = 0;
    if (!ReadUnit(&code_point)) return false;
    constexpr uint32_t kHighBegin = 0xD800;
    constexpr uint32_t kLowBegin = 0xDC00;
    constexpr uint32_t kLowEnd = 0xE000;
    if (code_point >= kHighBegin && code_point < kLowEnd) {
      uint32_t low = 0;
      if (code_point >= kLowBegin || !ReadUnit(&low)) return false;
      if (low < kLowBegin || low >= kLowEnd) return false;
      code_point =
          0x10000 + ((code_point - kHighBegin) << 10) + low - kLowBegin;
    }
    Put(code_point);
    return true;
  }

  bool ReadUnit(uint32_t* unit) {
    constexpr std::ptrdiff_t kSize = 6;
    if (end_ - at_ < kSize || at_[0] != '\\' || at_[1] != 'u') return false;
    *unit = 0;
    for (int i = 2; i < kSize; ++i) {
      const int digit = HexDigit(at_[i]);
      if (digit < 0) return false;
      *unit = *unit << 4 | static_cast<uint32_t>(digit);
    }
    at_ += kSize;
    return true;
  }

  // UTF-8 has fewer bytes than the escape that it was.
  void Put(uint32_t code_point) {
    const auto put = [this](uint32_t byte) {
      *to_++ = static_cast<char>(static_cast<unsigned char>(byte));
    };
    const auto trail = [&](unsigned shift) {
      put(0x80 | (code_point >> shift & 0x3F));
    };
    if (code_point < 0x80) return put(code_point);
    if (code_point < 0x800) {
      put(0xC0 | code_point >> 6);
    } else {
      if (code_point < 0x10000) {
        put(0xE0 | code_point >> 12);
      } else {
        put(0xF0 | code_point >> 18);
        trail(12);
      }
      trail(6);
    }
    trail(0);
  }

  const JsonKernels& kernels_ = ActiveJsonKernels();
  const char* at_;
  const char* const end_;
  char* to_;
  bool has_wide_ = false;
};

// What is known of an object so far.
struct Found {
  std::optional<Value> id;
  std::optional<Value> text;
};

// A value where text is looked for: nothing where it is text or null.
std::string OddText(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kString:
    case Value::Kind::kNull:
      return "";
    case Value::Kind::kInteger:
      return value.text == "-0" ? "0" : std::string(value.text);
    case Value::Kind::kOther:
      break;
  }
  return std::string(kNoInteger);
}

void Note(std::string_view key, const Value& value, const FieldNames& fields,
          Found* found, Record* record) {
  if (key == fields.text) {
    found->text = value;
  } else if (key == fields.id) {
    found->id = value;
  }
  const std::string_view text =
      value.kind == Value::Kind::kString ? value.text : std::string_view();
  NoteSeen(key, fields, &record->seen);
  if (key == fields.published) {
    record->published = text;
    record->odd_published = OddText(value);
  }
  if (key == fields.publisher) record->publisher = text;
  if (key == fields.url) record->url = text;
  if (key == fields.title) record->title = text;
  if (key == fields.canonical) record->canonical = text;
  if (key == fields.is_based_on) record->is_based_on = text;
}

bool ReadObject(Reader* reader, const FieldNames& fields, Found* found,
                Record* record) {
  if (!reader->Take('{')) return false;
  if (!reader->Take('}')) {
    do {
      std::string_view key;
      Value value;
      if (!reader->Take('"') || !reader->ReadString(&key) ||
          !reader->Take(':') || !reader->ReadValue(&value, kMostDepth)) {
        return false;
      }
      Note(key, value, fields, found, record);
    } while (reader->Take(','));
    if (!reader->Take('}')) return false;
  }
  return reader->AtEnd();
}

// Whether the id, if any, is one that needs no thought.
bool TakeId(const std::optional<Value>& id, Record* record) {
  constexpr size_t kMostOfInteger =
      18;  // digits; all such numbers have 64 bits
  if (!id || id->kind == Value::Kind::kNull) return true;
  if (id->kind == Value::Kind::kOther) return false;
  const bool is_integer = id->kind == Value::Kind::kInteger;
  if (is_integer && (id->text.size() > kMostOfInteger || id->text == "-0")) {
    return false;
  }
  record->id = RecordId{is_integer, id->text};
  return true;
}

}  // namespace

bool PlainJsonParser::Parse(std::string_view line, Record* record) {
  static_assert(kJsonPadding <= kInputPadding);
  *record = Record();
  strings_.Reserve(line.size());
  Reader reader(line, strings_.data());
  Found found;
  if (!ReadObject(&reader, fields_, &found, record)) return false;
  if (!found.text || found.text->kind != Value::Kind::kString) return false;
  record->text = found.text->text;
  return TakeId(found.id, record) &&
         (!reader.HasWide() ||
          simdjson::validate_utf8(line.data(), line.size()));
}

}  // namespace wirecopy
