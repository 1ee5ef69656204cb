// Passages of a corpus in code points and UTF-16 units are those in bytes.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "wirecopy/document.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passages.h"

namespace wirecopy {
namespace {

constexpr const char* kSentence =
    "Nobody in the queue complained, since the smell alone was worth the walk "
    "up from the harbour and the wait";

PassagesResult Find(const std::vector<Document>& documents, OffsetUnit unit) {
  PassagesOptions options;
  options.offsets = unit;
  const auto source = NewMemorySource(documents);
  auto result = FindPassages(options, source.get());
  return result.ok() ? *result : PassagesResult{};
}

void ExpectConverted(const std::vector<Document>& documents, OffsetUnit unit) {
  const PassagesResult bytes = Find(documents, OffsetUnit::kByte);
  const PassagesResult found = Find(documents, unit);
  ASSERT_EQ(bytes.passages.size(), 1U);
  ASSERT_EQ(found.passages.size(), 1U);
  const auto expect = [unit](const Document& document, OffsetSpan in_bytes,
                             OffsetSpan in_units) {
    const OffsetConverter converter(document.text);
    EXPECT_EQ(converter.Convert(in_bytes.begin, unit), in_units.begin);
    EXPECT_EQ(converter.Convert(in_bytes.end, unit), in_units.end);
  };
  expect(documents[0], bytes.passages[0].a_span, found.passages[0].a_span);
  expect(documents[1], bytes.passages[0].b_span, found.passages[0].b_span);
}

// A mark takes invisible characters with it, and these count.
TEST(PassageUnitsTest, MarksOfSeveralCharacters) {
  const std::string sentence = kSentence;
  const std::string a =
      "\u00FCber (\u00AD\u00AD" + sentence + ".\u00AD) \u00FC";
  const std::string b = "\U0001F600 x ((" + sentence + "\u2026\u00AD) y";
  std::vector<Document> documents(2);
  documents[0].id.text = "a";
  documents[0].text = a;
  documents[1].id.text = "b";
  documents[1].text = b;
  ExpectConverted(documents, OffsetUnit::kCodePoint);
  ExpectConverted(documents, OffsetUnit::kUtf16);
}

// A straight mark both closes and opens, but it is one.
TEST(PassageUnitsTest, PlacesInOneTextDoNotOverlap) {
  const std::string quoted = "\"" + std::string(kSentence) + "\"";
  const std::string text = quoted + quoted.substr(1);
  std::vector<Document> documents(1);
  documents[0].id.text = "a";
  documents[0].text = text;
  PassagesOptions options;
  options.self = true;
  const auto source = NewMemorySource(documents);
  const auto result = FindPassages(options, source.get());
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->passages.size(), 1U);
  EXPECT_EQ(result->passages[0].kind, PassageKind::kSelf);
  EXPECT_LE(result->passages[0].a_span.end, result->passages[0].b_span.begin);
}

}  // namespace
}  // namespace wirecopy
