#include "report/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

ComparisonRecord Record() {
  return {"x.txt", "y.txt", 0.5, 0.75, 0.6, 30, 40, 24, 30, 18, "word", 5};
}

ComparisonRecord RecordWithPassages() {
  ComparisonRecord record = Record();
  PassageView first;
  first.bytes = {{0, 90}, {10, 100}};
  first.places = {{0, 80}, {10, 90}};
  first.words = 12;
  first.edits = 4;
  first.identity = 0.75;
  PassageView second = first;
  second.places = {{100, 180}, {200, 280}};
  second.words = 3;
  second.edits = 0;
  second.identity = 1;
  record.passages = {first, second};
  return record;
}

TEST(ComparisonTest, LineAndText) {
  const ComparisonRecord record = Record();
  EXPECT_EQ(ComparisonLine(record),
            R"({"a":"x.txt","b":"y.txt","jaccard":0.5,"containment_a":0.75,)"
            R"("containment_b":0.6,"tokens_a":30,"tokens_b":40,)"
            R"("shingles_a":24,"shingles_b":30,"shared_shingles":18,)"
            R"("shingle_unit":"word","shingle_size":5,"passages":[]})"
            "\n");
  EXPECT_EQ(ComparisonText(record),
            "A  x.txt: 30 words, 24 distinct shingles\n"
            "B  y.txt: 40 words, 30 distinct shingles\n"
            "resemblance  0.5000  (18 shared shingles of 5 words, of 36 in "
            "all)\n"
            "A in B       0.7500\n"
            "B in A       0.6000\n");
  ComparisonRecord characters = record;
  characters.shingle_unit = "char";
  EXPECT_THAT(ComparisonText(characters),
              HasSubstr("A  x.txt: 30 characters, 24 distinct shingles\n"));
}

TEST(ComparisonTest, LineWithPassages) {
  ComparisonRecord record = RecordWithPassages();
  const std::string passages =
      R"("passages":[{"a_begin":0,"a_end":80,"b_begin":10,"b_end":90,)"
      R"("words":12,"edits":4,"identity":0.75,"kind":"copy"},)"
      R"({"a_begin":100,"a_end":180,"b_begin":200,"b_end":280,)"
      R"("words":3,"edits":0,"identity":1.0,"kind":"copy"}]})"
      "\n";
  EXPECT_THAT(ComparisonLine(record),
              EndsWith(R"("shingle_size":5,)" + passages));
  record.offset_unit = "utf16";
  EXPECT_THAT(ComparisonLine(record),
              EndsWith(R"("shingle_size":5,"offsets":"utf16",)" + passages));
}

TEST(ComparisonTest, TextCountsPassages) {
  EXPECT_THAT(ComparisonText(RecordWithPassages()),
              EndsWith("\npassages     2       (15 words the same)\n"));
}

TEST(ComparisonTest, WhyThereAreNoPassages) {
  ComparisonRecord record = Record();
  record.least_words = 12;
  record.least_fragment = 12;
  EXPECT_EQ(NoPassagesText(record),
            "no passages: nothing of 12 words in a row is in both");
  record.least_fragment = 15;
  EXPECT_EQ(NoPassagesText(record),
            "no passages: nothing long enough is in both (12 words in a row, "
            "or 15 where they begin or end amid a sentence, and not all of "
            "them short)");
}

}  // namespace
}  // namespace wirecopy
