#include "cli/serve/request_documents.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace wirecopy::cli {
namespace {

constexpr size_t kMost = 100;

RequestDocuments Parsed(std::string_view body, bool is_lines) {
  auto parsed =
      RequestDocuments::Parse(body, is_lines, /*needs_ids=*/true, kMost);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *std::move(parsed) : RequestDocuments();
}

std::string ErrorOf(std::string_view body, bool is_lines,
                    bool needs_ids = true) {
  const auto parsed = RequestDocuments::Parse(body, is_lines, needs_ids, kMost);
  EXPECT_FALSE(parsed.ok()) << body;
  return std::string(parsed.status().message());
}

TEST(RequestDocumentsTest, OneOfSeveralLinesOfJson) {
  const RequestDocuments moved = Parsed(
      "{\n \"id\": 17,\n \"text\": \"a\\nb\", \"publisher\": \"P\",\n"
      " \"published\": \"2026-01-02\"\n}\n",
      false);
  ASSERT_EQ(moved.documents().size(), 1U);
  const Document& document = moved.documents()[0];
  EXPECT_TRUE(document.id.is_integer);
  EXPECT_EQ(document.id.text, "17");
  EXPECT_EQ(document.text, "a\nb");
  EXPECT_EQ(document.publisher, "P");
  EXPECT_TRUE(document.published.has_value());
  EXPECT_TRUE(document.details.published_is_uncertain);
}

TEST(RequestDocumentsTest, ManyLines) {
  std::string body;
  for (int i = 0; i < 100; ++i) {
    body += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"t" +
            std::to_string(i) + "\"}\n";
    if (i % 7 == 0) body += "\r\n";
  }
  const RequestDocuments moved = Parsed(body, true);
  ASSERT_EQ(moved.documents().size(), 100U);
  for (int i = 0; i < 100; ++i) {
    const auto at = static_cast<size_t>(i);
    EXPECT_EQ(moved.documents()[at].id.text, std::to_string(i));
    EXPECT_EQ(moved.documents()[at].text, "t" + std::to_string(i));
  }
}

TEST(RequestDocumentsTest, ErrorsSayWhatAndWhere) {
  EXPECT_NE(ErrorOf("", false).find("no document"), std::string::npos);
  EXPECT_NE(ErrorOf(" \n\n", true).find("no document"), std::string::npos);
  EXPECT_NE(ErrorOf("{\"text\":\"a\"}", false).find("\"id\""),
            std::string::npos);
  EXPECT_EQ(
      ErrorOf("{\"id\":1,\"text\":\"a\"}\n{\"id\":2}", true).find("line 2: "),
      0U);
  EXPECT_NE(ErrorOf("{\n\"id\":1,\n\"text\":\"a\"\n}", true)
                .find("line 1: JSON over several lines"),
            std::string::npos);
  ErrorOf("[1]", false);
  ErrorOf("{\"id\":1,\"text\":7}", false);
  ErrorOf("{\"id\":1.5,\"text\":\"a\"}", false);
  ErrorOf("{\"id\":1,\"text\":\"a\"", false);
  EXPECT_NE(
      ErrorOf("{\"id\":\"" + std::string(70'000, 'x') + "\",\"text\":\"a\"}",
              false)
          .find("id"),
      std::string::npos);
}

// As in files, where they are counted.
TEST(RequestDocumentsTest, DatesThatAreNoneAreTold) {
  const RequestDocuments parsed = Parsed(
      "{\"id\":1,\"text\":\"a\",\"published\":\"soon\"}\n"
      "{\"id\":2,\"text\":\"a\",\"published\":1767312000}\n"
      "{\"id\":3,\"text\":\"a\",\"published\":null}\n"
      "{\"id\":4,\"text\":\"a\"}\n"
      "{\"id\":5,\"text\":\"a\",\"published\":\"2026-01-02\"}\n",
      true);
  ASSERT_EQ(parsed.documents().size(), 5U);
  EXPECT_EQ(parsed.UnreadableDate(0), "soon");
  EXPECT_EQ(parsed.UnreadableDate(1), "1767312000");
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(parsed.documents()[i].published.has_value(), i == 4);
    EXPECT_EQ(parsed.UnreadableDate(i).empty(), i > 1);
  }
}

TEST(RequestDocumentsTest, QueriesNeedNoIds) {
  const auto parsed =
      RequestDocuments::Parse("{\"text\":\"a\"}\n{\"id\":1,\"text\":\"b\"}",
                              true, /*needs_ids=*/false, kMost);
  ASSERT_TRUE(parsed.ok());
  EXPECT_FALSE(parsed->HasId(0));
  EXPECT_TRUE(parsed->HasId(1));
}

// Blank lines are no documents, and those beyond the limit are not looked at.
TEST(RequestDocumentsTest, MoreThanTheLimitAreRefused) {
  std::string body = "\n \r\n";
  for (size_t i = 0; i < kMost; ++i) {
    body += "{\"id\":" + std::to_string(i) + ",\"text\":\"a\"}\n\n";
  }
  EXPECT_EQ(Parsed(body, true).documents().size(), kMost);
  const auto beyond =
      RequestDocuments::Parse(body + "no JSON", true, true, kMost);
  EXPECT_EQ(beyond.status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_NE(beyond.status().message().find("more than 100 documents"),
            std::string::npos);
  // A document that is no line is one, however many lines it has.
  EXPECT_EQ(Parsed("{\n\"id\": 1,\n\"text\": \"a\"\n}\n" +
                       std::string(3 * kMost, '\n'),
                   false)
                .documents()
                .size(),
            1U);
}

TEST(ComparedSidesTest, TextsAndIds) {
  const auto sides =
      ParseComparedSides("{\"a\":{\"text\":\"x\"},\"b\":{\"id\":-4}}");
  ASSERT_TRUE(sides.ok()) << sides.status();
  EXPECT_FALSE(sides->a.id.has_value());
  EXPECT_EQ(sides->a.text, "x");
  ASSERT_TRUE(sides->b.id.has_value());
  EXPECT_TRUE(sides->b.id->is_integer);
  EXPECT_EQ(sides->b.id->text, "-4");
}

// However many digits they have, as in records.
TEST(ComparedSidesTest, IdsKeepTheirDigits) {
  for (const std::string id : {"1234567890123456789", "18446744073709551615",
                               "-123456789012345678901234567890", "0"}) {
    const auto sides = ParseComparedSides("{\"n\":[1,2.5],\"a\":{\"id\":" + id +
                                          "},\"b\":{\"id\":\"" + id + "\"}}");
    ASSERT_TRUE(sides.ok()) << sides.status();
    EXPECT_TRUE(sides->a.id == (DocumentId{true, id}));
    EXPECT_TRUE(sides->b.id == (DocumentId{false, id}));
  }
  const auto sides = ParseComparedSides("{\"a\":{\"id\":-0},\"b\":{\"id\":7}}");
  ASSERT_TRUE(sides.ok()) << sides.status();
  EXPECT_EQ(sides->a.id->text, "0");
}

TEST(ComparedSidesTest, OthersAreRefused) {
  for (const char* body :
       {"", "[]", "{}", "{\"a\":{\"text\":\"x\"}}", "{\"a\":\"x\",\"b\":\"y\"}",
        "{\"a\":{},\"b\":{\"text\":\"y\"}}",
        "{\"a\":{\"text\":\"x\",\"id\":1},\"b\":{\"text\":\"y\"}}",
        "{\"a\":{\"text\":1},\"b\":{\"text\":\"y\"}}",
        "{\"a\":{\"id\":1.5},\"b\":{\"text\":\"y\"}}",
        "{\"a\":{\"id\":1e3},\"b\":{\"text\":\"y\"}}",
        "{\"a\":{\"id\":07},\"b\":{\"text\":\"y\"}}",
        "{\"a\":{\"id\":1},\"b\":{\"text\":7}}",
        "{\"a\":{\"id\":1},\"b\":{\"text\":\"y\"}} x",
        "{\"a\":{\"text\":\"\xFF\"},\"b\":{\"text\":\"y\"}}"}) {
    EXPECT_FALSE(ParseComparedSides(body).ok()) << body;
  }
  EXPECT_FALSE(ParseComparedSides(std::string(1'000'000, '[')).ok());
}

}  // namespace
}  // namespace wirecopy::cli
