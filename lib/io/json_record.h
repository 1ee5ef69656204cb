// One line of JSON Lines, read for the fields that name and hold a document.

#ifndef WIRECOPY_IO_JSON_RECORD_H_
#define WIRECOPY_IO_JSON_RECORD_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/record.h"

namespace wirecopy {

// Keeps its buffers; one a thread.
class JsonRecordParser : public RecordParser {
 public:
  explicit JsonRecordParser(const FieldNames& fields);
  ~JsonRecordParser() override;
  JsonRecordParser(JsonRecordParser&&) noexcept;

  // Reads one JSON object, of which a repeated key's last value counts. `line`
  // is followed by 64 readable bytes. The error says why the line is no
  // document, in words for the person whose file it is.
  absl::Status Parse(std::string_view line, Record* record) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Replaces each ill-formed UTF-8 subpart by U+FFFD and each \u escape of a
// surrogate without its partner by \uFFFD; returns how many there were.
size_t RepairJson(std::string_view json, std::string* out);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_JSON_RECORD_H_
