#include "text/utf8.h"

#include <simdjson.h>

#include <cstring>

#include "text/text_kernels.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

// What may follow a lead byte: the trail length and the range of the second
// byte, which alone tells overlong forms, surrogates and values that are too
// large (Unicode Standard, table 3-7).
struct Lead {
  uint8_t trail;
  uint8_t second_low;
  uint8_t second_high;
};

Lead LeadOf(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {0, 1, 0};
}

// The end of the ASCII run that begins at `offset`.
size_t AsciiEnd(std::string_view bytes, size_t offset) {
  uint64_t word = 0;
  while (offset + sizeof(word) <= bytes.size()) {
    std::memcpy(&word, bytes.data() + offset, sizeof(word));
    if ((word & 0x8080808080808080) != 0) break;
    offset += sizeof(word);
  }
  while (offset < bytes.size() &&
         static_cast<unsigned char>(bytes[offset]) < 0x80) {
    ++offset;
  }
  return offset;
}

}  // namespace

DecodedChar DecodeAnyUtf8(std::string_view bytes, size_t offset) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(bytes[i]);
  };
  const unsigned char first = byte(offset);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = LeadOf(first);
  char32_t code_point = first & (0x3FU >> lead.trail);
  uint8_t length = 1;
  uint8_t low = lead.second_low;
  uint8_t high = lead.second_high;
  while (length <= lead.trail && offset + length < bytes.size()) {
    const unsigned char next = byte(offset + length);
    if (next < low || next > high) break;
    code_point = (code_point << 6) | (next & 0x3FU);
    ++length;
    low = 0x80;
    high = 0xBF;
  }
  if (lead.trail == 0 || length <= lead.trail) {
    return {kReplacement, length, false};
  }
  return {code_point, length, true};
}

size_t EncodeUtf8(char32_t code_point, char* out) {
  const auto put = [out](size_t i, char32_t value) {
    out[i] = static_cast<char>(static_cast<unsigned char>(value));
  };
  if (code_point < 0x80) {
    put(0, code_point);
    return 1;
  }
  if (code_point < 0x800) {
    put(0, 0xC0 | (code_point >> 6));
    put(1, 0x80 | (code_point & 0x3F));
    return 2;
  }
  if (code_point < 0x10000) {
    put(0, 0xE0 | (code_point >> 12));
    put(1, 0x80 | ((code_point >> 6) & 0x3F));
    put(2, 0x80 | (code_point & 0x3F));
    return 3;
  }
  put(0, 0xF0 | (code_point >> 18));
  put(1, 0x80 | ((code_point >> 12) & 0x3F));
  put(2, 0x80 | ((code_point >> 6) & 0x3F));
  put(3, 0x80 | (code_point & 0x3F));
  return 4;
}

void AppendUtf8(char32_t code_point, std::string* out) {
  char buffer[4];
  out->append(buffer, EncodeUtf8(code_point, buffer));
}

bool IsValidUtf8(std::string_view bytes) {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

size_t RepairUtf8(std::string_view bytes, std::string* out) {
  out->clear();
  out->reserve(bytes.size());
  size_t replaced = 0;
  size_t copied = 0;
  for (size_t i = AsciiEnd(bytes, 0); i < bytes.size();) {
    const DecodedChar c = DecodeUtf8(bytes, i);
    if (!c.valid) {
      out->append(bytes.substr(copied, i - copied)).append(kReplacementUtf8);
      copied = i + c.length;
      ++replaced;
    }
    i = AsciiEnd(bytes, i + c.length);
  }
  out->append(bytes.substr(copied));
  return replaced;
}

size_t CountCodePoints(std::string_view utf8) {
  return ActiveTextKernels().count_code_points(utf8.data(), utf8.size());
}

}  // namespace wirecopy
