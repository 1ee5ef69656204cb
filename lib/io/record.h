// A document as a file has it, before anybody has looked at its text.

#ifndef WIRECOPY_IO_RECORD_H_
#define WIRECOPY_IO_RECORD_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "wirecopy/document.h"

namespace wirecopy {

// What the fields that matter are called.
struct FieldNames {
  std::string id = "id";
  std::string text = "text";
  std::string published = "published";
  std::string publisher = "publisher";
  std::string url = "url";
  std::string title = "title";
  std::string canonical = "canonical";
  std::string is_based_on = "isBasedOn";
};

struct Record {
  // Not so for what a format holds between its documents.
  bool is_document = true;
  std::optional<DocumentId> id;
  std::string_view text;  // valid UTF-8; valid until the next parse
  // Empty where there is none; likewise.
  std::string_view published;
  std::string_view publisher;
  std::string_view url;
  std::string_view title;
  std::string_view canonical;
  std::string_view is_based_on;
  // Ill-formed UTF-8 subparts and lone surrogate escapes that were read as
  // U+FFFD.
  size_t replaced = 0;
};

// Reads the records of one format. Keeps its buffers; one a thread.
class RecordParser {
 public:
  virtual ~RecordParser() = default;

  // Reads one record, whose bytes 64 readable ones follow. The error says why
  // it is no document, in words for the person whose file it is.
  virtual absl::Status Parse(std::string_view bytes, Record* record) = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_RECORD_H_
