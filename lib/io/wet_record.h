// Common Crawl's extracted text: WARC files (ISO 28500) whose records of type
// "conversion" are documents.

#ifndef WIRECOPY_IO_WET_RECORD_H_
#define WIRECOPY_IO_WET_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/record.h"

namespace wirecopy {

// The size of the first record: by the length that its header states, with the
// empty lines behind it. npos where its end is not there and more may come
// (`at_end` false). Whatever does not begin or state its length as it should
// ends where a line begins with the mark of the next one.
size_t WetRecordSize(std::string_view bytes, bool at_end);

// The size that the header at the beginning of `bytes` states, without the
// empty lines behind; nothing where there is no such header.
std::optional<uint64_t> StatedWetSize(std::string_view bytes);

// A document's id is its WARC-Record-ID without brackets. WARC-Date says when
// the page was fetched, which is no date of publication, and is left out.
class WetRecordParser : public RecordParser {
 public:
  absl::Status Parse(std::string_view bytes, Record* record) override;

 private:
  std::string repaired_;
  std::string id_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_WET_RECORD_H_
