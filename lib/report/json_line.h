// Writes one JSON object, a line of JSON Lines.

#ifndef WIRECOPY_REPORT_JSON_LINE_H_
#define WIRECOPY_REPORT_JSON_LINE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "wirecopy/document.h"

namespace wirecopy {

// The shortest digits that read back as the same number; it looks like no
// integer.
std::string JsonNumber(double value);

// Appends an id's JSON, as JsonLine has it.
void AppendJson(const DocumentId& id, std::string* json);

// Fields come out in the order in which they were added. Strings must be
// valid UTF-8; they are escaped as JSON requires and no further.
class JsonLine {
 public:
  JsonLine();
  ~JsonLine();

  JsonLine& Add(std::string_view key, std::string_view value);
  JsonLine& Add(std::string_view key, const char* value);
  JsonLine& Add(std::string_view key, const DocumentId& value);
  JsonLine& Add(std::string_view key, uint64_t value);
  JsonLine& Add(std::string_view key, int value);
  JsonLine& Add(std::string_view key, bool value);
  // As JsonNumber has it.
  JsonLine& Add(std::string_view key, double value);
  JsonLine& AddNull(std::string_view key);

  JsonLine& BeginObject(std::string_view key);
  JsonLine& EndObject();
  JsonLine& BeginArray(std::string_view key);
  JsonLine& Element(const DocumentId& value);
  JsonLine& Element(uint64_t value);
  JsonLine& Element(double value);  // as JsonNumber has it
  JsonLine& BeginElement();         // an object
  JsonLine& BeginArrayElement();    // an array, which EndArray ends, too
  JsonLine& EndArray();

  // Ends the object: what is to be written, line break included. Begins a new
  // one with the next Add.
  std::string Finish();

  // The same without the braces and the line break: members of an object that
  // is written piece by piece.
  std::string FinishMembers();

 private:
  struct State;
  void Key(std::string_view key);
  void Id(const DocumentId& value);
  void Number(double value);

  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_JSON_LINE_H_
