// The parser for whichever file a record comes from.

#ifndef WIRECOPY_IO_FILE_PARSERS_H_
#define WIRECOPY_IO_FILE_PARSERS_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "io/input_file.h"
#include "io/record.h"
#include "io/record_format.h"

namespace wirecopy {

// Keeps the parser of the last file, and for the next one too where that has no
// row of names: its buffers are worth keeping. One a thread.
class FileParsers {
 public:
  explicit FileParsers(const FieldNames& fields) : fields_(fields) {}

  // The record's error, or, where Fits says no afterwards, one of the whole
  // file: its row of names will not do.
  absl::Status Parse(const InputFile& file, std::string_view bytes,
                     Record* record) {
    if (!Fits(file)) {
      parser_.reset();
      auto made = NewRecordParser(file.format, fields_, file.header);
      if (!made.ok()) {
        return absl::Status(
            made.status().code(),
            absl::StrCat(file.name.path, ": ", made.status().message()));
      }
      parser_ = *std::move(made);
      format_ = file.format;
      header_ = file.header;
    }
    return parser_->Parse(bytes, record);
  }

  // Whether the parser at hand is right for the file.
  bool Fits(const InputFile& file) const {
    return parser_ != nullptr && format_ == file.format &&
           (!HasHeader(file.format) || header_ == file.header);
  }

 private:
  const FieldNames fields_;
  std::unique_ptr<RecordParser> parser_;
  InputFormat format_ = InputFormat::kAuto;
  std::string header_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_FILE_PARSERS_H_
