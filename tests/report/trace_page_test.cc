#include "report/trace_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/content_policy.h"
#include "report/trace_data.h"
#include "tests/support/made_trace.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The contents of the elements that begin like this.
std::vector<std::string> Contents(const std::string& html,
                                  const std::string& opening,
                                  const std::string& closing) {
  std::vector<std::string> found;
  for (size_t i = html.find(opening); i != std::string::npos;
       i = html.find(opening, i + 1)) {
    const size_t begin = html.find('>', i) + 1;
    found.push_back(html.substr(begin, html.find(closing, begin) - begin));
  }
  return found;
}

rapidjson::Document Data(const std::string& html, const std::string& id) {
  const auto found =
      Contents(html, "<script type=\"application/json\" id=\"data-" + id + "\"",
               "</script>");
  EXPECT_EQ(found.size(), 1U);
  rapidjson::Document json;
  json.Parse(found[0].c_str(), found[0].size());
  EXPECT_FALSE(json.HasParseError()) << id;
  return json;
}

// As the language of scripts counts.
std::u16string Utf16(const std::string& utf8) {
  std::u16string out;
  for (size_t i = 0; i < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const int length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? byte : byte & (0x7FU >> length);
    for (int k = 1; k < length; ++k) c = (c << 6U) | (utf8[i + k] & 0x3FU);
    i += length;
    if (c >= 0x10000) {
      out += static_cast<char16_t>(0xD7C0 + (c >> 10U));
      out += static_cast<char16_t>(0xDC00 | (c & 0x3FFU));
    } else {
      out += static_cast<char16_t>(c);
    }
  }
  return out;
}

std::string Attribute(const std::string& html, const std::string& before) {
  const size_t begin = html.find(before) + before.size();
  return html.substr(begin, html.find('"', begin) - begin);
}

TEST(TracePage, PolicyNamesItsOwnScriptAndStyleAndNothingElse) {
  const std::string html = TracePage(oracle::MakeHostileTrace(), {});
  const auto scripts = Contents(html, "<script>", "</script>");
  const auto styles = Contents(html, "<style>", "</style>");
  ASSERT_EQ(scripts.size(), 1U);
  ASSERT_EQ(styles.size(), 1U);
  const std::string policy =
      Attribute(html, "http-equiv=\"Content-Security-Policy\" content=\"");
  EXPECT_EQ(policy, ContentPolicy(scripts[0], styles[0]));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(html, Not(HasSubstr(" style=\"")));
  // No element and no attribute of a document's making.
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_EQ(Contents(html, "<script", "</script>").size(), 4U);
}

// The SHA-256 of "abc", from the standard (FIPS 180-4).
TEST(ContentPolicy, IsBase64OfSha256) {
  EXPECT_THAT(ContentPolicy("abc", ""),
              HasSubstr("script-src 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD"
                        "/YfIAFa0='"));
}

TEST(TracePage, FetchesNothing) {
  const std::string html = TracePage(oracle::MakeDeskTrace(), {});
  for (const char* const attribute : {" src=", "@import", "<link", "fetch("}) {
    EXPECT_THAT(html, Not(HasSubstr(attribute)));
  }
  // Addresses of documents are in the data; a link is made when one is shown.
  EXPECT_THAT(html, Not(HasSubstr("href=\"http")));
}

TEST(TracePage, DataStaysWithinItsElements) {
  const std::string html = TracePage(oracle::MakeHostileTrace(), {});
  for (const std::string& json :
       Contents(html, "<script type=\"application/json\"", "</script>")) {
    for (const char* const character : {"<", ">", "&", "\u2028", "\u2029"}) {
      EXPECT_EQ(json.find(character), std::string::npos) << character;
    }
  }
}

TEST(TracePage, TextsComeBackAsTheyWere) {
  const TraceRecords records = oracle::MakeHostileTrace();
  const rapidjson::Document texts = Data(TracePage(records, {}), "texts");
  ASSERT_EQ(texts.Size(), records.documents.size());
  for (rapidjson::SizeType i = 0; i < texts.Size(); ++i) {
    EXPECT_EQ(std::string(texts[i].GetString(), texts[i].GetStringLength()),
              records.documents[i].text);
  }
}

TEST(TracePage, PassagesAreCountedInUtf16) {
  const TraceRecords records = oracle::MakeHostileTrace();
  const rapidjson::Document pairs = Data(TracePage(records, {}), "pairs");
  ASSERT_EQ(pairs.Size(), records.edges.size());
  size_t seen = 0;
  for (size_t e = 0; e < records.edges.size(); ++e) {
    const TraceEdgeRecord& edge = records.edges[e];
    const auto& passages =
        pairs[static_cast<rapidjson::SizeType>(e)]["passages"];
    for (rapidjson::SizeType p = 0; p < passages.Size(); ++p, ++seen) {
      const PassageView& view = records.passages[edge.first_passage + p].view;
      const std::string& a = records.documents[edge.a].text;
      const std::u16string whole = Utf16(a);
      const size_t begin = passages[p]["at"][0].GetUint64();
      const size_t end = passages[p]["at"][1].GetUint64();
      EXPECT_EQ(whole.substr(begin, end - begin),
                Utf16(a.substr(view.bytes.a.begin,
                               view.bytes.a.end - view.bytes.a.begin)));
      EXPECT_EQ(passages[p]["places"][3].GetUint64(), view.places.b.end);
      EXPECT_EQ(passages[p]["differs"].Size(), 4 * view.edits);
    }
  }
  EXPECT_GE(seen, 3U);
}

TEST(TracePage, SummaryCountsAndNames) {
  const std::string html = TracePage(oracle::MakeDeskTrace(), {});
  EXPECT_THAT(html, HasSubstr("Of 32 documents, 15 share text with another. "
                              "Copies make up 3 families."));
  EXPECT_THAT(html, HasSubstr("<strong>1 undecided</strong>"));
  EXPECT_THAT(html, HasSubstr("Tarnholm swing bridge closed</bdi></a>: "
                              "9 documents, from <bdi>Coast Wire</bdi>"));
  EXPECT_THAT(html, HasSubstr("2 documents, from 1 absent source"));
  EXPECT_THAT(html, HasSubstr("href=\"#doc=bridge-early\""));
  EXPECT_THAT(html, Not(HasSubstr("Left out")));
}

TEST(TracePage, SaysSoWhereDatesWereNotUsed) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.used_dates = false;
  EXPECT_THAT(TracePage(records, {}), HasSubstr("Dates were not used."));
}

TEST(TracePage, SaysWhatItLeavesOut) {
  TracePageOptions options;
  options.limits.documents = 100;
  const TraceRecords records = oracle::MakeLargeTrace(300, 20, 4);
  const std::string html = TracePage(records, options);
  EXPECT_THAT(html, HasSubstr("Of 317 documents, 300 share text"));
  const rapidjson::Document index = Data(html, "index");
  const size_t shown = index["documents"].Size();
  EXPECT_LE(shown, 100U);
  EXPECT_GT(shown, 60U);
  EXPECT_THAT(html, HasSubstr("Left out: " + std::to_string(300 - shown) +
                              " documents"));
}

TEST(TracePage, NothingFound) {
  TraceRecords records;
  records.documents_read = 3;
  const std::string html = TracePage(records, {});
  EXPECT_THAT(html, HasSubstr("None of the 3 documents shares text"));
  EXPECT_EQ(Data(html, "index")["documents"].Size(), 0U);
}

TEST(TracePage, ATitleIsText) {
  TracePageOptions options;
  options.title = "<b>&";
  EXPECT_THAT(TracePage({}, options), HasSubstr("<h1>&lt;b&gt;&amp;</h1>"));
}

DocumentId Text(const std::string& text) { return {false, text}; }

TEST(DocumentFragment, NoTwoIdsHaveTheSame) {
  EXPECT_EQ(DocumentFragment(Text("a b/c,#\u00e9")), "a%20b%2Fc%2C%23%C3%A9");
  EXPECT_EQ(DocumentFragment({true, "-12"}), "-12");
  EXPECT_EQ(DocumentFragment(Text("-12")), "%22-12%22");
  EXPECT_EQ(DocumentFragment(Text("\"-12\"")), "%22%22-12%22%22");
  EXPECT_EQ(DocumentFragment(Text("-")), "-");
  EXPECT_EQ(DocumentFragment(Text("")), "");
}

}  // namespace
}  // namespace wirecopy
