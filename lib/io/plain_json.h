// The quick way to read a JSON object.

#ifndef WIRECOPY_IO_PLAIN_JSON_H_
#define WIRECOPY_IO_PLAIN_JSON_H_

#include <string_view>

#include "io/byte_buffer.h"
#include "io/record.h"

namespace wirecopy {

class PlainJsonParser {
 public:
  explicit PlainJsonParser(const FieldNames& fields) : fields_(fields) {}

  // Whether `line`, which 64 readable bytes follow, is a sound object with a
  // text, and nothing in it takes a closer look: ill-formed UTF-8, half a
  // surrogate pair, numbers with very many digits, deep nesting. Reads it into
  // *record, whose views point into this parser until the next call. One pass,
  // without an index of the object.
  bool Parse(std::string_view line, Record* record);

 private:
  const FieldNames& fields_;
  ByteBuffer strings_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_PLAIN_JSON_H_
