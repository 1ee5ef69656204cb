#include "passage/quotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/utf8_oracle.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Quotations(std::string_view text) {
  std::vector<ByteSpan> spans;
  FindQuotations(text, &spans);
  std::vector<std::string> quotations;
  for (const ByteSpan& span : spans) {
    quotations.emplace_back(text.substr(span.begin, span.end - span.begin));
  }
  return quotations;
}

// --- English -----------------------------------------------------------------

TEST(QuotationTest, StraightMarks) {
  EXPECT_THAT(Quotations(R"("We sail," he said. "At dawn.")"),
              ElementsAre("We sail,", "At dawn."));
  EXPECT_THAT(Quotations(R"(The ("so-called") "ferry"-boat: "gone".)"),
              ElementsAre("so-called", "ferry", "gone"));
  EXPECT_THAT(Quotations(R"(He said "...and then what?" --"Nothing.")"),
              ElementsAre("...and then what?", "Nothing."));
}

TEST(QuotationTest, CurlyMarks) {
  EXPECT_THAT(Quotations("“We sail,” he said. “At dawn.”"),
              ElementsAre("We sail,", "At dawn."));
  EXPECT_THAT(Quotations("He was—“well”—gone, (“so”) they said"),
              ElementsAre("well", "so"));
}

TEST(QuotationTest, NestedOnesBelongToTheOuter) {
  EXPECT_THAT(Quotations("“He called it ‘a wreck’ twice,” she said."),
              ElementsAre("He called it ‘a wreck’ twice,"));
  EXPECT_THAT(Quotations("“He called it “a wreck” twice,” she said."),
              ElementsAre("He called it “a wreck” twice,"));
  EXPECT_THAT(Quotations(R"("He called it "a wreck" twice," she said.)"),
              ElementsAre(R"(He called it "a wreck" twice,)"));
  EXPECT_THAT(Quotations(R"("It is 'not' so," and “yes "no" yes”)"),
              ElementsAre("It is 'not' so,", "yes \"no\" yes"));
}

TEST(QuotationTest, ApostrophesWithinDoubleMarks) {
  EXPECT_THAT(Quotations("“The boys’ boat isn’t here,” he said."),
              ElementsAre("The boys’ boat isn’t here,"));
  EXPECT_THAT(Quotations("‘em all “the old boys’ club” and ‘90s’ music"),
              ElementsAre("the old boys’ club"));
}

TEST(QuotationTest, UnbalancedMarksSwallowNothing) {
  EXPECT_THAT(Quotations(R"("No end here. And then "this" came.)"),
              ElementsAre("this"));
  EXPECT_THAT(Quotations(R"(No start," he said. "Yes there is.")"),
              ElementsAre("Yes there is."));
  EXPECT_THAT(Quotations("“No end here.\n\nAnother paragraph, “quoted”."),
              ElementsAre("quoted"));
  EXPECT_THAT(Quotations("\"No end here.\n\nAnother paragraph.\"\n\nEnd"),
              IsEmpty());
  EXPECT_THAT(Quotations("“no end"), IsEmpty());
  EXPECT_THAT(Quotations("no start”"), IsEmpty());
  EXPECT_THAT(Quotations("\"“”\""), ElementsAre("“”"));
  EXPECT_THAT(Quotations("\"\" and “”"), IsEmpty());
}

TEST(QuotationTest, InchesAndMinutesAreNoMarks) {
  EXPECT_THAT(Quotations(R"(He is 5' 10" tall. The other is 6' 2" tall.)"),
              IsEmpty());
  EXPECT_THAT(Quotations(R"(A 12" pipe, he said: "It leaks." A 10" one.)"),
              ElementsAre("It leaks."));
  EXPECT_THAT(Quotations(R"("It is 12" by 14" wide," he said. "Really.")"),
              ElementsAre(R"(It is 12" by 14" wide,)", "Really."));
  EXPECT_THAT(Quotations(R"(In "Area 51" and "Apollo 11" they ate.)"),
              ElementsAre("Area 51", "Apollo 11"));
  EXPECT_THAT(Quotations("a 12” pipe, “12” wide,” they said"),
              ElementsAre("12” wide,"));
  EXPECT_THAT(Quotations(R"(a 3½" and a 12"x14" board)"), IsEmpty());
}

TEST(QuotationTest, SingleMarksOfSeveralWords) {
  EXPECT_THAT(Quotations("‘We sail at dawn,’ he said. ‘All of us.’"),
              ElementsAre("We sail at dawn,", "All of us."));
  EXPECT_THAT(Quotations("‘She said “no way” twice,’ he wrote."),
              ElementsAre("She said “no way” twice,"));
  EXPECT_THAT(Quotations("‘We like the boys’ boat,’ he said."),
              ElementsAre("We like the boys’ boat,"));
  EXPECT_THAT(Quotations("a ‘ferry’ of the boys’ and it’s rock ‘n’ roll"),
              IsEmpty());
  EXPECT_THAT(Quotations("the ‘90s and the boys’ houses; ‘tis their’s’ too"),
              IsEmpty());
}

TEST(QuotationTest, StraightSingleMarksAndPrimesAreNone) {
  EXPECT_THAT(Quotations("'We sail at dawn,' he said. It's 5′ 10″ deep."),
              IsEmpty());
}

TEST(QuotationTest, TexMarks) {
  EXPECT_THAT(Quotations("He said ``go home'' and ```code''' it."),
              ElementsAre("go home"));
}

TEST(QuotationTest, MarksOfMailAreNone) {
  EXPECT_THAT(Quotations("> we sail at dawn\n> said he\n\nOh \"really\"?"),
              ElementsAre("really"));
}

// --- paragraphs --------------------------------------------------------------

TEST(QuotationTest, ParagraphsThatBeginWithTheMarkGoOn) {
  EXPECT_THAT(Quotations("“One and\ntwo.\n\n“Three.\n\n“Four,” he said."),
              ElementsAre("One and\ntwo.", "Three.", "Four,"));
  EXPECT_THAT(Quotations("\"One.\r\n\r\n  \"Two,\" he said."),
              ElementsAre("One.\r", "Two,"));
  EXPECT_THAT(Quotations("« Un.\n\n» Deux.\n\n« Trois », dit-il."),
              ElementsAre(" Un.", " Deux.", " Trois "));
  EXPECT_THAT(Quotations("”Ett.\n\n”Två”, sade han."),
              ElementsAre("Ett.", "Två"));
}

TEST(QuotationTest, LinesBrokenToAWidthAreOneParagraph) {
  EXPECT_THAT(Quotations("He said: \"We\nsail at\ndawn.\" Then\nhe left."),
              ElementsAre("We\nsail at\ndawn."));
}

TEST(QuotationTest, LongLinesAreParagraphs) {
  const std::string filler(200, 'x');
  EXPECT_THAT(Quotations("He said: “We sail\nat dawn.” And “so”\n" + filler),
              ElementsAre("so"));
  EXPECT_THAT(Quotations("He said: “We sail.\n“At dawn.” So\n" + filler),
              ElementsAre("We sail.", "At dawn."));
}

// --- other languages ---------------------------------------------------------

TEST(QuotationTest, French) {
  EXPECT_THAT(Quotations("« Nous partons », dit-il. «Demain.»"),
              ElementsAre(" Nous partons ", "Demain."));
  // No-break spaces, narrow and wide; an apostrophe and brackets in front.
  EXPECT_THAT(Quotations("d’«\u00A0exemple\u00A0» («\u202Fun\u202F»)"),
              ElementsAre("\u00A0exemple\u00A0", "\u202Fun\u202F"));
  EXPECT_THAT(Quotations("d’« exemple » et l’« autre » (« encore »)."),
              ElementsAre(" exemple ", " autre ", " encore "));
  EXPECT_THAT(Quotations("« Il a dit “non” et « oui » hier », dit-elle."),
              ElementsAre(" Il a dit “non” et « oui » hier "));
  EXPECT_THAT(Quotations("l'\"exemple\" de l’“autre”"),
              ElementsAre("exemple", "autre"));
  EXPECT_THAT(Quotations("» Plus de nouvelles « ici » et là"),
              ElementsAre(" ici "));
}

TEST(QuotationTest, German) {
  EXPECT_THAT(Quotations("„Wir fahren“, sagte er. „Morgen ‚ganz‘ früh.“"),
              ElementsAre("Wir fahren", "Morgen ‚ganz‘ früh."));
  EXPECT_THAT(Quotations("»Wir fahren«, sagte er. »Morgen ›früh‹.«"),
              ElementsAre("Wir fahren", "Morgen ›früh‹."));
  EXPECT_THAT(Quotations("„Wir fahren\", sagte er, und „so” weiter."),
              ElementsAre("Wir fahren", "so"));
}

TEST(QuotationTest, SwedishFinnishPolish) {
  EXPECT_THAT(Quotations("”Vi åker”, sade han. (”Nu.”)"),
              ElementsAre("Vi åker", "Nu."));
  EXPECT_THAT(Quotations("Hän sanoi: »Me lähdemme», ja »nyt»."),
              ElementsAre("Me lähdemme", "nyt"));
  EXPECT_THAT(Quotations("„Płyniemy” – powiedział. „Teraz «zaraz».”"),
              ElementsAre("Płyniemy", "Teraz «zaraz»."));
}

TEST(QuotationTest, Russian) {
  EXPECT_THAT(Quotations("«Мы плывём», — сказал он. Газета «Слово „дня“»."),
              ElementsAre("Мы плывём", "Слово „дня“"));
}

TEST(QuotationTest, Chinese) {
  EXPECT_THAT(Quotations("他说:“今天‘很’好。”《红楼梦》是书。“对”的。"),
              ElementsAre("今天‘很’好。", "对"));
  EXPECT_THAT(Quotations("他說:「今天『很』好。」又說「對」。"),
              ElementsAre("今天『很』好。", "對"));
  EXPECT_THAT(Quotations("他说\"今天很好\"的,又说:＂对＂。"),
              ElementsAre("今天很好", "对"));
  EXPECT_THAT(Quotations("他说”你好”。又说“……好，”他走了。"),
              ElementsAre("你好", "……好，"));
  EXPECT_THAT(Quotations("他说:“一。\n\n\u3000\u3000“二。”他走了。"),
              ElementsAre("一。", "二。"));
}

TEST(QuotationTest, Japanese) {
  EXPECT_THAT(Quotations("彼は「明日『出る』」と言った。〝本当〟に｢今｣か。"),
              ElementsAre("明日『出る』", "本当", "今"));
  EXPECT_THAT(Quotations("「閉じない。\n\n彼は「閉じた」。"),
              ElementsAre("閉じた"));
}

TEST(QuotationTest, Korean) {
  EXPECT_THAT(Quotations("그는 \"안녕\"이라고 말했다. “또 봐”라고."),
              ElementsAre("안녕", "또 봐"));
}

TEST(QuotationTest, Arabic) {
  EXPECT_THAT(Quotations("قال: «نبحر غدا»، ثم قال \"الآن\"."),
              ElementsAre("نبحر غدا", "الآن"));
  EXPECT_THAT(Quotations("قال: “نبحر غدا”، ثم «قال “لا” لهم»."),
              ElementsAre("نبحر غدا", "قال “لا” لهم"));
  // With marks of direction beside the marks.
  EXPECT_THAT(Quotations("قال \u200F\"نبحر غدا\"\u200F ثم"),
              ElementsAre("نبحر غدا"));
}

TEST(QuotationTest, Hebrew) {
  EXPECT_THAT(Quotations("דובר צה\"ל אמר: \"אנחנו יוצאים\" מחר."),
              ElementsAre("אנחנו יוצאים"));
  EXPECT_THAT(Quotations("דובר צה״ל אמר: ״צה״ל יוצא״ מחר."),
              ElementsAre("צה״ל יוצא"));
}

// --- any bytes ---------------------------------------------------------------

TEST(QuotationTest, EmptyAndBlankTexts) {
  for (const std::string_view text : {"", " ", "\n", "\n\n \n", "\"", "’"}) {
    EXPECT_THAT(Quotations(text), IsEmpty()) << text;
  }
}

TEST(QuotationTest, ReplacesWhatWasInTheVector) {
  std::vector<ByteSpan> spans = {{7, 9}};
  FindQuotations("none", &spans);
  EXPECT_THAT(spans, IsEmpty());
}

TEST(QuotationTest, IllFormedTextKeepsItsQuotations) {
  EXPECT_THAT(Quotations("\xE2\x80 “a\xFFz” \xC2\"b\xE2\" \xF0\x9F«c»"),
              ElementsAre("a\xFFz", "b\xE2", "c"));
}

std::vector<size_t> CharacterBorders(std::string_view text) {
  std::vector<size_t> is_border(text.size() + 1, 0);
  for (size_t i = 0; i < text.size();) {
    is_border[i] = 1;
    i = oracle::DecodeAt(text, i).end;
  }
  is_border[text.size()] = 1;
  return is_border;
}

TEST(QuotationTest, SpansOfRandomTextsAreInOrderAndOnBorders) {
  const std::string_view pieces[] = {
      "\"",       "“",          "”",      "„",     "‟",     "«",    "»",
      "‹",        "›",          "‘",      "’",     "‚",     "「",   "」",
      "『",       "』",         "＂",     "״",     "ש",     "``",   "''",
      "'",        "`",          "7",      "a",     "word ", " ",    "\n",
      "\n\n",     ".",          ",",      "(",     ")",     "—",    "水",
      "。",       "\u200F",     "\u202F", "\xE2",  "\x80",  "\xC2", "\xFF",
      "\xF0\x9F", "\U0001F40B", "s ",     "\u3000"};
  std::mt19937 random(11);
  std::vector<ByteSpan> spans;
  size_t found = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (size_t i = random() % 40; i > 0; --i) {
      text += pieces[random() % std::size(pieces)];
    }
    FindQuotations(text, &spans);
    found += spans.size();
    const std::vector<size_t> is_border = CharacterBorders(text);
    size_t last = 0;
    for (const ByteSpan& span : spans) {
      ASSERT_LE(last, span.begin) << text;
      ASSERT_LT(span.begin, span.end) << text;
      ASSERT_LE(span.end, text.size()) << text;
      ASSERT_TRUE(is_border[span.begin] && is_border[span.end]) << text;
      last = span.end;
    }
  }
  EXPECT_GT(found, 5000U);
}

// The least processor time of a few, in ticks of the clock, for a text of some
// opening pieces and as many closing ones.
double LeastTime(std::string_view opening, std::string_view closing,
                 size_t size) {
  std::string text;
  while (text.size() < size / 2) text += opening;
  while (text.size() < size) text += closing;
  double least = 1e9;
  for (int i = 0; i < 5; ++i) {
    const std::clock_t start = std::clock();
    Quotations(text);
    least = std::min(least, static_cast<double>(std::clock() - start));
  }
  return least;
}

// Eight times the text may take some eight times as long, not sixty-four.
TEST(QuotationTest, TroublesomeTextsTakeLinearTime) {
  constexpr size_t kSize = 16384;
  const std::string_view pieces[] = {
      "\"",     "“",    "”",  "(‘",    "’)", "a 12\" ", " \"a", "\u200F",
      "\u200B", "\x80", "「", "“\n\n", "''", "\xC2",    " ‘a",  "\xE2\x80"};
  for (const std::string_view opening : pieces) {
    for (const std::string_view closing : {"”", "’)", "\"", "x"}) {
      EXPECT_LT(LeastTime(opening, closing, 8 * kSize),
                32 * (LeastTime(opening, closing, kSize) + 1))
          << opening << closing;
    }
  }
}

}  // namespace
}  // namespace wirecopy
