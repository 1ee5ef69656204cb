// Lines of every kind, through both parsers: they must agree on each.

#include "io/json_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/json_parsing.h"

namespace wirecopy {
namespace {

using oracle::ParsedLine;
using ::testing::HasSubstr;

class JsonRecordTest : public ::testing::Test {
 protected:
  // What both parsers say. The program's own keeps its buffers from line to
  // line, as it does in a file.
  ParsedLine Parse(std::string_view line) {
    ParsedLine parsed = oracle::ParseLine(line, &parser_);
    EXPECT_EQ(parsed, oracle::ParseTolerantly(line)) << line.substr(0, 300);
    return parsed;
  }

  void ExpectError(std::string_view line, const char* words) {
    EXPECT_THAT(Parse(line).error, HasSubstr(words)) << line.substr(0, 300);
  }

  void ExpectId(const std::string& value, const std::optional<DocumentId>& id) {
    const ParsedLine parsed = Parse(R"({"id": )" + value + R"(, "text": "x"})");
    EXPECT_EQ(parsed.error, "") << value;
    EXPECT_EQ(parsed.id, id) << value;
  }

  void ExpectText(const std::string& json, std::string_view text,
                  size_t replaced = 0) {
    const ParsedLine parsed = Parse(R"({"text": ")" + json + R"("})");
    EXPECT_EQ(parsed.error, "") << json;
    EXPECT_EQ(parsed.text, text) << json;
    EXPECT_EQ(parsed.replaced, replaced) << json;
  }

  JsonRecordParser parser_{FieldNames()};
};

TEST_F(JsonRecordTest, AllFields) {
  const ParsedLine parsed = Parse(
      R"( {"id": "a1", "n": 2.5, "text": "T", "published": "2020-01-01"} )");
  EXPECT_EQ(parsed.error, "");
  EXPECT_EQ(parsed.id, (DocumentId{false, "a1"}));
  EXPECT_EQ(parsed.text, "T");
  EXPECT_EQ(parsed.published, "2020-01-01");
  EXPECT_EQ(parsed.replaced, 0U);
}

TEST_F(JsonRecordTest, IdsComeOutAsTheyCameIn) {
  ExpectId(R"("")", DocumentId{false, ""});
  ExpectId(R"("7")", DocumentId{false, "7"});
  ExpectId(R"(" 007 ")", DocumentId{false, " 007 "});
  ExpectId(R"("\u00e9\n\"")", DocumentId{false, "\u00E9\n\""});
  for (const char* digits :
       {"0", "7", "-7", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
        "18446744073709551616", "123456789012345678901234567890",
        "-123456789012345678901234567890"}) {
    ExpectId(digits, DocumentId{true, digits});
  }
  ExpectId(std::string(300, '9'), DocumentId{true, std::string(300, '9')});
  ExpectId("null", std::nullopt);
}

// Numbers that no double holds, in fields that nobody asks for.
TEST_F(JsonRecordTest, NumbersOfAnySize) {
  for (const char* number :
       {"1e400", "-1E+99999999999", "1e-400", "0e400", "0.0e400", "1.5e308",
        "123456789012345678901234567890.5"}) {
    const std::string n = number;
    EXPECT_EQ(Parse("{\"n\": " + n + ", \"text\": \"x\"}").text, "x") << n;
    EXPECT_EQ(Parse("{\"n\":[" + n + "," + n + "], \"text\": \"1e400\"}").text,
              "1e400");
    ExpectError("{\"text\": \"x\", \"id\":" + n + "}", "field \"id\"");
    ExpectError("{\"text\": " + n + "}", "field \"text\"");
    ExpectError("{\"n\": " + n + ".5, \"text\": \"x\"}", "not valid JSON");
    ExpectError("{\"n\": 0" + n + ", \"text\": \"x\"}", "not valid JSON");
  }
  const std::string digits(5000, '9');
  EXPECT_EQ(Parse("{\"n\": " + digits + ".0, \"text\": \"x\"}").text, "x");
  ExpectError("{\"id\": " + digits + ", \"text\": \"x\"}", "too big");
}

// There is one zero.
TEST_F(JsonRecordTest, MinusZero) { ExpectId("-0", DocumentId{true, "0"}); }

TEST_F(JsonRecordTest, IdsThatAreNone) {
  for (const char* value : {"1.0", "1e3", "1E400", "-0.0", "true", "false",
                            "[]", "[1]", "{}", R"({"id": 1})"}) {
    ExpectError(std::string(R"({"text": "x", "id": )") + value + "}",
                "field \"id\" is neither a string nor an integer");
  }
  EXPECT_EQ(Parse(R"({"text": "x"})").id, std::nullopt);
}

TEST_F(JsonRecordTest, TextMissingOrNoString) {
  for (const char* line :
       {"{}", R"({"id": "a"})", R"({"Text": "x"})", R"({"text ": "x"})",
        R"({"meta": {"text": "x"}})", R"({"list": [{"text": "x"}]})"}) {
    ExpectError(line, "no field \"text\"");
  }
  for (const char* value :
       {"null", "1", "1.5", "true", "[\"x\"]", R"({"text": "x"})",
        "123456789012345678901234567890"}) {
    ExpectError(std::string(R"({"text": )") + value + "}",
                "field \"text\" is no string");
  }
}

// Of several errors both name the same one.
TEST_F(JsonRecordTest, TextIsLookedAtFirst) {
  ExpectError(R"({"id": [], "x": 1})", "no field \"text\"");
  ExpectError(R"({"id": 1.5, "text": 1})", "field \"text\"");
}

TEST_F(JsonRecordTest, DecoysInsideOtherValues) {
  const ParsedLine parsed = Parse(
      R"({"a": {"text": "no", "id": 1, "published": "no"}, "text": "yes",)"
      R"( "b": [{"text": "no"}, [{"id": 2}]], "id": "me",)"
      R"( "c": {"d": {"text": 5, "published": "no"}}})");
  EXPECT_EQ(parsed.text, "yes");
  EXPECT_EQ(parsed.id, (DocumentId{false, "me"}));
  EXPECT_EQ(parsed.published, "");
}

TEST_F(JsonRecordTest, EscapedKeysAreTheSameKeys) {
  EXPECT_EQ(Parse(R"({"\u0074ext": "x", "\u0069d": 4})").text, "x");
  EXPECT_EQ(Parse(R"({"\u0074ext": "x", "\u0069d": 4})").id,
            (DocumentId{true, "4"}));
}

TEST_F(JsonRecordTest, LastOfARepeatedKeyCounts) {
  EXPECT_EQ(Parse(R"({"text": "a", "text": "b"})").text, "b");
  EXPECT_EQ(Parse(R"({"text": 1, "text": "b"})").text, "b");
  ExpectError(R"({"text": "a", "text": 1})", "field \"text\" is no string");
  EXPECT_EQ(Parse(R"({"text": "a", "id": 1.5, "id": 2})").id,
            (DocumentId{true, "2"}));
  EXPECT_EQ(Parse(R"({"text": "a", "id": 1, "id": null})").id, std::nullopt);
  ExpectError(R"({"text": "a", "id": 1, "id": {}})", "field \"id\"");
  EXPECT_EQ(
      Parse(R"({"text": "a", "published": "b", "published": "c"})").published,
      "c");
  EXPECT_EQ(
      Parse(R"({"text": "a", "published": "b", "published": 1})").published,
      "");
}

TEST_F(JsonRecordTest, PublishedThatIsNoStringIsNone) {
  const std::string other(kNoInteger);
  const std::pair<const char*, std::string> kValues[] = {
      {"null", ""},         {"20200101", "20200101"},
      {"-0", "0"},          {"18446744073709551616", "18446744073709551616"},
      {"1773144e3", other}, {"{}", other},
      {"[1]", other},       {"false", other}};
  for (const auto& [value, odd] : kValues) {
    const ParsedLine parsed =
        Parse(std::string(R"({"text": "x", "published": )") + value + "}");
    EXPECT_EQ(parsed.error, "");
    EXPECT_EQ(parsed.published, "");
    EXPECT_EQ(parsed.odd_published, odd) << value;
  }
  EXPECT_EQ(Parse(R"({"text": "x", "published": 1, "published": "soon"})")
                .odd_published,
            "");
}

TEST_F(JsonRecordTest, FieldsThatWereSeen) {
  const auto seen = [this](std::string_view line) {
    const std::string padded = std::string(line) + std::string(64, ' ');
    Record record;
    (void)parser_.Parse(std::string_view(padded).substr(0, line.size()),
                        &record);
    return std::string(record.seen.id ? "i" : "") +
           (record.seen.text ? "t" : "") + (record.seen.published ? "d" : "") +
           (record.seen.publisher ? "p" : "") + (record.seen.url ? "u" : "");
  };
  EXPECT_EQ(seen(R"({"id": 1, "text": "x", "x": {"url": "y"}})"), "it");
  EXPECT_EQ(seen(R"({"publisher": null, "published": 5, "url": ""})"), "dpu");
  EXPECT_EQ(seen(R"({"id": "\ud800", "url": "y", "n": [{"text": ""}]})"), "iu");
  EXPECT_EQ(seen("{}"), "");
}

TEST_F(JsonRecordTest, Escapes) {
  ExpectText(R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t");
  ExpectText(R"(\u0041\u00e9\u20AC)", "A\u00E9\u20AC");
  ExpectText(R"(\ud83d\ude00\uD83D\uDE00)", "\U0001F600\U0001F600");
  ExpectText(R"(a\u0000b)", std::string_view("a\0b", 3));
  ExpectText(R"(\ufeffx\uffff)", "\uFEFFx\uFFFF");
  ExpectText(R"(\\ud800)", "\\ud800");
  ExpectText("  kept  ", "  kept  ");
}

TEST_F(JsonRecordTest, LoneSurrogatesAreReplacedAndCounted) {
  const std::string r = "\uFFFD";
  ExpectText(R"(a\ud800b)", "a" + r + "b", 1);
  ExpectText(R"(a\udc00b)", "a" + r + "b", 1);
  ExpectText(R"(\ud800)", r, 1);
  ExpectText(R"(\udfff)", r, 1);
  ExpectText(R"(\ude00\ud83d)", r + r, 2);
  ExpectText(R"(\ud83d\ud83d\ude00)", r + "\U0001F600", 1);
  ExpectText(R"(\ud83d\ude00\ude00)", "\U0001F600" + r, 1);
  ExpectText(R"(\ud800\u0041)", r + "A", 1);
  ExpectText(R"(\ud800\n)", r + "\n", 1);
  ExpectText(R"(\ud800\\ude00)", r + "\\ude00", 1);
  ExpectText(R"(\uD83Dx\uDE00)", r + "x" + r, 2);
}

TEST_F(JsonRecordTest, InvalidUtf8IsReplacedAndCounted) {
  const std::string r = "\uFFFD";
  ExpectText(
      "a\xFF"
      "b",
      "a" + r + "b", 1);
  ExpectText("\xE2\x80", r, 1);
  ExpectText("\xE2\x80\xE2\x80\x93", r + "\u2013", 1);
  ExpectText("\xC0\x80", r + r, 2);
  ExpectText("\xED\xA0\x80", r + r + r, 3);
  ExpectText("\xF4\x90\x80\x80", r + r + r + r, 4);
  ExpectText(
      "\xFF"
      R"(\ud800)",
      r + r, 2);
}

TEST_F(JsonRecordTest, ReplacementsInOtherFieldsCountToo) {
  const ParsedLine parsed =
      Parse("{\"t\xFFt\": \"\\udc00\", \"id\": \"\xFE\", \"text\": \"x\"}");
  EXPECT_EQ(parsed.error, "");
  EXPECT_EQ(parsed.id, (DocumentId{false, "\uFFFD"}));
  EXPECT_EQ(parsed.replaced, 3U);
}

TEST_F(JsonRecordTest, NotJson) {
  for (const char* line : {"",
                           "x",
                           "{",
                           "}",
                           R"({"text")",
                           R"({"text":)",
                           R"({"text": "x)",
                           R"({"text": "x")",
                           R"({"text": "x",})",
                           R"({"text": "x"} x)",
                           R"({"text": "x"}{"text": "y"})",
                           R"({"text": "x"},)",
                           R"({"text": NaN})",
                           R"({"n": NaN, "text": "x"})",
                           R"({"n": Infinity, "text": "x"})",
                           R"({"n": 01, "text": "x"})",
                           R"({"n": 1., "text": "x"})",
                           R"({"n": +1, "text": "x"})",
                           R"({"n": -, "text": "x"})",
                           R"({"n": .5, "text": "x"})",
                           R"({'text': 'x'})",
                           R"({text: "x"})",
                           R"({"text": "\x"})",
                           R"({"text": "\u12g4"})",
                           R"({"text": "\u12"})",
                           "{\"text\": \"a\tb\"}",
                           R"({"text": "x" "id": 1})",
                           R"({"text": tru})",
                           R"(// {"text": "x"})",
                           "\xEF\xBB\xBF{\"text\": \"x\"}"}) {
    ExpectError(line, "not valid JSON at byte ");
  }
}

// A zero byte ends nothing.
TEST_F(JsonRecordTest, ZeroBytes) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view line :
       {"{\"text\": \"x\"}\0"sv, "{\"text\": \"x\"}\0{}"sv,
        "{\"text\": \"a\0b\"}"sv, "{\"text\":\0 \"x\"}"sv, "\0{}"sv, "\0"sv}) {
    ExpectError(line, "not valid JSON at byte ");
  }
}

TEST_F(JsonRecordTest, NoObject) {
  for (const char* line : {"[]", R"([{"text": "x"}])", R"("text")", "1", "null",
                           "123456789012345678901234567890"}) {
    ExpectError(line, "not a JSON object");
  }
}

TEST_F(JsonRecordTest, DeepNestingIsNoTrouble) {
  constexpr size_t kLevels = 100000;
  const std::string open(kLevels, '[');
  const std::string close(kLevels, ']');
  EXPECT_EQ(Parse(R"({"a": )" + open + close + R"(, "text": "x"})").text, "x");
  ExpectError(R"({"text": "x", "a": )" + open, "not valid JSON at byte ");
  std::string objects;
  for (size_t i = 0; i < kLevels; ++i) objects += R"({"text":)";
  ExpectError(objects, "not valid JSON at byte ");
  ExpectError(objects + "1" + std::string(kLevels, '}'),
              "field \"text\" is no string");
}

TEST_F(JsonRecordTest, NamesOfFieldsAreTheUsers) {
  JsonRecordParser parser({"nr", "body", "when"});
  const ParsedLine parsed = oracle::ParseLine(
      R"({"id": 1, "text": "no", "nr": 2, "body": "yes", "when": "now"})",
      &parser);
  EXPECT_EQ(parsed.id, (DocumentId{true, "2"}));
  EXPECT_EQ(parsed.text, "yes");
  EXPECT_EQ(parsed.published, "now");
  EXPECT_THAT(oracle::ParseLine("{}", &parser).error,
              HasSubstr("no field \"body\""));
}

TEST_F(JsonRecordTest, LongTextsKeepTheirLength) {
  std::string text;
  while (text.size() < 3000000) text += "wirecopy \u00E9\u4E2D ";
  ExpectText(text, text);
  ExpectText(text + "\\ud800", text + "\uFFFD", 1);
}

}  // namespace
}  // namespace wirecopy
