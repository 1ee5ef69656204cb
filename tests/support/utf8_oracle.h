// UTF-8 read and written the slow way, straight from the tables of the Unicode
// Standard: what the library's decoder is held against.

#ifndef WIRECOPY_TESTS_SUPPORT_UTF8_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_UTF8_ORACLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::oracle {

struct SlowChar {
  char32_t code_point;  // U+FFFD where ill-formed
  size_t begin;
  size_t end;
  bool valid;
};

struct ByteRange {
  unsigned char low;
  unsigned char high;
};

// A row of table 3-7, "Well-Formed UTF-8 Byte Sequences".
struct WellFormedRow {
  size_t length;
  std::array<ByteRange, 4> bytes;
};

inline constexpr ByteRange kTrail = {0x80, 0xBF};
inline constexpr ByteRange kNone = {0, 0};
inline constexpr std::array<WellFormedRow, 9> kWellFormed = {{
    {1, {{{0x00, 0x7F}, kNone, kNone, kNone}}},
    {2, {{{0xC2, 0xDF}, kTrail, kNone, kNone}}},
    {3, {{{0xE0, 0xE0}, {0xA0, 0xBF}, kTrail, kNone}}},
    {3, {{{0xE1, 0xEC}, kTrail, kTrail, kNone}}},
    {3, {{{0xED, 0xED}, {0x80, 0x9F}, kTrail, kNone}}},
    {3, {{{0xEE, 0xEF}, kTrail, kTrail, kNone}}},
    {4, {{{0xF0, 0xF0}, {0x90, 0xBF}, kTrail, kTrail}}},
    {4, {{{0xF1, 0xF3}, kTrail, kTrail, kTrail}}},
    {4, {{{0xF4, 0xF4}, {0x80, 0x8F}, kTrail, kTrail}}},
}};

// How many bytes at `begin` are a beginning of the row's sequences.
inline size_t MatchingBytes(const WellFormedRow& row, std::string_view bytes,
                            size_t begin) {
  size_t i = 0;
  for (; i < row.length && begin + i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[begin + i]);
    if (byte < row.bytes[i].low || byte > row.bytes[i].high) break;
  }
  return i;
}

inline SlowChar DecodeAt(std::string_view bytes, size_t begin) {
  size_t longest = 0;
  for (const WellFormedRow& row : kWellFormed) {
    const size_t matching = MatchingBytes(row, bytes, begin);
    if (matching > longest) longest = matching;
    if (matching != row.length) continue;
    const size_t lead_bits = row.length == 1 ? 7 : 7 - row.length;
    const auto first = static_cast<unsigned char>(bytes[begin]);
    char32_t code_point = first % (1U << lead_bits);
    for (size_t i = 1; i < row.length; ++i) {
      const auto trail = static_cast<unsigned char>(bytes[begin + i]);
      code_point = code_point * 64 + trail % 64;
    }
    return {code_point, begin, begin + row.length, true};
  }
  // The maximal subpart, or the one byte that no sequence begins with.
  return {0xFFFD, begin, begin + (longest == 0 ? 1 : longest), false};
}

inline std::vector<SlowChar> Decode(std::string_view bytes) {
  std::vector<SlowChar> chars;
  for (size_t i = 0; i < bytes.size(); i = chars.back().end) {
    chars.push_back(DecodeAt(bytes, i));
  }
  return chars;
}

inline void Append(char32_t c, std::string* out) {
  const auto put = [&](char32_t byte) {
    out->push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(192 + c / 64);
    put(128 + c % 64);
  } else if (c < 0x10000) {
    put(224 + c / 4096);
    put(128 + c / 64 % 64);
    put(128 + c % 64);
  } else {
    put(240 + c / 262144);
    put(128 + c / 4096 % 64);
    put(128 + c / 64 % 64);
    put(128 + c % 64);
  }
}

inline std::string Encode(std::u32string_view code_points) {
  std::string utf8;
  for (const char32_t c : code_points) Append(c, &utf8);
  return utf8;
}

inline std::u32string CodePoints(std::string_view bytes) {
  std::u32string code_points;
  for (const SlowChar& c : Decode(bytes)) {
    code_points.push_back(c.code_point);
  }
  return code_points;
}

inline bool IsSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

// Bytes as a failure message can show them.
inline std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && byte != '<') {
      out += c;
    } else {
      out += {'<', kDigits[byte / 16], kDigits[byte % 16], '>'};
    }
  }
  return out;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_UTF8_ORACLE_H_
