// Random lines, sound and broken, read by the fast and by the tolerant parser.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>

#include "io/json_record.h"
#include "tests/support/json_parsing.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

// Writes random JSON, most of it with the fields that matter.
class JsonWriter {
 public:
  explicit JsonWriter(uint64_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }

  std::string Object(int depth) {
    std::string json = "{" + Space();
    const size_t members = Below(6);
    for (size_t i = 0; i < members; ++i) {
      if (i > 0) json += "," + Space();
      json += Key() + Space() + ":" + Space() + Value(depth) + Space();
    }
    return json + "}";
  }

  // A few bytes of it changed, lost or added.
  std::string Broken(std::string json) {
    static constexpr const char* kPieces[] = {
        "\"",   "\\",      "{",       "}", "[",  "]",    ",",
        ":",    "0",       "-",       "e", ".",  "\xFF", "\xE2",
        "\x80", "\\ud800", "\\udc00", "u", "\n", " ",    "\xEF\xBB\xBF",
        "null", "\x01"};
    for (size_t i = 1 + Below(3); i > 0; --i) {
      const size_t at = Below(json.size() + 1);
      const size_t length = Below(3);
      const std::string piece =
          Below(3) == 0 ? "" : kPieces[Below(std::size(kPieces))];
      json.replace(at, std::min(length, json.size() - at), piece);
    }
    return json;
  }

 private:
  std::string Space() {
    static constexpr const char* kSpaces[] = {"", "", "", " ", "\t", "\r\n "};
    return kSpaces[Below(std::size(kSpaces))];
  }

  std::string Key() {
    static constexpr const char* kKeys[] = {
        R"("id")", R"("text")",      R"("text")", R"("published")",
        R"("ID")", R"("te\u0078t")", R"("")",     R"("id\u0000")"};
    return Below(4) == 0 ? String() : kKeys[Below(std::size(kKeys))];
  }

  std::string String() {
    static constexpr const char* kPieces[] = {
        "a",          " ",       "\\n",          "\\\\",
        "\\\"",       "\\/",     "\\u0041",      "\\u00e9",
        "\u00E9",     "\u4E2D",  "\\u0000",      "\\ud83d\\ude00",
        "\U0001F600", "\x7F",    "\\b\\f\\r\\t", "0",
        "\\uD800",    "\\uDFFF", "\xFF",         "\xE2\x80"};
    constexpr size_t kSound = std::size(kPieces) - 4;
    const size_t kinds = Below(3) == 0 ? std::size(kPieces) : kSound;
    std::string json = "\"";
    for (size_t i = Below(8); i > 0; --i) json += kPieces[Below(kinds)];
    return json + "\"";
  }

  std::string Number() {
    static constexpr const char* kNumbers[] = {
        "0",
        "-0",
        "-0.0",
        "12",
        "1e5",
        "1E-400",
        "1e400",
        "-1.5",
        "1.0",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999999999",
        "0.1e1",
        "1e+2",
        "-12",
        "2.2250738585072011e-308"};
    return kNumbers[Below(std::size(kNumbers))];
  }

  std::string Array(int depth) {
    std::string json = "[" + Space();
    const size_t elements = Below(4);
    for (size_t i = 0; i < elements; ++i) {
      if (i > 0) json += "," + Space();
      json += Value(depth) + Space();
    }
    return json + "]";
  }

  std::string Value(int depth) {
    const size_t kind = Below(depth > 0 ? 9 : 7);
    if (kind < 4) return String();
    if (kind < 6) return Number();
    static constexpr const char* kWords[] = {"true", "false", "null"};
    if (kind == 6) return kWords[Below(3)];
    return kind == 7 ? Object(depth - 1) : Array(depth - 1);
  }

  std::mt19937_64 random_;
};

TEST(JsonAgreementTest, SoundLines) {
  JsonWriter writer(1);
  JsonRecordParser parser{FieldNames()};
  size_t records = 0;
  for (int i = 0; i < 60000; ++i) {
    const std::string line = writer.Object(3);
    const oracle::ParsedLine parsed = oracle::ParseLine(line, &parser);
    ASSERT_EQ(parsed, oracle::ParseTolerantly(line)) << line;
    ASSERT_EQ(parsed.error.find("not valid JSON"), std::string::npos)
        << parsed.error << "\n"
        << line;
    ASSERT_TRUE(IsValidUtf8(parsed.text)) << line;
    records += parsed.error.empty() ? 1 : 0;
  }
  EXPECT_GT(records, 5000U);
}

TEST(JsonAgreementTest, BrokenLines) {
  JsonWriter writer(2);
  JsonRecordParser parser{FieldNames()};
  size_t errors = 0;
  for (int i = 0; i < 100000; ++i) {
    const std::string line = writer.Broken(writer.Object(2));
    const oracle::ParsedLine parsed = oracle::ParseLine(line, &parser);
    ASSERT_EQ(parsed, oracle::ParseTolerantly(line)) << line;
    errors += parsed.error.find("not valid JSON") == 0 ? 1 : 0;
  }
  EXPECT_GT(errors, 20000U);
  EXPECT_LT(errors, 95000U);
}

}  // namespace
}  // namespace wirecopy
