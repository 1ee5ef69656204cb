// What is known of documents apart from their texts: a table beside a folder
// of articles.

#ifndef WIRECOPY_IO_METADATA_H_
#define WIRECOPY_IO_METADATA_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"

namespace wirecopy {

// Empty where nothing is known.
struct DocumentMetadata {
  std::string published;
  std::string publisher;
  std::string url;
  std::string title;
};

class Metadata {
 public:
  // Reads a table: JSON Lines, CSV or TSV by its name's ending, whose fields or
  // columns are id, published, publisher, url and title, of which the id must
  // be there. An integer id and a string of its digits are one. Errors name the
  // file and the line: a table with a hole in it is not to be trusted.
  static absl::StatusOr<Metadata> Read(const std::string& path);

  // Null where the table says nothing of the document.
  const DocumentMetadata* Find(std::string_view id) const;

  size_t size() const { return rows_.size(); }

 private:
  absl::flat_hash_map<std::string, DocumentMetadata> rows_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_METADATA_H_
