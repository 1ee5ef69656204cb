// The passages of corpus/newsroom are those that its truth lists, to the
// character.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/parsed_json.h"
#include "tests/support/passage_corpus.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passages.h"

namespace wirecopy {

// Where gtest looks for it.
inline void PrintTo(const OffsetSpan& span, std::ostream* out) {
  *out << "[" << span.begin << ", " << span.end << ")";
}

namespace {

using oracle::FindInNewsroom;
using oracle::NewsroomPassages;
using oracle::ReadTruth;
using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

// A document, begin, end.
using Side = std::tuple<std::string, size_t, size_t>;
// The lesser side first, and the kind.
using Record = std::tuple<Side, Side, std::string>;

Record MakeRecord(Side a, Side b, const std::string& kind) {
  return a < b ? Record(a, b, kind) : Record(b, a, kind);
}

std::string NameOf(PassageKind kind) {
  static constexpr const char* kNames[] = {"copy", "quotation", "shared",
                                           "boilerplate", "self"};
  return kNames[static_cast<size_t>(kind)];
}

// One line of the truth has the full stop that ends a pull quote, where the
// quotation itself goes on after a comma. That mark is not in both texts, so
// wirecopy leaves it out.
const Record kWithFullStop = {{"lighthouse-chronicle", 375, 475},
                              {"lighthouse-chronicle", 571, 672},
                              "self"};
const Record kWithoutFullStop = {{"lighthouse-chronicle", 375, 475},
                                 {"lighthouse-chronicle", 571, 671},
                                 "self"};

std::set<Record> Truth() {
  std::set<Record> records;
  for (const rapidjson::Document& line : ReadTruth("passages.jsonl")) {
    const auto side = [&line](const std::string& name) {
      return Side(line[name.c_str()].GetString(),
                  line[(name + "_begin").c_str()].GetUint64(),
                  line[(name + "_end").c_str()].GetUint64());
    };
    records.insert(
        MakeRecord(side("copy"), side("source"), line["kind"].GetString()));
  }
  return records;
}

std::set<Record> RecordsOf(const NewsroomPassages& newsroom) {
  std::set<Record> records;
  for (const ReusedPassage& passage : newsroom.found.passages) {
    const auto side = [&newsroom](uint32_t document, OffsetSpan span) {
      return Side(newsroom.corpus->Id(document).text, span.begin, span.end);
    };
    records.insert(MakeRecord(side(passage.a, passage.a_span),
                              side(passage.b, passage.b_span),
                              NameOf(passage.kind)));
  }
  return records;
}

PassagesOptions WithSelf(bool all_pairs) {
  PassagesOptions options;
  options.all_pairs = all_pairs;
  options.self = true;
  return options;
}

// Also without all_pairs: no text here has so many copies that pairs of them
// would be left out.
TEST(PassagesNewsroomTest, PassagesAreTheTruthToTheCharacter) {
  std::set<Record> expected = Truth();
  ASSERT_EQ(expected.size(), 121U);
  ASSERT_THAT(expected, Contains(kWithFullStop));
  expected.erase(kWithFullStop);
  expected.insert(kWithoutFullStop);
  for (const bool all_pairs : {true, false}) {
    const NewsroomPassages newsroom = FindInNewsroom(WithSelf(all_pairs));
    EXPECT_EQ(newsroom.found.passages.size(), expected.size());
    EXPECT_EQ(RecordsOf(newsroom), expected) << "all pairs " << all_pairs;
  }
}

TEST(PassagesNewsroomTest, WithoutSelfTheRestIsTheSame) {
  std::set<Record> expected =
      RecordsOf(FindInNewsroom(WithSelf(/*all_pairs=*/true)));
  const size_t all = expected.size();
  std::erase_if(expected, [](const Record& record) {
    return std::get<2>(record) == "self";
  });
  EXPECT_EQ(expected.size(), all - 2);
  EXPECT_EQ(RecordsOf(FindInNewsroom(oracle::AllPairs())), expected);
}

// Independent reports of one event, and articles that have nothing to do with
// each other.
TEST(PassagesNewsroomTest, UnrelatedArticlesShareBoilerplateAtMost) {
  std::set<std::pair<std::string, std::string>> related;
  for (const rapidjson::Document& line : ReadTruth("pairs.jsonl")) {
    related.emplace(line["a"].GetString(), line["b"].GetString());
    related.emplace(line["b"].GetString(), line["a"].GetString());
  }
  std::set<std::string> seen;
  for (const Record& record : RecordsOf(FindInNewsroom(oracle::AllPairs()))) {
    const auto& [a, b, kind] = record;
    const std::string& id_a = std::get<0>(a);
    const std::string& id_b = std::get<0>(b);
    seen.insert({id_a, id_b});
    if (kind != "boilerplate") {
      EXPECT_TRUE(related.contains({id_a, id_b})) << id_a << " " << id_b;
    }
  }
  EXPECT_THAT(seen, IsSupersetOf({"ferry-wire", "chess-beacon"}));
  for (const char* independent : {"ferry-islander", "orchard-ledger",
                                  "swifts-ledger", "observatory-note"}) {
    EXPECT_THAT(seen, Not(Contains(independent)));
  }
}

TEST(PassagesNewsroomTest, PassagesAreInOrderAndGroupsHoldThem) {
  const NewsroomPassages newsroom = FindInNewsroom(WithSelf(true));
  const auto& [passages, groups, lengths, stats] = newsroom.found;
  EXPECT_TRUE(std::is_sorted(
      passages.begin(), passages.end(),
      [](const ReusedPassage& x, const ReusedPassage& y) {
        return std::tuple(x.a, x.b, x.a_span.begin, x.b_span.begin) <
               std::tuple(y.a, y.b, y.a_span.begin, y.b_span.begin);
      }));
  // Of a place that several passages have, a member is the longest.
  const auto is_in = [](const PassageGroup& group, uint32_t document,
                        OffsetSpan span) {
    return std::any_of(group.members.begin(), group.members.end(),
                       [&](const PassageGroup::Member& member) {
                         return member.document == document &&
                                member.span.begin < span.end &&
                                span.begin < member.span.end;
                       });
  };
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (const ReusedPassage& passage : passages) {
    ASSERT_LT(passage.group, groups.size());
    const PassageGroup& group = groups[passage.group];
    EXPECT_TRUE(is_in(group, passage.a, passage.a_span));
    EXPECT_TRUE(is_in(group, passage.b, passage.b_span));
    if (passage.a != passage.b) pairs.insert({passage.a, passage.b});
  }
  EXPECT_EQ(stats.pairs, pairs.size());
  EXPECT_EQ(stats.capped_fingerprints, 0U);
  EXPECT_EQ(lengths.size(), newsroom.corpus->size());
}

TEST(PassagesNewsroomTest, TheFirstOfAGroupIsTheEarliest) {
  const NewsroomPassages newsroom = FindInNewsroom(WithSelf(true));
  const Corpus& corpus = *newsroom.corpus;
  const auto key = [&corpus](const PassageGroup::Member& member) {
    const auto published = corpus.Published(member.document);
    return std::tuple(!published, published.value_or(absl::Time()),
                      corpus.Id(member.document).text);
  };
  size_t later = 0;
  for (const PassageGroup& group : newsroom.found.groups) {
    ASSERT_GE(group.members.size(), 2U);
    ASSERT_LT(group.first, group.members.size());
    if (group.first != 0) ++later;
    for (size_t i = 0; i < group.members.size(); ++i) {
      EXPECT_LE(key(group.members[group.first]), key(group.members[i]));
      if (i == 0) continue;
      const auto& before = group.members[i - 1];
      const auto& member = group.members[i];
      EXPECT_LT(std::tuple(before.document, before.span.begin),
                std::tuple(member.document, member.span.begin));
    }
  }
  // The input is not in the order of dates, so that this shows something.
  EXPECT_GT(later, 3U);
}

// In all units, the same stretches of the texts.
TEST(PassagesNewsroomTest, UnitsAgree) {
  PassagesOptions options = WithSelf(true);
  options.offsets = OffsetUnit::kByte;
  const NewsroomPassages bytes = FindInNewsroom(options);
  for (const OffsetUnit unit : {OffsetUnit::kCodePoint, OffsetUnit::kUtf16}) {
    options.offsets = unit;
    const NewsroomPassages units = FindInNewsroom(options);
    ASSERT_EQ(units.found.passages.size(), bytes.found.passages.size());
    std::map<uint32_t, size_t> lengths;
    const auto reader = bytes.corpus->NewReader();
    const auto expect = [&](uint32_t document, OffsetSpan in_bytes,
                            OffsetSpan in_units) {
      const std::string_view text = reader->Text(document);
      const OffsetConverter converter(text);
      EXPECT_EQ(in_units, (OffsetSpan{converter.Convert(in_bytes.begin, unit),
                                      converter.Convert(in_bytes.end, unit)}));
      lengths[document] = converter.Convert(text.size(), unit);
      EXPECT_EQ(bytes.found.lengths[document], text.size());
    };
    for (size_t i = 0; i < units.found.passages.size(); ++i) {
      const ReusedPassage& x = bytes.found.passages[i];
      const ReusedPassage& y = units.found.passages[i];
      expect(x.a, x.a_span, y.a_span);
      expect(x.b, x.b_span, y.b_span);
    }
    for (uint32_t d = 0; d < units.corpus->size(); ++d) {
      EXPECT_EQ(units.found.lengths[d], lengths[d]) << d;
    }
    ASSERT_EQ(units.found.groups.size(), bytes.found.groups.size());
    for (size_t g = 0; g < units.found.groups.size(); ++g) {
      const auto& members = units.found.groups[g].members;
      for (size_t i = 0; i < members.size(); ++i) {
        expect(members[i].document, bytes.found.groups[g].members[i].span,
               members[i].span);
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
