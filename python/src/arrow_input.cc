#include "arrow_input.h"

#include <cerrno>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace wirecopy::python {
namespace {

absl::Status ProducerError(ArrowArrayStream* stream, int code) {
  const char* said = stream->get_last_error != nullptr
                         ? stream->get_last_error(stream)
                         : nullptr;
  const std::string message =
      absl::StrCat("the Arrow stream failed: ",
                   said != nullptr ? said : std::strerror(code));
  // Arrow's own library has this for whatever is wrong but reading and memory.
  // To Python a ValueError, and an OSError.
  return code == EINVAL ? absl::InvalidArgumentError(message)
                        : absl::DataLossError(message);
}

}  // namespace

absl::Status TypeError(std::string_view message) {
  return absl::UnimplementedError(std::string(message));
}

absl::StatusOr<ArrowInput> ArrowInput::FromStream(ArrowArrayStream* stream) {
  ArrowInput input;
  if (stream->release == nullptr) {
    return absl::InvalidArgumentError("the Arrow stream has been used already");
  }
  input.stream_ = Owned<ArrowArrayStream>(stream);
  ArrowArrayStream* const mine = input.stream_.get();
  const int code = mine->get_schema(mine, input.schema_.get());
  if (code != 0) return ProducerError(mine, code);
  return input;
}

absl::StatusOr<ArrowInput> ArrowInput::FromArray(ArrowSchema* schema,
                                                 ArrowArray* array) {
  ArrowInput input;
  if (schema->release == nullptr || array->release == nullptr) {
    return absl::InvalidArgumentError("the Arrow array has been used already");
  }
  input.schema_ = Owned<ArrowSchema>(schema);
  input.only_ = Owned<ArrowArray>(array);
  return input;
}

absl::StatusOr<Owned<ArrowArray>> ArrowInput::Next() {
  if (stream_.empty()) return std::exchange(only_, Owned<ArrowArray>());
  Owned<ArrowArray> next;
  const int code = stream_->get_next(stream_.get(), next.get());
  if (code != 0) return ProducerError(stream_.get(), code);
  return next;
}

absl::StatusOr<ColumnSlice> SliceOf(const ArrowArray& array, int64_t column) {
  constexpr int64_t kMost = INT64_MAX / 32;
  const auto is_sound = [](const ArrowArray& part) {
    return part.length >= 0 && part.offset >= 0 && part.length < kMost &&
           part.offset < kMost;
  };
  const absl::Status broken = absl::InvalidArgumentError(
      "an Arrow array whose length, offset or children cannot be");
  if (!is_sound(array)) return broken;
  if (column < 0) return ColumnSlice{&array, array.offset, array.length};
  if (column >= array.n_children) return broken;
  const ArrowArray& child = *array.children[column];
  if (!is_sound(child) || array.offset + array.length > child.length) {
    return broken;
  }
  return ColumnSlice{&child, child.offset + array.offset, array.length};
}

absl::StatusOr<int64_t> FindColumn(const ArrowSchema& schema,
                                   std::string_view name) {
  int64_t found = -1;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const char* const other = schema.children[i]->name;
    if (other == nullptr || name != other) continue;
    if (found >= 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("two columns are named '", std::string(name), "'"));
    }
    found = i;
  }
  return found;
}

bool IsNullType(const ArrowSchema& type) {
  return type.dictionary == nullptr && type.format != nullptr &&
         std::string_view(type.format) == "n";
}

std::string TypeName(const ArrowSchema& schema) {
  if (schema.dictionary != nullptr) {
    return absl::StrCat("dictionary of ", TypeName(*schema.dictionary));
  }
  struct Name {
    const char* format;
    const char* name;
  };
  static constexpr Name kNames[] = {
      {"n", "null"},         {"b", "bool"},        {"c", "int8"},
      {"C", "uint8"},        {"s", "int16"},       {"S", "uint16"},
      {"i", "int32"},        {"I", "uint32"},      {"l", "int64"},
      {"L", "uint64"},       {"e", "float16"},     {"f", "float"},
      {"g", "double"},       {"z", "binary"},      {"Z", "large_binary"},
      {"vz", "binary_view"}, {"u", "string"},      {"U", "large_string"},
      {"vu", "string_view"}, {"tdD", "date32"},    {"tdm", "date64"},
      {"+l", "list"},        {"+L", "large_list"}, {"+s", "struct"},
      {"+m", "map"},         {"tts", "time32"},    {"ttm", "time32"},
      {"ttu", "time64"},     {"ttn", "time64"},    {"+r", "run_end_encoded"},
  };
  const std::string format = schema.format != nullptr ? schema.format : "";
  for (const Name& name : kNames) {
    if (format == name.format) return name.name;
  }
  if (format.starts_with("ts")) return "timestamp";
  return absl::StrCat("Arrow format '", format, "'");
}

}  // namespace wirecopy::python
