// Dates that say no more than the day, beside times of that day.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"
#include "wirecopy/trace.h"

namespace wirecopy {
namespace {

using oracle::Article;
using oracle::Articles;
using oracle::EdgesByName;
using oracle::IdsOf;
using oracle::LineageByName;
using oracle::NamedLineage;
using oracle::Prose;
using oracle::RunTrace;

constexpr absl::Duration kDay = absl::Hours(24);

absl::Time At(int day, absl::Duration time = absl::ZeroDuration()) {
  return absl::FromUnixSeconds(1772496000) + day * kDay + time;
}

Article DatedToTheDay(std::string id, std::string text, int day,
                      std::string publisher) {
  return {std::move(id), std::move(text), At(day), std::move(publisher), true};
}

// What an agency sent in the evening; what a paper that tells the day alone
// made of it; and a part of it with some words more, of the day after.
Articles EveningReport() {
  Prose prose(61);
  const std::string part = prose.Paragraph(5);
  const std::string report = "HARBOUR (Norwind News) - " + prose.Paragraph(4) +
                             "\n\n" + part + "\n\n" + prose.Paragraph(3);
  return {
      {"wire", report, At(0, absl::Hours(21) + absl::Minutes(5)),
       "Norwind News"},
      DatedToTheDay("reprint", report, 0, "Coast Herald"),
      {"post", "Norwind News reports. " + part + "\n\n" + prose.Paragraph(2),
       At(1, absl::Hours(8)), "Quay Blog"}};
}

TraceOptions WithoutDates() {
  TraceOptions options;
  options.use_dates = false;
  return options;
}

// Calls `check` with what is said of each order of the articles.
template <typename Check>
void ForAllOrders(const TraceOptions& options, Articles articles, Check check) {
  const auto by_id = [](const Article& x, const Article& y) {
    return x.id < y.id;
  };
  std::sort(articles.begin(), articles.end(), by_id);
  do {
    const TraceResult trace = RunTrace(options, articles);
    check(EdgesByName(trace, IdsOf(articles)),
          LineageByName(trace, IdsOf(articles)));
  } while (std::next_permutation(articles.begin(), articles.end(), by_id));
}

void ExpectWireIsTheSource(const TraceOptions& options,
                           const Articles& articles) {
  ForAllOrders(options, articles, [&](const auto& edges, const auto& lineage) {
    EXPECT_EQ(edges.at({"reprint", "wire"}).source, "wire");
    ASSERT_EQ(lineage.size(), articles.size());
    for (const auto& [id, record] : lineage) {
      EXPECT_EQ(record.origin, "wire") << id;
      EXPECT_EQ(record.parent, id == "wire" ? "" : "wire") << id;
    }
  });
}

TEST(TraceDatesTest, TheDayOfAReprintIsNotItsMidnight) {
  ExpectWireIsTheSource({}, EveningReport());
}

TEST(TraceDatesTest, UndatedCopiesChangeNothing) {
  Articles articles = EveningReport();
  for (const char* id : {"undated", "undated too"}) {
    articles.push_back({id, articles[0].text, {}, ""});
  }
  ExpectWireIsTheSource({}, articles);
}

// Where all are of one day, and without dates, the credit is all that tells.
TEST(TraceDatesTest, CreditsTellWhereDatesDoNot) {
  Articles articles = EveningReport();
  ExpectWireIsTheSource(WithoutDates(), articles);
  articles[2].published = articles[1].published;
  articles[2].published_is_uncertain = true;
  ExpectWireIsTheSource({}, articles);
}

// The agency's own report is no copy of an absent one, and copies of it have it
// from there, though no date says so.
TEST(TraceDatesTest, AnAgencyThatIsHereIsTheSource) {
  Articles articles = EveningReport();
  for (Article& article : articles) {
    absl::StrReplaceAll({{"Norwind News", "Reuters"}}, &article.text);
  }
  articles[0].publisher = "Reuters";
  // As its own dateline says, the third has it from there as well.
  articles[2].text = articles[0].text.substr(0, articles[0].text.rfind('\n'));
  ExpectWireIsTheSource(WithoutDates(), articles);
}

// Without a credit nothing tells which of the two was first. A part of theirs
// that is later than both is no source of either.
TEST(TraceDatesTest, WhatOverlapsIsUndecided) {
  Articles articles = EveningReport();
  for (Article& article : articles) {
    article.text.erase(0, article.text.find(' ', 12));
    article.publisher = "";
  }
  ForAllOrders({}, articles, [](const auto& edges, const auto& lineage) {
    EXPECT_EQ(edges.at({"reprint", "wire"}).source, "");
    EXPECT_EQ(lineage.at("wire").status, LineageStatus::kUndecided);
    EXPECT_EQ(lineage.at("reprint").status, LineageStatus::kUndecided);
    EXPECT_EQ(lineage.at("post").status, LineageStatus::kCopy);
  });
}

// Days that do not overlap are as good as times.
TEST(TraceDatesTest, AnotherDayIsBeforeOrBehind) {
  for (const int day : {-1, 1}) {
    Articles articles = EveningReport();
    articles[1].published = At(day);
    articles[0].publisher = "";  // whom nobody can credit
    articles[2].published = At(3);
    ForAllOrders({}, articles, [day](const auto& edges, const auto& lineage) {
      const std::string first = day < 0 ? "reprint" : "wire";
      EXPECT_EQ(edges.at({"reprint", "wire"}).source, first);
      for (const auto& [id, record] : lineage) {
        EXPECT_EQ(record.origin, first) << id;
      }
    });
  }
}

}  // namespace
}  // namespace wirecopy
