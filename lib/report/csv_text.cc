#include "report/csv_text.h"

#include <cstddef>
#include <utility>

#include "report/characters.h"
#include "report/json_line.h"
#include "report/xml_text.h"

namespace wirecopy {
namespace {

// Whether a text that begins with it needs the apostrophe.
bool MayBeComputed(char32_t first) {
  switch (first) {
    case '=':
    case '+':
    case '-':
    case '@':
    case 0xFF1D:  // the same in full width
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
    case '\'':
      return true;
    default:
      return first < 0x20 || IsSpace(first);
  }
}

}  // namespace

CsvRow& CsvRow::Add(std::string_view text) {
  std::string field;
  if (!text.empty() && MayBeComputed(CharacterAt(text, 0).code_point)) {
    field += '\'';
  }
  for (size_t i = 0; i < text.size();) {
    const Character c = CharacterAt(text, i);
    i += c.length;
    if (c.code_point == '"') field += '"';
    AppendCharacter(InXml(c.code_point), &field);
  }
  if (field.find_first_of(",;\t\r\n\"") != std::string::npos) {
    field = '"' + field + '"';
  }
  AddRaw(field);
  return *this;
}

CsvRow& CsvRow::Add(uint64_t value) {
  AddRaw(std::to_string(value));
  return *this;
}

CsvRow& CsvRow::Add(double value) {
  AddRaw(JsonNumber(value));
  return *this;
}

CsvRow& CsvRow::Add(bool value) {
  AddRaw(value ? "true" : "false");
  return *this;
}

CsvRow& CsvRow::AddEmpty() {
  AddRaw({});
  return *this;
}

void CsvRow::AddRaw(std::string_view field) {
  if (!is_first_) row_ += ',';
  is_first_ = false;
  row_ += field;
}

std::string CsvRow::Finish() {
  is_first_ = true;
  return std::exchange(row_, {}) + "\r\n";
}

}  // namespace wirecopy
