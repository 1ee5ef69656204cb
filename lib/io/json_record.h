// One line of JSON Lines, read for the fields that name and hold a document.

#ifndef WIRECOPY_IO_JSON_RECORD_H_
#define WIRECOPY_IO_JSON_RECORD_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "wirecopy/document.h"

namespace wirecopy {

struct FieldNames {
  std::string id = "id";
  std::string text = "text";
  std::string published = "published";
};

struct JsonRecord {
  std::optional<DocumentId> id;
  std::string_view text;       // valid UTF-8; valid until the next parse
  std::string_view published;  // empty where there is none; likewise
  // Ill-formed UTF-8 subparts and lone surrogate escapes of the line that
  // were read as U+FFFD.
  size_t replaced = 0;
};

// Keeps its buffers; one a thread.
class JsonRecordParser {
 public:
  explicit JsonRecordParser(const FieldNames& fields);
  ~JsonRecordParser();
  JsonRecordParser(JsonRecordParser&&) noexcept;

  // Reads one JSON object, of which a repeated key's last value counts. `line`
  // is followed by 64 readable bytes. The error says why the line is no
  // document, in words for the person whose file it is.
  absl::Status Parse(std::string_view line, JsonRecord* record);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Replaces each ill-formed UTF-8 subpart by U+FFFD and each \u escape of a
// surrogate without its partner by \uFFFD; returns how many there were.
size_t RepairJson(std::string_view json, std::string* out);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_JSON_RECORD_H_
