#include "io/plain_json.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace wirecopy {
namespace {

// What the quick way says of a line: the text, or nothing.
std::optional<std::string> TextOf(std::string_view line,
                                  std::optional<DocumentId>* id = nullptr) {
  const FieldNames fields;
  PlainJsonParser parser(fields);
  const std::string padded = std::string(line) + std::string(64, '"');
  Record record;
  if (!parser.Parse(std::string_view(padded).substr(0, line.size()), &record)) {
    return std::nullopt;
  }
  if (id != nullptr) id->reset();
  if (id != nullptr && record.id) *id = record.id->Owned();
  return std::string(record.text);
}

TEST(PlainJsonTest, ReadsWhatIsUsual) {
  EXPECT_EQ(TextOf(R"({"text":""})"), "");
  EXPECT_EQ(TextOf(R"( { "id" : "a" , "text" : "b" } )"), "b");
  EXPECT_EQ(TextOf(R"({"text":"a\n\"b\\\u00e9\ud83d\ude00\/"})"),
            "a\n\"b\\\u00E9\U0001F600/");
  EXPECT_EQ(TextOf("{\"text\":\"\u00E9\u4E2D\"}"), "\u00E9\u4E2D");
  EXPECT_EQ(TextOf(R"({"te\u0078t":"by an escape"})"), "by an escape");
  EXPECT_EQ(TextOf(R"({"text":"first","text":"last"})"), "last");
  EXPECT_EQ(TextOf(R"({"n":-1.5e-3,"a":[1,{"b":[]},null,"]"],"o":{"text":1},)"
                   R"("t":true,"f":false,"text":"among others"})"),
            "among others");
}

TEST(PlainJsonTest, TellsIdsApart) {
  std::optional<DocumentId> id;
  ASSERT_TRUE(TextOf(R"({"id":"12","text":""})", &id));
  EXPECT_EQ(id, (DocumentId{false, "12"}));
  ASSERT_TRUE(TextOf(R"({"id":-12,"text":""})", &id));
  EXPECT_EQ(id, (DocumentId{true, "-12"}));
  ASSERT_TRUE(TextOf(R"({"id":null,"text":""})", &id));
  EXPECT_EQ(id, std::nullopt);
  ASSERT_TRUE(TextOf(R"({"text":""})", &id));
  EXPECT_EQ(id, std::nullopt);
}

TEST(PlainJsonTest, LeavesTheRestToOthers) {
  for (const std::string_view line :
       {// No documents, whose errors are others' to word.
        R"()", R"([])", R"("text")", R"({})", R"({"id":1})", R"({"text":1})",
        R"({"text":"a"} x)", R"({"text":"a"}})", R"({"text":"a",})",
        R"({"text":"a" "id":1})", R"({"text" "a"})", R"({"text":"a)",
        R"({"text":"a\"})", R"({"text":"a\x"})", "{\"text\":\"a\nb\"}",
        R"({"text":"\u12g4"})", R"({"text":"\u123)", R"({"text":"a","n":01})",
        R"({"text":"a","n":1.})", R"({"text":"a","n":.5})",
        R"({"text":"a","n":+1})", R"({"text":"a","n":1e})",
        R"({"text":"a","n":-})", R"({"text":"a","n":nul})",
        R"({"text":"a","n":[1,]})", R"({"text":"a","n":[1})",
        R"({"text":"a","n":{"b"}})", R"({"id":true,"text":"a"})",
        R"({"id":[1],"text":"a"})", R"({text:"a"})",
        // Documents that take a closer look.
        R"({"id":1.0,"text":"a"})", R"({"id":-0,"text":"a"})",
        R"({"id":9223372036854775807,"text":"a"})", R"({"text":"\ud800"})",
        R"({"text":"\ud800\u0041"})", R"({"text":"\udc00\ud800"})",
        "{\"text\":\"\xFF\"}", "{\"text\":\"a\",\"b\":\"\xC3\"}"}) {
    EXPECT_EQ(TextOf(line), std::nullopt) << line;
  }
  const std::string deep(100, '[');
  EXPECT_EQ(TextOf(R"({"text":"a","n":)" + deep + std::string(100, ']') + "}"),
            std::nullopt);
  EXPECT_EQ(TextOf(R"({"text":"a","n":)" + std::string(100, '1') + "}"),
            std::nullopt);
}

}  // namespace
}  // namespace wirecopy
