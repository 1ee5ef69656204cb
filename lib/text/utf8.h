// Reading and writing single code points of UTF-8.

#ifndef WIRECOPY_TEXT_UTF8_H_
#define WIRECOPY_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

inline constexpr char32_t kReplacement = 0xFFFD;
inline constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";

struct DecodedChar {
  char32_t code_point;  // kReplacement where ill-formed
  uint8_t length;       // bytes consumed, at least 1
  bool valid;
};

inline bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Of any character; DecodeUtf8 knows the most frequent ones by itself.
DecodedChar DecodeAnyUtf8(std::string_view bytes, size_t offset);

// The character at `offset` (less than the size). An ill-formed one consumes
// its maximal subpart (Unicode Standard, table 3-8).
inline DecodedChar DecodeUtf8(std::string_view bytes, size_t offset) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(bytes[offset + i]);
  };
  const size_t left = bytes.size() - offset;
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  if (first >= 0xC2 && first < 0xE0 && left >= 2 && IsContinuation(byte(1))) {
    return {(first & 0x1FU) << 6 | (byte(1) & 0x3FU), 2, true};
  }
  // Of these lead bytes any two continuations make a character.
  const bool takes_any = first > 0xE0 && first < 0xF0 && first != 0xED;
  if (takes_any && left >= 3 && IsContinuation(byte(1)) &&
      IsContinuation(byte(2))) {
    return {(first & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU),
            3, true};
  }
  return DecodeAnyUtf8(bytes, offset);
}

// Writes a code point that is no surrogate; returns the bytes written (1-4).
size_t EncodeUtf8(char32_t code_point, char* out);

void AppendUtf8(char32_t code_point, std::string* out);

// Where the character that ends at `end` (above 0) of well-formed UTF-8 begins.
inline size_t PreviousChar(std::string_view utf8, size_t end) {
  do {
    --end;
  } while (end > 0 && IsContinuation(static_cast<unsigned char>(utf8[end])));
  return end;
}

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_UTF8_H_
