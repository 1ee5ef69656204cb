// The slow way to read a JSON object: numbers of any size (integers of up to
// 300 digits), any depth, and errors in words.

#ifndef WIRECOPY_IO_TOLERANT_JSON_H_
#define WIRECOPY_IO_TOLERANT_JSON_H_

#include <string>

#include "absl/status/status.h"
#include "io/record.h"

namespace wirecopy {

// What is wrong with a record, in the words that both parsers use.
absl::Status BadId(const std::string& field);
absl::Status NoText(const std::string& field);

class TolerantJsonParser {
 public:
  explicit TolerantJsonParser(const FieldNames& fields) : fields_(fields) {}

  // Reads one object into *record, which keeps its `replaced`; its views point
  // into this parser until the next call.
  absl::Status Parse(const std::string& json, Record* record);

 private:
  FieldNames fields_;
  std::string json_;
  std::string id_;
  std::string text_;
  std::string published_;
  std::string publisher_;
  std::string url_;
  std::string title_;
  std::string canonical_;
  std::string is_based_on_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_TOLERANT_JSON_H_
