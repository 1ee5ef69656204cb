// The three layouts of strings, and dictionaries of them.

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

bool IsPlainString(const ArrowSchema& type) {
  if (type.dictionary != nullptr || type.format == nullptr) return false;
  const std::string_view format = type.format;
  return format == "u" || format == "U" || format == "vu";
}

// A number below 0 where it has no place in a dictionary.
int64_t IndexAt(char format, const void* indices, int64_t row) {
  const auto at = [&](auto kind) {
    return static_cast<int64_t>(
        static_cast<const decltype(kind)*>(indices)[row]);
  };
  switch (format) {
    case 'c':
      return at(int8_t{});
    case 'C':
      return at(uint8_t{});
    case 's':
      return at(int16_t{});
    case 'S':
      return at(uint16_t{});
    case 'i':
      return at(int32_t{});
    case 'I':
      return at(uint32_t{});
    case 'l':
      return at(int64_t{});
    default:
      return at(uint64_t{});
  }
}

enum class Got { kText, kNull, kBroken };

// The strings of an array, which stand in it.
template <typename Strings>
class PlainRows {
 public:
  PlainRows(const ArrowSchema& /*type*/, const ArrowArray& array)
      : array_(array), strings_(array) {}

  static bool IsSound(const ArrowArray& array) {
    return Strings::IsSound(array) && Strings(array).has_rows();
  }

  Got Get(int64_t row, std::string_view* text) const {
    if (IsNull(array_, row)) return Got::kNull;
    return strings_.Get(row, text) ? Got::kText : Got::kBroken;
  }

 private:
  const ArrowArray& array_;
  Strings strings_;
};

// Of a dictionary: the array has their places in another one.
template <typename Strings>
class EncodedRows {
 public:
  EncodedRows(const ArrowSchema& type, const ArrowArray& array)
      : array_(array),
        words_(*array.dictionary),
        index_format_(type.format[0]),
        strings_(*array.dictionary) {}

  static bool IsSound(const ArrowArray& array) {
    return array.n_buffers == 2 && array.buffers[1] != nullptr &&
           array.dictionary != nullptr && SliceOf(*array.dictionary, -1).ok() &&
           Strings::IsSound(*array.dictionary) &&
           (array.dictionary->length == 0 ||
            Strings(*array.dictionary).has_rows());
  }

  Got Get(int64_t row, std::string_view* text) const {
    if (IsNull(array_, row)) return Got::kNull;
    const int64_t index = IndexAt(index_format_, array_.buffers[1], row);
    if (index < 0 || index >= words_.length) return Got::kBroken;
    const int64_t word = words_.offset + index;
    if (IsNull(words_, word)) return Got::kNull;
    return strings_.Get(word, text) ? Got::kText : Got::kBroken;
  }

 private:
  const ArrowArray& array_;
  const ArrowArray& words_;
  char index_format_;
  Strings strings_;
};

template <typename Rows>
absl::Status Append(const ArrowSchema& type, const ColumnSlice& slice,
                    std::string_view name, Nulls nulls, size_t first_row,
                    std::vector<std::string_view>* out) {
  if (slice.length == 0) return absl::OkStatus();
  if (!Rows::IsSound(*slice.array)) return Broken(name, first_row);
  const Rows rows(type, *slice.array);
  for (int64_t i = 0; i < slice.length; ++i) {
    const size_t shown = first_row + static_cast<size_t>(i);
    std::string_view text;
    const Got got = rows.Get(slice.begin + i, &text);
    if (got == Got::kBroken) return Broken(name, shown);
    if (got == Got::kNull && nulls == Nulls::kError) {
      return absl::InvalidArgumentError(
          absl::StrCat("column '", std::string(name), "' is null in row ",
                       shown, ": fill or drop it, or pass nulls=\"empty\""));
    }
    out->push_back(text);
  }
  return absl::OkStatus();
}

template <typename Strings>
absl::Status AppendOf(const ArrowSchema& type, const ColumnSlice& slice,
                      std::string_view name, Nulls nulls, size_t first_row,
                      std::vector<std::string_view>* out) {
  return type.dictionary == nullptr
             ? Append<PlainRows<Strings>>(type, slice, name, nulls, first_row,
                                          out)
             : Append<EncodedRows<Strings>>(type, slice, name, nulls, first_row,
                                            out);
}

}  // namespace

bool IsString(const ArrowSchema& type) {
  if (type.dictionary == nullptr) return IsPlainString(type);
  const std::string_view index = type.format != nullptr ? type.format : "";
  return index.size() == 1 &&
         std::string_view("cCsSiIlL").find(index) != std::string_view::npos &&
         IsPlainString(*type.dictionary);
}

absl::Status AppendStrings(const ArrowSchema& type, const ColumnSlice& slice,
                           std::string_view name, Nulls nulls, size_t first_row,
                           std::vector<std::string_view>* out) {
  if (IsNullType(type) && (nulls == Nulls::kEmpty || slice.length == 0)) {
    out->resize(out->size() + static_cast<size_t>(slice.length));
    return absl::OkStatus();
  }
  if (!IsString(type)) {
    return TypeError(absl::StrCat("column '", std::string(name),
                                  "' is of type ", TypeName(type),
                                  ", not a string"));
  }
  const std::string_view format =
      type.dictionary != nullptr ? type.dictionary->format : type.format;
  if (format == "u") {
    return AppendOf<OffsetStrings<int32_t>>(type, slice, name, nulls, first_row,
                                            out);
  }
  if (format == "U") {
    return AppendOf<OffsetStrings<int64_t>>(type, slice, name, nulls, first_row,
                                            out);
  }
  return AppendOf<ViewStrings>(type, slice, name, nulls, first_row, out);
}

}  // namespace wirecopy::python
