// Numbers in the byte order of wirecopy's files.

#ifndef WIRECOPY_IO_LITTLE_ENDIAN_H_
#define WIRECOPY_IO_LITTLE_ENDIAN_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace wirecopy {

template <typename Number>
void AppendLittleEndian(Number number, std::string* out) {
  char bytes[sizeof(Number)];
  for (size_t i = 0; i < sizeof(Number); ++i) {
    bytes[i] = static_cast<char>(number >> (8 * i) & 0xFF);
  }
  out->append(bytes, sizeof bytes);
}

// Requires that bytes has as many as the number from `at` on.
template <typename Number>
Number LittleEndianAt(std::string_view bytes, size_t at) {
  Number number = 0;
  for (size_t i = 0; i < sizeof(Number); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[at + i]);
    number |= static_cast<Number>(byte) << (8 * i);
  }
  return number;
}

}  // namespace wirecopy

#endif  // WIRECOPY_IO_LITTLE_ENDIAN_H_
