// Rows of an Arrow stream as documents, when the stream is larger than memory.

#ifndef WIRECOPY_PYTHON_SPOOLED_RECORDS_H_
#define WIRECOPY_PYTHON_SPOOLED_RECORDS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "arrow_input.h"
#include "records.h"
#include "wirecopy/document.h"

namespace wirecopy::python {

// Reads the input once, an array at a time, which the scan does: it writes the
// texts to an open file, from where they are read again. Of documents it keeps
// ids, dates and where their texts end: some 10 bytes, ids and dates besides.
class SpooledRecords : public DocumentSource {
 public:
  // `file` is a descriptor of an empty file, to be written and read, that
  // nobody else uses; it stays the caller's, and must stay open. Publishers and
  // details are not taken.
  static absl::StatusOr<std::unique_ptr<SpooledRecords>> Open(
      ArrowInput input, const RecordFields& fields, int file);

  virtual const RecordColumns& columns() const = 0;
};

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_SPOOLED_RECORDS_H_
