#include "report/xml_text.h"

#include <gtest/gtest.h>

#include <string>

#include "report/characters.h"
#include "tests/support/trace_samples.h"
#include "tests/support/xml_reader.h"

namespace wirecopy {
namespace {

using oracle::ReadXml;

std::string File(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body;
}

TEST(XmlTextTest, Escapes) {
  EXPECT_EQ(XmlText("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(XmlText("\t\r\n"), "&#9;&#13;&#10;");
  EXPECT_EQ(XmlText(std::string("\0\x1f", 2)), "\u2400\u241f");
  EXPECT_EQ(XmlText("\xff"), "\ufffd");
  EXPECT_EQ(XmlText("\u202e\u200f"), "\u202e\u200f");
}

// As an attribute and as an element, any character there is.
TEST(XmlTextTest, IsReadBack) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c <= 0xFFFF ? 1 : 1021) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "]]";
    AppendCharacter(c, &text);
    text += '>';
    std::string expected = "]]";
    AppendCharacter(InXml(c), &expected);
    expected += '>';
    const std::string xml = XmlText(text);
    const auto read = ReadXml(File("<e a=\"" + xml + "\">" + xml + "</e>"));
    ASSERT_TRUE(read) << static_cast<uint32_t>(c);
    ASSERT_EQ(read->text, expected);
    ASSERT_EQ(read->attributes.at("a"), expected);
  }
}

// The check of the files can fail.
TEST(XmlTextTest, TheReaderRefusesWhatIsIllFormed) {
  EXPECT_TRUE(ReadXml(File("<e><f a=\"1\"/>x</e>")));
  for (const char* bad :
       {"<e>", "<e></f>", "<e>&</e>", "<e>&nbsp;</e>", "<e>\x01</e>",
        "<e>&#1;</e>", "<e>\xff</e>", "<e>\uffff</e>", "<e>]]></e>",
        "<e a=\"1\" a=\"2\"/>", "<e a=\"<\"/>", "<e a=1/>", "<e/><f/>"}) {
    EXPECT_FALSE(ReadXml(File(bad))) << bad;
  }
}

}  // namespace
}  // namespace wirecopy
