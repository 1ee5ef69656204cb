#include "report/json_line.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace wirecopy {
namespace {

std::string Written(const std::string& text) {
  return JsonLine().Add("k", text).Finish();
}

TEST(JsonLineTest, EveryTypeInTheOrderOfAdding) {
  JsonLine line;
  line.Add("z", "text").Add("a", uint64_t{18446744073709551615ULL});
  line.Add("i", -5).Add("t", true).Add("f", false).Add("d", 0.25);
  line.Add("s", DocumentId{false, "12"}).Add("n", DocumentId{true, "12"});
  EXPECT_EQ(line.Finish(),
            R"({"z":"text","a":18446744073709551615,"i":-5,"t":true,)"
            R"("f":false,"d":0.25,"s":"12","n":12})"
            "\n");
}

TEST(JsonLineTest, ObjectsAndArrays) {
  JsonLine line;
  line.BeginObject("o").Add("k", 1).BeginObject("p").EndObject().EndObject();
  line.BeginArray("a").Element({true, "1"}).Element({false, "1"}).EndArray();
  line.BeginArray("e").EndArray();
  EXPECT_EQ(line.Finish(),
            "{\"o\":{\"k\":1,\"p\":{}},\"a\":[1,\"1\"],\"e\":[]}\n");
}

TEST(JsonLineTest, IsUsedAgain) {
  JsonLine line;
  EXPECT_EQ(line.Finish(), "{}\n");
  EXPECT_EQ(line.Add("k", 1).Finish(), "{\"k\":1}\n");
  EXPECT_EQ(line.Add("l", 2).Finish(), "{\"l\":2}\n");
  EXPECT_EQ(line.Finish(), "{}\n");
}

TEST(JsonLineTest, Nulls) {
  JsonLine line;
  line.AddNull("n").BeginObject("o").AddNull("m").EndObject();
  EXPECT_EQ(line.Finish(), "{\"n\":null,\"o\":{\"m\":null}}\n");
}

TEST(JsonLineTest, MembersAlone) {
  JsonLine line;
  EXPECT_EQ(line.FinishMembers(), "");
  EXPECT_EQ(line.Add("k", "}").FinishMembers(), "\"k\":\"}\"");
  line.BeginObject("o").Add("k", 1).EndObject();
  EXPECT_EQ(line.FinishMembers(), "\"o\":{\"k\":1}");
}

TEST(JsonLineTest, LargeIntegersKeepTheirDigits) {
  for (const char* digits : {"0", "-1", "123456789012345678901234567890",
                             "-99999999999999999999999999999999999999"}) {
    EXPECT_EQ(JsonLine().Add("id", DocumentId{true, digits}).Finish(),
              std::string("{\"id\":") + digits + "}\n");
  }
}

// As JSON requires, and no further.
TEST(JsonLineTest, Escapes) {
  EXPECT_EQ(Written("\"\\/"), "{\"k\":\"\\\"\\\\/\"}\n");
  EXPECT_EQ(Written("\b\f\n\r\t"), "{\"k\":\"\\b\\f\\n\\r\\t\"}\n");
  EXPECT_EQ(Written(std::string("\0\x1f\x7f", 3)),
            "{\"k\":\"\\u0000\\u001F\x7F\"}\n");
  EXPECT_EQ(Written("\u00E9\u4E2D\U0001F600\u2028<&>'"),
            "{\"k\":\"\u00E9\u4E2D\U0001F600\u2028<&>'\"}\n");
  EXPECT_EQ(JsonLine().Add("a\"b", 1).Finish(), "{\"a\\\"b\":1}\n");
}

// Whatever is written is read back, every character that there is among it.
TEST(JsonLineTest, StringsAreReadBack) {
  std::string text;
  for (int c = 0; c < 128; ++c) text.push_back(static_cast<char>(c));
  text += "\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF";
  rapidjson::Document document;
  const std::string line = Written(text);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  document.Parse(line.c_str());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_EQ(
      std::string(document["k"].GetString(), document["k"].GetStringLength()),
      text);
}

std::string Number(double value) {
  const std::string line = JsonLine().Add("k", value).Finish();
  return line.substr(5, line.size() - 7);
}

TEST(JsonLineTest, DoublesLookLikeNumbers) {
  EXPECT_EQ(Number(0), "0.0");
  EXPECT_EQ(Number(1), "1.0");
  EXPECT_EQ(Number(0.8), "0.8");
  EXPECT_EQ(Number(40.0 / 47), "0.851063829787234");
  EXPECT_EQ(Number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(Number(1e-7), "1e-07");
  EXPECT_EQ(Number(1e22), "1e+22");
  EXPECT_EQ(Number(123456), "123456.0");
}

// Shares of sets, as similarities are, and any bits at all (where integers have
// all their digits).
TEST(JsonLineTest, DoublesAreReadBackAndShort) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    double value = 0;
    if (i % 2 == 0) {
      const uint64_t whole = 1 + random() % 2000;
      value = static_cast<double>(random() % (whole + 1)) /
              static_cast<double>(whole);
    } else {
      const uint64_t bits = random();
      std::memcpy(&value, &bits, sizeof(value));
      if (!(std::abs(value) <= std::numeric_limits<double>::max())) continue;
    }
    const std::string written = Number(value);
    ASSERT_EQ(std::strtod(written.c_str(), nullptr), value) << written;
    if (i % 2 != 0) continue;
    char shortest[64];
    const auto end = std::to_chars(shortest, shortest + sizeof(shortest), value,
                                   std::chars_format::scientific)
                         .ptr;
    // Digits of the mantissa, of which the shortest form has fewest.
    const auto digits = [](const std::string& number) {
      std::string kept;
      for (const char c : number.substr(0, number.find('e'))) {
        if (c >= '0' && c <= '9') kept.push_back(c);
      }
      kept.erase(0, kept.find_first_not_of('0'));
      kept.erase(kept.find_last_not_of('0') + 1);
      return kept.size();
    };
    ASSERT_EQ(digits(written), digits(std::string(shortest, end))) << written;
  }
}

}  // namespace
}  // namespace wirecopy
