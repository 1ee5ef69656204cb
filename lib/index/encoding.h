// Numbers and strings as the index's tables have them: big-endian in keys and
// everywhere else, so that keys sort as what they mean.

#ifndef WIRECOPY_INDEX_ENCODING_H_
#define WIRECOPY_INDEX_ENCODING_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

// Appends the low `Bytes` bytes of a number.
template <size_t Bytes>
void AppendNumber(uint64_t number, std::string* out) {
  char bytes[Bytes];
  for (size_t i = 0; i < Bytes; ++i) {
    bytes[i] = static_cast<char>(number >> (8 * (Bytes - 1 - i)) & 0xFF);
  }
  out->append(bytes, Bytes);
}

template <size_t Bytes>
std::string KeyBytes(uint64_t number) {
  std::string bytes;
  AppendNumber<Bytes>(number, &bytes);
  return bytes;
}

inline void AppendDouble(double value, std::string* out) {
  AppendNumber<8>(std::bit_cast<uint64_t>(value), out);
}

// Seven bits a byte, the lowest first, the top bit set where more follow.
inline void AppendVarint(uint64_t number, std::string* out) {
  for (; number >= 0x80; number >>= 7) {
    out->push_back(static_cast<char>(number | 0x80));
  }
  out->push_back(static_cast<char>(number));
}

inline void AppendString(std::string_view text, std::string* out) {
  AppendVarint(text.size(), out);
  out->append(text);
}

// Reads what these wrote, from any bytes: what is not there reads as 0 or
// empty, and ok() is false from then on.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : left_(bytes) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return left_.empty(); }

  template <size_t Bytes>
  uint64_t Number() {
    if (left_.size() < Bytes) return Fail();
    uint64_t number = 0;
    for (size_t i = 0; i < Bytes; ++i) {
      number = number << 8 | static_cast<unsigned char>(left_[i]);
    }
    left_.remove_prefix(Bytes);
    return number;
  }

  double Double() { return std::bit_cast<double>(Number<8>()); }

  uint64_t Varint() {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_[0]);
      left_.remove_prefix(1);
      number |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return number;
    }
    return Fail();
  }

  std::string_view String() {
    const uint64_t size = Varint();
    if (size > left_.size()) {
      Fail();
      return {};
    }
    const std::string_view text = left_.substr(0, size);
    left_.remove_prefix(size);
    return text;
  }

 private:
  uint64_t Fail() {
    ok_ = false;
    left_ = {};
    return 0;
  }

  std::string_view left_;
  bool ok_ = true;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_ENCODING_H_
