#include "arrow_columns.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "wirecopy/published.h"

namespace wirecopy::python {
namespace {

// Calls take(value) for each row of an array of Number, or null_row() where it
// is null.
template <typename Number, typename Take, typename NullRow>
absl::Status ForEachNumber(const ColumnSlice& slice, const Take& take,
                           const NullRow& null_row) {
  const ArrowArray& array = *slice.array;
  if (slice.length == 0) return absl::OkStatus();
  if (array.n_buffers != 2 || array.buffers[1] == nullptr) {
    return absl::InvalidArgumentError("an Arrow array without its numbers");
  }
  const auto* numbers = static_cast<const Number*>(array.buffers[1]);
  for (int64_t row = slice.begin; row < slice.begin + slice.length; ++row) {
    if (IsNull(array, row)) {
      absl::Status status = null_row();
      if (!status.ok()) return status;
    } else {
      take(numbers[row]);
    }
  }
  return absl::OkStatus();
}

template <typename T>
absl::Status CheckNoRepeats(const std::vector<T>& values,
                            std::string_view name) {
  absl::flat_hash_set<T> seen;
  seen.reserve(values.size());
  for (size_t row = 0; row < values.size(); ++row) {
    if (!seen.insert(values[row]).second) {
      return absl::InvalidArgumentError(absl::StrCat(
          "column '", std::string(name), "' has ids that are not distinct: ",
          values[row], " again in row ", row));
    }
  }
  return absl::OkStatus();
}

}  // namespace

// ------------------------------------------------------------------------ ids

absl::Status IdColumn::Append(const ArrowSchema& type, const ColumnSlice& slice,
                              std::string_view name) {
  if (kind_ == Kind::kRows) return absl::OkStatus();
  if (IsNullType(type) && slice.length == 0) return absl::OkStatus();
  if (!IsString(type)) return AppendNumbers(type, slice, name);
  kind_ = Kind::kString;
  std::vector<std::string_view> texts;
  absl::Status status =
      AppendStrings(type, slice, name, Nulls::kError, ends_.size(), &texts);
  for (const std::string_view text : texts) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  return status;
}

absl::Status IdColumn::AppendNumbers(const ArrowSchema& type,
                                     const ColumnSlice& slice,
                                     std::string_view name) {
  const auto take = [this](auto number) {
    numbers_.push_back(static_cast<uint64_t>(int64_t(number)));
  };
  const auto take_unsigned = [this](uint64_t number) {
    numbers_.push_back(number);
  };
  const auto null_row = [&] {
    return absl::InvalidArgumentError(
        absl::StrCat("column '", std::string(name), "' is null in row ",
                     numbers_.size(), ": every document needs an id"));
  };
  const std::string_view format =
      type.dictionary == nullptr && type.format != nullptr ? type.format : "";
  kind_ = format == "L" ? Kind::kUnsigned : Kind::kSigned;
  if (format == "c") return ForEachNumber<int8_t>(slice, take, null_row);
  if (format == "C") return ForEachNumber<uint8_t>(slice, take, null_row);
  if (format == "s") return ForEachNumber<int16_t>(slice, take, null_row);
  if (format == "S") return ForEachNumber<uint16_t>(slice, take, null_row);
  if (format == "i") return ForEachNumber<int32_t>(slice, take, null_row);
  if (format == "I") return ForEachNumber<uint32_t>(slice, take, null_row);
  if (format == "l") return ForEachNumber<int64_t>(slice, take, null_row);
  if (format == "L") {
    return ForEachNumber<uint64_t>(slice, take_unsigned, null_row);
  }
  return TypeError(absl::StrCat("column '", std::string(name), "' is of type ",
                                TypeName(type),
                                "; ids are strings or integers"));
}

absl::Status IdColumn::CheckDistinct(std::string_view name) const {
  if (kind_ == Kind::kString) {
    std::vector<absl::string_view> texts;
    texts.reserve(ends_.size());
    for (size_t row = 0; row < ends_.size(); ++row) {
      const std::string_view text = Text(row);
      texts.emplace_back(text.data(), text.size());
    }
    return CheckNoRepeats(texts, name);
  }
  if (kind_ == Kind::kSigned) {
    const std::vector<int64_t> numbers(numbers_.begin(), numbers_.end());
    return CheckNoRepeats(numbers, name);
  }
  return CheckNoRepeats(numbers_, name);
}

DocumentId IdColumn::Get(uint32_t row) const {
  switch (kind_) {
    case Kind::kString:
      return {false, std::string(Text(row))};
    case Kind::kSigned:
      return {true, absl::StrCat(static_cast<int64_t>(numbers_[row]))};
    case Kind::kUnsigned:
      return {true, absl::StrCat(numbers_[row])};
    case Kind::kNone:
    case Kind::kRows:
      break;
  }
  return {true, absl::StrCat(row)};
}

const char* IdColumn::Format() const {
  if (kind_ == Kind::kString) return kStringFormat;
  return kind_ == Kind::kUnsigned ? kUnsignedFormat : kSignedFormat;
}

void IdColumn::AppendTo(uint32_t row, Column* column) const {
  switch (kind_) {
    case Kind::kString:
      column->Add(Text(row));
      return;
    case Kind::kSigned:
    case Kind::kUnsigned:
      column->AddNumber(numbers_[row]);
      return;
    case Kind::kNone:
    case Kind::kRows:
      column->AddNumber(uint64_t{row});
  }
}

// ---------------------------------------------------------------------- dates

absl::Status DateColumn::Append(const ArrowSchema& type,
                                const ColumnSlice& slice,
                                std::string_view name) {
  if (IsString(type) || IsNullType(type)) {
    return AppendStrings(type, slice, name);
  }
  const auto null_row = [this] {
    Add(absl::InfinitePast(), false);
    return absl::OkStatus();
  };
  const std::string_view format =
      type.dictionary == nullptr && type.format != nullptr ? type.format : "";
  if (format == "tdD") {
    const auto take = [this](int32_t days) {
      Add(absl::UnixEpoch() + absl::Hours(int64_t{24} * days), true);
    };
    return ForEachNumber<int32_t>(slice, take, null_row);
  }
  const bool is_time = format.size() >= 4 && format.starts_with("ts");
  if (!is_time && format != "tdm") {
    return TypeError(absl::StrCat("column '", std::string(name),
                                  "' is of type ", TypeName(type),
                                  "; dates are timestamps, dates or strings"));
  }
  const char unit = format[2];
  const bool is_uncertain = !is_time || format.size() == 4;  // "tss:" no zone
  const auto take = [&](int64_t count) {
    const absl::Duration since = unit == 's'   ? absl::Seconds(count)
                                 : unit == 'm' ? absl::Milliseconds(count)
                                 : unit == 'u' ? absl::Microseconds(count)
                                               : absl::Nanoseconds(count);
    Add(absl::UnixEpoch() + since, is_uncertain);
  };
  return ForEachNumber<int64_t>(slice, take, null_row);
}

absl::Status DateColumn::AppendStrings(const ArrowSchema& type,
                                       const ColumnSlice& slice,
                                       std::string_view name) {
  std::vector<std::string_view> texts;
  absl::Status status = python::AppendStrings(type, slice, name, Nulls::kEmpty,
                                              times_.size(), &texts);
  for (const std::string_view text : texts) {
    const std::optional<Published> published = ParsePublished(text);
    if (!published && !text.empty()) ++unreadable_;
    Add(published ? published->time : absl::InfinitePast(),
        published && published->is_uncertain);
  }
  return status;
}

std::optional<absl::Time> DateColumn::Get(uint32_t row) const {
  if (row >= times_.size() || times_[row] == absl::InfinitePast()) {
    return std::nullopt;
  }
  return times_[row];
}

}  // namespace wirecopy::python
