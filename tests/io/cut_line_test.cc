#include "io/cut_line.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "io/byte_buffer.h"
#include "io/csv_record.h"
#include "io/json_record.h"

namespace wirecopy {
namespace {

std::string Without(std::string_view text, std::span<const ByteSpan> cuts) {
  std::string left;
  size_t at = 0;
  for (const ByteSpan& cut : cuts) {
    left += text.substr(at, cut.begin - at);
    at = cut.end;
  }
  return left += text.substr(at);
}

// Empty where the bytes are no record.
std::string TextOf(RecordParser* parser, const std::string& bytes) {
  const std::string padded = bytes + std::string(kInputPadding, '\0');
  Record record;
  const absl::Status status =
      parser->Parse({padded.data(), bytes.size()}, &record);
  EXPECT_TRUE(status.ok()) << status << ": " << bytes;
  return std::string(record.text);
}

std::string CutJson(const std::string& line, std::vector<ByteSpan> cuts,
                    const std::string& field = "text") {
  const auto cut = CutJsonLine(line, field, cuts);
  EXPECT_TRUE(cut.ok()) << cut.status();
  return cut.value_or("");
}

std::string CutCsv(const std::string& row, std::vector<ByteSpan> cuts) {
  const auto cut = CutCsvRow(row, "id,text,more\n", ',', "text", cuts);
  EXPECT_TRUE(cut.ok()) << cut.status();
  return cut.value_or("");
}

TEST(CutLineTest, KeepsEveryOtherByte) {
  EXPECT_EQ(CutJson(R"( { "id" : 7 ,"text":"one two three", "x":[1.50,{}]} )",
                    {{4, 8}}),
            R"( { "id" : 7 ,"text":"one three", "x":[1.50,{}]} )");
  EXPECT_EQ(CutJson(R"({"text":"abcdef"})", {{0, 1}, {2, 3}, {5, 6}}),
            R"({"text":"bde"})");
  EXPECT_EQ(CutJson(R"({"text":"abc"})", {{0, 3}}), R"({"text":""})");
  EXPECT_EQ(CutJson(R"({"text":"abc"})", {}), R"({"text":"abc"})");
}

TEST(CutLineTest, CountsEscapesAsTheTextHasThem) {
  // A line break, an accent of two bytes, a quotation mark, a pair, half a one.
  const std::string line =
      R"({"text":"a\nb\u00E9c\"d\uD83D\uDE00e\uD83Df\/\\g\u0041"})";
  const std::string text =
      "a\nb\u00E9c\"d\U0001F600e\uFFFD"
      "f/\\gA";
  JsonRecordParser parser({});
  ASSERT_EQ(TextOf(&parser, line), text);
  for (size_t begin = 0; begin <= text.size(); ++begin) {
    for (size_t end = begin; end <= text.size(); ++end) {
      const auto is_inside = [&](size_t at) {
        return at < text.size() && (text[at] & 0xC0) == 0x80;
      };
      if (is_inside(begin) || is_inside(end)) continue;
      const std::vector<ByteSpan> cuts = {{begin, end}};
      EXPECT_EQ(TextOf(&parser, CutJson(line, cuts)), Without(text, cuts))
          << begin << " " << end;
    }
  }
  // What stays is escaped as it was.
  EXPECT_EQ(CutJson(line, {{5, 13}}),
            R"({"text":"a\nb\u00E9\uFFFDf\/\\g\u0041"})");
}

TEST(CutLineTest, FindsTheFieldThatCounts) {
  EXPECT_EQ(CutJson(R"({"text":"abc","x":{"text":"abc"},"y":["text","abc"]})",
                    {{0, 1}}),
            R"({"text":"bc","x":{"text":"abc"},"y":["text","abc"]})");
  EXPECT_EQ(CutJson(R"({"x":"text","y":"\"text\":","text":"abc"})", {{0, 1}}),
            R"({"x":"text","y":"\"text\":","text":"bc"})");
  EXPECT_EQ(CutJson(R"({"text":"abc","text":"abc"})", {{0, 1}}),
            R"({"text":"abc","text":"bc"})");
  EXPECT_EQ(CutJson(R"({"te\u0078t":"abc"})", {{0, 1}}),
            R"({"te\u0078t":"bc"})");
  EXPECT_EQ(CutJson(R"({"K\u00f6rper":"abc"})", {{0, 1}}, "K\u00f6rper"),
            R"({"K\u00f6rper":"bc"})");
  EXPECT_FALSE(CutJsonLine(R"({"txt":"abc"})", "text", {}).ok());
  EXPECT_FALSE(CutJsonLine("", "text", {}).ok());
  EXPECT_FALSE(CutJsonLine(R"({"text":")", "txt", {}).ok());
}

TEST(CutLineTest, RepairsIllFormedTextAlone) {
  EXPECT_EQ(CutJson("{\"x\":\"\xFF\",\"text\":\"a\xFFz\xC3\"}", {{0, 1}}),
            "{\"x\":\"\xFF\",\"text\":\"\uFFFDz\uFFFD\"}");
}

TEST(CutLineTest, HalvesOfPairsStayApart) {
  EXPECT_EQ(CutJson(R"({"text":"\uD83Dab\uDE00"})", {{3, 5}}),
            R"({"text":"\uFFFD\uFFFD"})");
}

TEST(CutLineTest, CutsFieldsOfCsv) {
  EXPECT_EQ(CutCsv("1,one two three,x", {{4, 8}}), "1,one three,x");
  EXPECT_EQ(CutCsv("1,\"a \"\"b\"\", c\",\"x\"\"\"\r\n", {{2, 3}, {6, 7}}),
            "1,\"a b\"\",c\",\"x\"\"\"\r\n");
  // A quotation mark that had something before it has nothing now.
  EXPECT_EQ(CutCsv("1,say \"no\" twice,x", {{0, 4}}),
            "1,\"\"\"no\"\" twice\",x");
  const std::vector<ByteSpan> cuts = {{0, 1}};
  EXPECT_EQ(CutCsvRow("abc", "text\n", ',', "text", cuts).value_or(""), "bc");
  EXPECT_EQ(CutCsvRow("a\tbcd\n", "id\ttext", '\t', "text", cuts).value_or(""),
            "a\tcd\n");
  EXPECT_FALSE(CutCsvRow("1,2", "id,text", ',', "other", cuts).ok());
  EXPECT_FALSE(CutCsvRow("1", "id,text", ',', "text", cuts).ok());
}

// Random texts, and cuts of them.
class Cases {
 public:
  explicit Cases(uint64_t seed) : random_(seed) {}

  size_t Below(size_t n) { return random_() % n; }

  std::vector<std::string> Characters() {
    static const std::vector<std::string> kOfText = {
        "a",      "b",      " ",          ",",  "\"", "\\", "\n", "/",
        "\u00E9", "\u4E2D", "\U0001F600", "\t", "{",  "}",  ":"};
    std::vector<std::string> characters(Below(40));
    for (std::string& c : characters) c = kOfText[Below(kOfText.size())];
    return characters;
  }

  std::vector<ByteSpan> Cuts(const std::vector<std::string>& characters) {
    std::vector<ByteSpan> cuts;
    size_t at = 0;
    bool is_cutting = false;
    for (const std::string& c : characters) {
      if (Below(4) == 0) {
        is_cutting = !is_cutting;
        if (is_cutting) cuts.push_back({at, at});
      }
      at += c.size();
      if (is_cutting) cuts.back().end = at;
    }
    return cuts;
  }

  std::string Escaped(const std::string& c) {
    if (c == "\"" || c == "\\") return "\\" + c;
    if (c == "\n") return Below(2) == 0 ? "\\n" : "\\u000a";
    if (c == "\t") return "\\t";
    if (c == "\U0001F600" && Below(2) == 0) return "\\uD83D\\uDE00";
    if (c == "\u4E2D" && Below(2) == 0) return "\\u4e2d";
    if (c == "\u00E9" && Below(2) == 0) return "\\u00E9";
    if (c.size() > 1 || Below(3) > 0) return c;
    return absl::StrFormat("\\u%04x", static_cast<unsigned>(c[0]));
  }

 private:
  std::mt19937_64 random_;
};

TEST(CutLineTest, ReadsAsTheTextWithoutTheCuts) {
  Cases cases(1);
  JsonRecordParser json({});
  const auto csv = CsvRecordParser::Create("id,text,more", ',', {});
  ASSERT_TRUE(csv.ok());
  for (int round = 0; round < 2000; ++round) {
    const auto characters = cases.Characters();
    const auto cuts = cases.Cuts(characters);
    std::string text;
    std::string escaped;
    std::string doubled;
    for (const std::string& c : characters) {
      text += c;
      escaped += cases.Escaped(c);
      doubled += c == "\"" ? "\"\"" : c;
    }
    const std::string expected = Without(text, cuts);
    const std::string line =
        "{\"id\":3, \"text\" :\"" + escaped + "\",\"x\":\"text\"}";
    ASSERT_EQ(TextOf(&json, line), text);
    EXPECT_EQ(TextOf(&json, CutJson(line, cuts)), expected) << line;
    const std::string row = "3,\"" + doubled + "\",\"text\"\n";
    ASSERT_EQ(TextOf(csv->get(), row), text);
    EXPECT_EQ(TextOf(csv->get(), CutCsv(row, cuts)), expected) << row;
  }
}

}  // namespace
}  // namespace wirecopy
