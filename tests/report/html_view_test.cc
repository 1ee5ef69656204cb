#include "report/html_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "report/characters.h"
#include "report/html_page.h"
#include "tests/support/passage_samples.h"

namespace wirecopy {
namespace {

using oracle::MakeRecord;
using oracle::MakeSample;
using oracle::PassageSample;
using ::testing::HasSubstr;
using ::testing::Not;

std::string View(const PassageSample& sample) {
  return HtmlView(MakeRecord(sample), sample.a, sample.b);
}

// The inside of the elements of class "text": A's, then B's.
std::vector<std::string> Sheets(const std::string& html) {
  std::vector<std::string> sheets;
  const std::string opening = "<div class=\"text\"";
  for (size_t i = html.find(opening); i != std::string::npos;
       i = html.find(opening, i + 1)) {
    const size_t begin = html.find('>', i) + 1;
    sheets.push_back(html.substr(begin, html.find("</div>", begin) - begin));
  }
  return sheets;
}

// What a browser shows of a sheet, without the numbers of passages. Checks
// that every element is closed where it should be.
std::string ShownText(const std::string& sheet) {
  std::string text;
  std::vector<std::string> open;
  for (size_t i = 0; i < sheet.size();) {
    if (sheet[i] == '<') {
      const size_t end = sheet.find('>', i);
      const bool closes = sheet[i + 1] == '/';
      const size_t name = i + (closes ? 2 : 1);
      const size_t name_end = std::min(sheet.find_first_of(" >", name), end);
      const std::string element = sheet.substr(name, name_end - name);
      if (closes) {
        EXPECT_FALSE(open.empty());
        if (open.empty()) return text;
        EXPECT_EQ(open.back(), element);
        open.pop_back();
      } else {
        open.push_back(element);
      }
      i = end + 1;
      continue;
    }
    const size_t end = std::min(sheet.find_first_of("<&", i + 1), sheet.size());
    std::string part = sheet.substr(i, end - i);
    for (const auto& [name, character] :
         {std::pair("&amp;", "&"), std::pair("&lt;", "<"),
          std::pair("&gt;", ">"), std::pair("&quot;", "\""),
          std::pair("&#39;", "'")}) {
      const std::string_view entity = name;
      if (part.compare(0, entity.size(), entity) == 0) {
        part = character + part.substr(entity.size());
        break;
      }
    }
    if (open.empty() || open.back() != "a") text += part;
    i = end;
  }
  EXPECT_TRUE(open.empty());
  return text;
}

TEST(HtmlViewTest, MarksPassagesAndWhatDiffersInThem) {
  const PassageSample sample = MakeSample(
      {{"x one two", "y one two"}, {" big ", " "}, {"three. z", "three. z"}}, 2,
      2);
  const std::vector<std::string> sheets = Sheets(View(sample));
  ASSERT_EQ(sheets.size(), 2U);
  EXPECT_EQ(sheets[0],
            "x <a class=\"n\" id=\"a1\" href=\"#b1\" data-p=\"1\" "
            "style=\"--c:var(--p0)\" aria-label=\"passage 1, to the other "
            "text\">1</a>"
            "<mark data-p=\"1\" style=\"--c:var(--p0)\">one two </mark>"
            "<mark data-p=\"1\" style=\"--c:var(--p0)\">"
            "<span class=\"e\">big</span></mark>"
            "<mark data-p=\"1\" style=\"--c:var(--p0)\"> three.</mark> z");
  EXPECT_THAT(sheets[1],
              HasSubstr("one two </mark><span class=\"z\"></span><mark"));
  EXPECT_THAT(sheets[1], HasSubstr("id=\"b1\" href=\"#a1\""));
}

TEST(HtmlViewTest, NothingInATextIsHtml) {
  const std::string evil =
      "</script><script>alert(1)</script> <img src=x onerror='a'> &lt; \"q\" "
      "</div> \x1b[0m\x01 <!-- ";
  PassageSample sample = MakeSample({{evil, evil}});
  ComparisonRecord record = MakeRecord(sample);
  record.a = "</title><b>.txt";
  const std::string html = HtmlView(record, sample.a, sample.b);
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
  EXPECT_THAT(html, Not(HasSubstr("<!-- ")));
  EXPECT_THAT(html, HasSubstr("<title>&lt;/title&gt;&lt;b&gt;.txt"));
  for (const char c : html) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
  ASSERT_EQ(Sheets(html).size(), 2U);
  EXPECT_THAT(ShownText(Sheets(html)[0]), HasSubstr("&lt; \"q\" </div>"));
}

TEST(HtmlViewTest, FetchesNothing) {
  const std::string html = View(MakeSample({{"one", "one"}}));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  for (const char* const outside :
       {"http:", "https:", "url(", "@import", "<link", " src="}) {
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  }
}

TEST(HtmlViewTest, TableAndFigures) {
  PassageSample sample = MakeSample({{"one two", "one two"}});
  sample.passage.places = {{10, 17}, {20, 27}};
  ComparisonRecord record = MakeRecord(sample);
  record.jaccard = 0.25;
  record.containment_a = 0.5;
  record.containment_b = 0.75;
  record.offset_unit = "byte";
  const std::string html = HtmlView(record, sample.a, sample.b);
  for (const char* const part :
       {"<dd>0.2500", "<dd>0.5000", "<dd>0.7500", "10\u201317", "20\u201327",
        "<td>1.000</td>", "Places are in bytes."}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
  record.passages.clear();
  EXPECT_THAT(HtmlView(record, sample.a, sample.b),
              HasSubstr(NoPassagesText(record)));
}

TEST(HtmlViewTest, LineBreaksOfAllSystems) {
  EXPECT_EQ(Html("a\r\nb\rc\n\td"), "a\nb\nc\n\td");
}

// Passages that lie over one another and what is in them come out as the text
// they were, each mark saying which passages it is of.
TEST(HtmlViewTest, PassagesMayOverlapAnyHow) {
  std::mt19937 random(9);
  for (int round = 0; round < 500; ++round) {
    const std::string text = "ab&\u00e9\n<\u6c34\u6c34 'd\" ef\U0001F40B gh.";
    std::vector<size_t> borders;
    for (size_t i = 0; i < text.size(); i += CharacterAt(text, i).length) {
      borders.push_back(i);
    }
    borders.push_back(text.size());
    const auto span = [&] {
      const size_t begin = random() % (borders.size() - 1);
      const size_t end = begin + 1 + random() % (borders.size() - 1 - begin);
      return TextSpan{borders[begin], borders[end]};
    };
    ComparisonRecord record = MakeRecord(MakeSample({{"", ""}}));
    record.passages.clear();
    for (size_t i = random() % 4; i > 0; --i) {
      PassageView passage;
      passage.bytes = {span(), span()};
      // Equal at both ends alone.
      const SpanPair& bytes = passage.bytes;
      passage.equal = {
          {{bytes.a.begin, bytes.a.begin}, {bytes.b.begin, bytes.b.begin}},
          {{bytes.a.end, bytes.a.end}, {bytes.b.end, bytes.b.end}}};
      record.passages.push_back(passage);
    }
    const std::vector<std::string> sheets =
        Sheets(HtmlView(record, text, text));
    ASSERT_EQ(sheets.size(), 2U);
    EXPECT_EQ(ShownText(sheets[0]), text);
    EXPECT_EQ(ShownText(sheets[1]), text);
  }
}

TEST(HtmlViewTest, MarksOfOverlappingPassagesNameBoth) {
  const std::string text = "0123456789";
  ComparisonRecord record = MakeRecord(MakeSample({{"", ""}}));
  PassageView first;
  first.bytes = {{0, 6}, {0, 6}};
  PassageView second;
  second.bytes = {{4, 10}, {4, 10}};
  record.passages = {first, second};
  const std::string sheet = Sheets(HtmlView(record, text, text))[0];
  EXPECT_THAT(sheet, HasSubstr("<mark data-p=\"1\" style=\"--c:var(--p0)\">"
                               "0123</mark>"));
  EXPECT_THAT(sheet, HasSubstr("<mark data-p=\"1 2\" class=\"many\" "
                               "style=\"--c:var(--p0);--d:var(--p1)\">"
                               "45</mark>"));
  EXPECT_THAT(sheet, HasSubstr("<mark data-p=\"2\" style=\"--c:var(--p1)\">"
                               "6789</mark>"));
}

}  // namespace
}  // namespace wirecopy
