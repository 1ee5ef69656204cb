// Arrow data as other libraries hand it over: a schema, and arrays of it one
// after another.

#ifndef WIRECOPY_PYTHON_ARROW_INPUT_H_
#define WIRECOPY_PYTHON_ARROW_INPUT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "arrow_abi.h"

namespace wirecopy::python {

// Of a type that is not taken: Python's TypeError. Other errors of input are
// InvalidArgument, a ValueError.
absl::Status TypeError(std::string_view message);

class ArrowInput {
 public:
  // Takes what the structs own.
  static absl::StatusOr<ArrowInput> FromStream(ArrowArrayStream* stream);
  static absl::StatusOr<ArrowInput> FromArray(ArrowSchema* schema,
                                              ArrowArray* array);

  const ArrowSchema& schema() const { return *schema_; }

  // The next array; an empty one at the end. Errors: what the producer says.
  // Calls into the producer, which may want Python's lock: not to be held.
  absl::StatusOr<Owned<ArrowArray>> Next();

 private:
  ArrowInput() = default;

  Owned<ArrowArrayStream> stream_;
  Owned<ArrowSchema> schema_;
  Owned<ArrowArray> only_;  // without a stream
};

// One column of an array: the whole array where its type is no struct, else
// the child of that index.
struct ColumnSlice {
  const ArrowArray* array = nullptr;
  int64_t begin = 0;  // index of the first row in the array's buffers
  int64_t length = 0;
};

// `column` below 0 is the array itself. InvalidArgument where the lengths do
// not go together.
absl::StatusOr<ColumnSlice> SliceOf(const ArrowArray& array, int64_t column);

// Whether a row is null. Requires begin <= row < begin + length.
inline bool IsNull(const ArrowArray& array, int64_t row) {
  if (array.null_count == 0 || array.n_buffers < 1) return false;
  const auto* bits = static_cast<const uint8_t*>(array.buffers[0]);
  return bits != nullptr && (bits[row / 8] >> (row % 8) & 1) == 0;
}

// The index of the child of that name; below 0 where there is none.
// InvalidArgument where there are several.
absl::StatusOr<int64_t> FindColumn(const ArrowSchema& schema,
                                   std::string_view name);

// True for Arrow's null type, which has no values.
bool IsNullType(const ArrowSchema& type);

// A type as people know it: "large_string", "int64", "dictionary".
std::string TypeName(const ArrowSchema& schema);

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_ARROW_INPUT_H_
