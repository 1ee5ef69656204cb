// Documents that requests carry.

#ifndef WIRECOPY_CLI_SERVE_REQUEST_DOCUMENTS_H_
#define WIRECOPY_CLI_SERVE_REQUEST_DOCUMENTS_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "io/record.h"
#include "wirecopy/document.h"

namespace wirecopy::cli {

class RequestDocuments {
 public:
  // Of a body in JSON, one document, or in JSON Lines, one a line. As in files,
  // ill-formed UTF-8 is read as U+FFFD. InvalidArgument says what is wrong, and
  // in which line: then none of them is taken. Where ids are needed, that is
  // one id in two lines, too, of which nobody said that it is a revision.
  // OutOfRange where there are more than `most`, before any of them is looked
  // at.
  static absl::StatusOr<RequestDocuments> Parse(std::string_view body,
                                                bool is_lines, bool needs_ids,
                                                size_t most);

  // Valid as long as this.
  const std::vector<Document>& documents() const { return documents_; }
  bool HasId(size_t document) const { return has_id_[document]; }
  // What a document has for a date and is none: it counts as undated, as in
  // files. Empty where there is nothing.
  std::string_view UnreadableDate(size_t document) const {
    return unreadable_dates_[document];
  }

 private:
  absl::Status Add(const Record& record, bool needs_ids);
  // A copy that stays where it is, though this is moved.
  std::string_view Keep(std::string_view text);

  std::deque<std::string> strings_;
  std::vector<Document> documents_;
  std::vector<bool> has_id_;
  std::vector<std::string_view> unreadable_dates_;
};

// A text of the index by its id, or a text.
struct ComparedSide {
  std::optional<DocumentId> id;
  std::string text;
};

struct ComparedSides {
  ComparedSide a;
  ComparedSide b;
};

// {"a": {"text": ...}, "b": {"id": ...}}. InvalidArgument says what is wrong.
absl::StatusOr<ComparedSides> ParseComparedSides(const std::string& body);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_REQUEST_DOCUMENTS_H_
