#include "report/json_line.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>

namespace wirecopy {

struct JsonLine::State {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
  bool open = false;

  void String(std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
};

std::string JsonNumber(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  std::string number(digits, end);
  if (number.find_first_of(".e") == std::string::npos) number += ".0";
  return number;
}

void AppendJson(const DocumentId& id, std::string* json) {
  const auto is_escaped = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  };
  if (id.is_integer) {
    json->append(id.text);
  } else if (std::any_of(id.text.begin(), id.text.end(), is_escaped)) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer>(buffer).String(
        id.text.data(), static_cast<rapidjson::SizeType>(id.text.size()));
    json->append(buffer.GetString(), buffer.GetSize());
  } else {
    json->append(1, '"').append(id.text).append(1, '"');
  }
}

JsonLine::JsonLine() : state_(std::make_unique<State>()) {}
JsonLine::~JsonLine() = default;

void JsonLine::Key(std::string_view key) {
  if (!state_->open) state_->writer.StartObject();
  state_->open = true;
  state_->writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

void JsonLine::Id(const DocumentId& value) {
  if (value.is_integer) {
    // The digits as they came, which no machine integer need hold.
    state_->writer.RawValue(value.text.data(), value.text.size(),
                            rapidjson::kNumberType);
  } else {
    state_->String(value.text);
  }
}

void JsonLine::Number(double value) {
  const std::string number = JsonNumber(value);
  state_->writer.RawValue(number.data(), number.size(), rapidjson::kNumberType);
}

JsonLine& JsonLine::Add(std::string_view key, std::string_view value) {
  Key(key);
  state_->String(value);
  return *this;
}

JsonLine& JsonLine::Add(std::string_view key, const char* value) {
  return Add(key, std::string_view(value));
}

JsonLine& JsonLine::Add(std::string_view key, const DocumentId& value) {
  Key(key);
  Id(value);
  return *this;
}

JsonLine& JsonLine::Add(std::string_view key, uint64_t value) {
  Key(key);
  state_->writer.Uint64(value);
  return *this;
}

JsonLine& JsonLine::Add(std::string_view key, int value) {
  Key(key);
  state_->writer.Int(value);
  return *this;
}

JsonLine& JsonLine::Add(std::string_view key, bool value) {
  Key(key);
  state_->writer.Bool(value);
  return *this;
}

JsonLine& JsonLine::Add(std::string_view key, double value) {
  Key(key);
  Number(value);
  return *this;
}

JsonLine& JsonLine::AddNull(std::string_view key) {
  Key(key);
  state_->writer.Null();
  return *this;
}

JsonLine& JsonLine::BeginObject(std::string_view key) {
  Key(key);
  state_->writer.StartObject();
  return *this;
}

JsonLine& JsonLine::EndObject() {
  state_->writer.EndObject();
  return *this;
}

JsonLine& JsonLine::BeginArray(std::string_view key) {
  Key(key);
  state_->writer.StartArray();
  return *this;
}

JsonLine& JsonLine::Element(const DocumentId& value) {
  Id(value);
  return *this;
}

JsonLine& JsonLine::Element(uint64_t value) {
  state_->writer.Uint64(value);
  return *this;
}

JsonLine& JsonLine::Element(double value) {
  Number(value);
  return *this;
}

JsonLine& JsonLine::BeginArrayElement() {
  state_->writer.StartArray();
  return *this;
}

JsonLine& JsonLine::BeginElement() {
  state_->writer.StartObject();
  return *this;
}

JsonLine& JsonLine::EndArray() {
  state_->writer.EndArray();
  return *this;
}

std::string JsonLine::Finish() {
  if (!state_->open) state_->writer.StartObject();
  state_->writer.EndObject();
  std::string line(state_->buffer.GetString(), state_->buffer.GetSize());
  line.push_back('\n');
  state_->buffer.Clear();
  state_->writer.Reset(state_->buffer);
  state_->open = false;
  return line;
}

std::string JsonLine::FinishMembers() {
  const std::string line = Finish();
  return line.substr(1, line.size() - 3);
}

}  // namespace wirecopy
