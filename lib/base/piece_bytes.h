// Numbers, texts and lists as bytes, for pieces of work that are kept in files.

#ifndef WIRECOPY_BASE_PIECE_BYTES_H_
#define WIRECOPY_BASE_PIECE_BYTES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wirecopy {

// All numbers are little-endian; a list has its length, of 64 bits, before it.
class PieceWriter {
 public:
  template <typename Number>
  void Add(Number number) {
    const auto bits = static_cast<std::make_unsigned_t<Number>>(number);
    char bytes[sizeof(Number)];
    for (size_t i = 0; i < sizeof(Number); ++i) {
      bytes[i] = static_cast<char>(bits >> (8 * i) & 0xFF);
    }
    bytes_.append(bytes, sizeof bytes);
  }

  void AddBytes(std::string_view bytes) {
    Add<uint64_t>(bytes.size());
    bytes_ += bytes;
  }

  template <typename Number>
  void AddList(const Number* numbers, size_t count) {
    Add<uint64_t>(count);
    if constexpr (std::endian::native == std::endian::little) {
      bytes_.append(reinterpret_cast<const char*>(numbers),
                    count * sizeof(Number));
    } else {
      for (size_t i = 0; i < count; ++i) Add(numbers[i]);
    }
  }
  template <typename List>
  void AddList(const List& list) {
    AddList(list.data(), list.size());
  }

  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what a PieceWriter wrote, or any bytes: where they end too soon, zeros
// and empty lists come, and ok() is false from then on.
class PieceReader {
 public:
  explicit PieceReader(std::string_view bytes) : left_(bytes) {}

  template <typename Number>
  Number Get() {
    using Bits = std::make_unsigned_t<Number>;
    const std::string_view bytes = Cut(sizeof(Number));
    Bits bits = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      bits = static_cast<Bits>(bits | static_cast<Bits>(byte) << (8 * i));
    }
    return static_cast<Number>(bits);
  }

  // Part of what is read.
  std::string_view GetBytes() { return Cut(Get<uint64_t>()); }

  template <typename List>
  void GetList(List* list) {
    using Number = typename List::value_type;
    const auto count = Get<uint64_t>();
    list->clear();
    // What follows bounds what is taken.
    if (count > left_.size() / sizeof(Number)) ok_ = false;
    if (!ok_) return;
    list->resize(count);
    GetNumbers(list->data(), count);
  }

  // So many, without a length before them; `out` has room for them.
  template <typename Number>
  void GetNumbers(Number* out, size_t count) {
    if (count > left_.size() / sizeof(Number)) ok_ = false;
    if (!ok_ || count == 0) return;
    if constexpr (std::endian::native == std::endian::little) {
      const std::string_view bytes = Cut(count * sizeof(Number));
      std::memcpy(out, bytes.data(), bytes.size());
    } else {
      for (size_t i = 0; i < count; ++i) out[i] = Get<Number>();
    }
  }

  void Fail() { ok_ = false; }
  bool ok() const { return ok_; }
  // Whether all was read, and nothing more.
  bool IsAtEnd() const { return ok_ && left_.empty(); }

 private:
  std::string_view Cut(uint64_t size) {
    if (!ok_ || size > left_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view cut = left_.substr(0, size);
    left_.remove_prefix(size);
    return cut;
  }

  std::string_view left_;
  bool ok_ = true;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_PIECE_BYTES_H_
