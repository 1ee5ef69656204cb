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

// Which of the fields that options name a record has, whatever is in them.
struct FieldsSeen {
  bool id = false;
  bool text = false;
  bool published = false;
  bool publisher = false;
  bool url = false;

  void Add(const FieldsSeen& other) {
    id |= other.id;
    text |= other.text;
    published |= other.published;
    publisher |= other.publisher;
    url |= other.url;
  }
};

// Notes a field by its name, which several may have.
inline void NoteSeen(std::string_view name, const FieldNames& fields,
                     FieldsSeen* seen) {
  seen->id |= name == fields.id;
  seen->text |= name == fields.text;
  seen->published |= name == fields.published;
  seen->publisher |= name == fields.publisher;
  seen->url |= name == fields.url;
}

// A document's id as its record has it.
struct RecordId {
  bool is_integer = false;
  std::string_view text;  // valid until the next parse

  DocumentId Owned() const { return {is_integer, std::string(text)}; }

  // NOLINTNEXTLINE(modernize-use-nullptr): of the compiler's own making
  friend bool operator==(const RecordId&, const RecordId&) = default;
  friend bool operator==(const RecordId& a, const DocumentId& b) {
    return a == RecordId{b.is_integer, b.text};
  }
};

struct Record {
  // Not so for what a format holds between its documents.
  bool is_document = true;
  std::optional<RecordId> id;
  std::string_view text;  // valid UTF-8; valid until the next parse
  // Empty where there is none; likewise.
  std::string_view published;
  std::string_view publisher;
  std::string_view url;
  std::string_view title;
  std::string_view canonical;
  std::string_view is_based_on;
  // What the date's field holds where that is neither a string nor null: an
  // integer, or kNoInteger. No date, but somebody meant one.
  std::string odd_published;
  // Also of a record that is no document.
  FieldsSeen seen;
  // Ill-formed UTF-8 subparts and lone surrogate escapes that were read as
  // U+FFFD.
  size_t replaced = 0;
};

// A value that is no string, integer or null, in Record::odd_published.
inline constexpr std::string_view kNoInteger = "neither text nor an integer";

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
