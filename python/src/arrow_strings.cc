// The three layouts of strings.

#include <cstddef>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "arrow_columns.h"

namespace wirecopy::python {
namespace {

absl::Status Broken(std::string_view name, size_t row) {
  return absl::InvalidArgumentError(
      absl::StrCat("column '", std::string(name),
                   "' has lengths that cannot be, in row ", row));
}

// Offsets of 4 or 8 bytes into one buffer.
template <typename Offset>
class OffsetStrings {
 public:
  static bool IsSound(const ArrowArray& array) { return array.n_buffers == 3; }

  explicit OffsetStrings(const ArrowArray& array)
      : offsets_(static_cast<const Offset*>(array.buffers[1])),
        bytes_(static_cast<const char*>(array.buffers[2])) {}

  bool has_rows() const { return offsets_ != nullptr; }

  bool Get(int64_t row, std::string_view* text) const {
    const Offset begin = offsets_[row];
    const Offset end = offsets_[row + 1];
    if (begin < 0 || end < begin || (bytes_ == nullptr && end > begin)) {
      return false;
    }
    *text = {bytes_ + begin, static_cast<size_t>(end - begin)};
    return true;
  }

 private:
  const Offset* offsets_;
  const char* bytes_;
};

// Views of 16 bytes: a length, and the string itself where it has at most 12
// bytes, else its first four, a buffer's number and an offset into that.
class ViewStrings {
 public:
  static bool IsSound(const ArrowArray& array) { return array.n_buffers >= 3; }

  explicit ViewStrings(const ArrowArray& array)
      : views_(static_cast<const char*>(array.buffers[1])),
        buffers_(array.buffers + 2),
        count_(array.n_buffers - 3),
        sizes_(
            static_cast<const int64_t*>(array.buffers[array.n_buffers - 1])) {}

  bool has_rows() const { return views_ != nullptr; }

  bool Get(int64_t row, std::string_view* text) const {
    constexpr int32_t kInline = 12;
    struct View {
      int32_t length;
      int32_t prefix;
      int32_t buffer;
      int32_t offset;
    };
    static_assert(sizeof(View) == 16);
    const char* const place = views_ + row * 16;
    View view = {};
    std::memcpy(&view, place, sizeof(view));
    if (view.length < 0) return false;
    if (view.length <= kInline) {
      *text = {place + 4, static_cast<size_t>(view.length)};
      return true;
    }
    if (view.buffer < 0 || view.buffer >= count_ || view.offset < 0 ||
        sizes_ == nullptr ||
        int64_t{view.offset} + view.length > sizes_[view.buffer]) {
      return false;
    }
    *text = {static_cast<const char*>(buffers_[view.buffer]) + view.offset,
             static_cast<size_t>(view.length)};
    return true;
  }

 private:
  const char* views_;
  const void* const* buffers_;
  int64_t count_;
  const int64_t* sizes_;
};

template <typename Strings>
absl::Status Append(const ColumnSlice& slice, std::string_view name,
                    Nulls nulls, size_t first_row,
                    std::vector<std::string_view>* out) {
  const ArrowArray& array = *slice.array;
  if (slice.length == 0) return absl::OkStatus();
  if (!Strings::IsSound(array)) return Broken(name, first_row);
  const Strings strings(array);
  if (!strings.has_rows()) return Broken(name, first_row);
  for (int64_t i = 0; i < slice.length; ++i) {
    const int64_t row = slice.begin + i;
    const size_t shown = first_row + static_cast<size_t>(i);
    std::string_view text;
    if (IsNull(array, row)) {
      if (nulls == Nulls::kError) {
        return absl::InvalidArgumentError(
            absl::StrCat("column '", std::string(name), "' is null in row ",
                         shown, ": fill or drop it, or pass nulls=\"empty\""));
      }
    } else if (!strings.Get(row, &text)) {
      return Broken(name, shown);
    }
    out->push_back(text);
  }
  return absl::OkStatus();
}

}  // namespace

bool IsString(const ArrowSchema& type) {
  if (type.dictionary != nullptr || type.format == nullptr) return false;
  const std::string_view format = type.format;
  return format == "u" || format == "U" || format == "vu";
}

absl::Status AppendStrings(const ArrowSchema& type, const ColumnSlice& slice,
                           std::string_view name, Nulls nulls, size_t first_row,
                           std::vector<std::string_view>* out) {
  if (!IsString(type)) {
    return TypeError(absl::StrCat("column '", std::string(name),
                                  "' is of type ", TypeName(type),
                                  ", not a string"));
  }
  const std::string_view format = type.format;
  if (format == "u") {
    return Append<OffsetStrings<int32_t>>(slice, name, nulls, first_row, out);
  }
  if (format == "U") {
    return Append<OffsetStrings<int64_t>>(slice, name, nulls, first_row, out);
  }
  return Append<ViewStrings>(slice, name, nulls, first_row, out);
}

}  // namespace wirecopy::python
