// Who copied whom, from texts to edges, lineage and publishers.

#include "wirecopy/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::Day;
using oracle::EdgesByName;
using oracle::IdsOf;
using oracle::LineageByName;
using oracle::Prose;
using oracle::RunTrace;
using testing::UnorderedElementsAre;

// An article, a copy without its end that has an ending of its own, and one
// that nobody copied.
Articles Copied() {
  Prose prose(7);
  std::string kept;
  for (int i = 0; i < 4; ++i) kept += prose.Paragraph() + "\n\n";
  return {{"wire", kept + prose.Paragraph(), Day(1), "Wire"},
          {"other", prose.Paragraph(), Day(2), "Post"},
          {"copy", kept + prose.Paragraph(), Day(3), "Post"}};
}

TEST(TraceTest, DatedCopyHasItsSource) {
  const Articles articles = Copied();
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  const TraceEdge& edge = trace.edges[0];
  EXPECT_EQ(edge.a, 0U);
  EXPECT_EQ(edge.b, 2U);
  EXPECT_EQ(edge.source, 0U);
  EXPECT_GT(edge.confidence, 0.9);
  EXPECT_EQ(edge.relation, Relation::kRepublication);
  EXPECT_EQ(edge.words, 4 * 3 * 14U);
  EXPECT_NEAR(edge.a_coverage, 0.8, 0.001);
  EXPECT_NEAR(edge.b_coverage, 0.8, 0.001);
  const auto lineage = LineageByName(trace, IdsOf(articles));
  ASSERT_EQ(lineage.size(), 2U);
  EXPECT_EQ(lineage.at("wire").status, LineageStatus::kRoot);
  EXPECT_EQ(lineage.at("wire").origin, "wire");
  EXPECT_EQ(lineage.at("copy").status, LineageStatus::kCopy);
  EXPECT_EQ(lineage.at("copy").parent, "wire");
  EXPECT_EQ(lineage.at("copy").origin, "wire");
  EXPECT_EQ(trace.families, 1U);
  ASSERT_EQ(trace.publishers.size(), 1U);
  EXPECT_EQ(trace.publishers[0].source, "Wire");
  EXPECT_EQ(trace.publishers[0].copy, "Post");
  EXPECT_EQ(trace.publishers[0].documents, 1U);
  EXPECT_EQ(trace.publishers[0].median_delay, absl::Hours(48));
}

TEST(TraceTest, EvidenceAddsUpToTheConfidence) {
  for (const bool use_dates : {true, false}) {
    TraceOptions options;
    options.use_dates = use_dates;
    for (const TraceEdge& edge :
         RunTrace(options, oracle::RandomArticles(3, 400, 60)).edges) {
      double sum = 0;
      for (const Evidence& evidence : edge.evidence) {
        EXPECT_NE(evidence.weight, 0) << evidence.feature;
        EXPECT_FALSE(evidence.detail.empty()) << evidence.feature;
        EXPECT_TRUE(use_dates || evidence.feature != "clock");
        sum += evidence.weight;
      }
      EXPECT_NEAR(edge.confidence, 1 / (1 + std::exp(-std::abs(sum))), 1e-12);
      if (!edge.source) continue;
      EXPECT_EQ(*edge.source, sum > 0 ? edge.a : edge.b);
    }
  }
}

TEST(TraceTest, PassagesSayWhatTheirEdgeSays) {
  const TraceResult trace = RunTrace({}, oracle::RandomArticles(5, 400, 80));
  ASSERT_GT(trace.edges.size(), 20U);
  std::vector<bool> is_of_edge(trace.passages.passages.size());
  for (const TraceEdge& edge : trace.edges) {
    ASSERT_LT(edge.first_passage, edge.last_passage);
    for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
      const ReusedPassage& passage = trace.passages.passages[i];
      EXPECT_EQ(passage.a, edge.a);
      EXPECT_EQ(passage.b, edge.b);
      if (passage.kind == PassageKind::kBoilerplate) continue;
      is_of_edge[i] = true;
      EXPECT_EQ(trace.passage_sources[i], edge.source);
      EXPECT_EQ(trace.passage_confidences[i], edge.confidence);
    }
  }
  for (size_t i = 0; i < is_of_edge.size(); ++i) {
    if (is_of_edge[i]) continue;
    EXPECT_EQ(trace.passages.passages[i].kind, PassageKind::kBoilerplate);
    EXPECT_FALSE(trace.passage_sources[i]);
    EXPECT_EQ(trace.passage_confidences[i], 0.5);
  }
}

// Which of two texts is the older one, nobody knows, however many have each;
// and what is said of one document is said of its twin.
TEST(TraceTest, EqualTextsHaveTheSameAnswers) {
  Prose prose(43);
  const std::string text = prose.Paragraph();
  const Articles articles = {{"one", text, {}, ""},
                             {"two", text, {}, ""},
                             {"odd", text + " Indeed so.", {}, ""}};
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 3U);
  for (const TraceEdge& edge : trace.edges) {
    EXPECT_FALSE(edge.source);
    EXPECT_NE(edge.relation, Relation::kCommonSource);
  }
  EXPECT_EQ(trace.edges[1].confidence, trace.edges[2].confidence);
  for (const LineageRecord& record : trace.lineage) {
    EXPECT_EQ(record.status, LineageStatus::kUndecided);
    EXPECT_FALSE(record.runners_up.empty());
  }
  // A third that is dated does not tell of an undated one, either.
  const TraceResult dated = RunTrace({}, Articles{{"wire", text, Day(1), ""},
                                                  {"later", text, Day(3), ""},
                                                  {"when", text, {}, ""}});
  for (const TraceEdge& edge : dated.edges) {
    EXPECT_EQ(edge.source.has_value(), edge.b == 1) << edge.a << " " << edge.b;
  }
}

// Equal texts of which nobody knows the dates say nothing of one another.
TEST(TraceTest, EqualUndatedTextsAreUndecided) {
  Prose prose(41);
  const std::string text = prose.Paragraph();
  for (const std::optional<absl::Time>& day :
       {std::optional<absl::Time>(), std::optional(Day(1))}) {
    const TraceResult trace =
        RunTrace({}, Articles{{"one", text, day, ""}, {"two", text, day, ""}});
    ASSERT_EQ(trace.edges.size(), 1U);
    EXPECT_FALSE(trace.edges[0].source);
    ASSERT_EQ(trace.lineage.size(), 2U);
    for (const LineageRecord& record : trace.lineage) {
      EXPECT_EQ(record.status, LineageStatus::kUndecided);
      EXPECT_TRUE(record.parents.empty());
      EXPECT_FALSE(record.origin);
    }
    EXPECT_TRUE(trace.publishers.empty());
  }
}

// However many: none of them is first because it stands first in the input.
TEST(TraceTest, ManyEqualTextsAreUndecided) {
  Prose prose(43);
  const std::string text = prose.Paragraph();
  for (const size_t size : {3, 5, 150}) {
    Articles articles;
    for (size_t i = 0; i < size; ++i) {
      articles.push_back({absl::StrCat("copy", i), text, Day(1), ""});
    }
    TraceResult trace = RunTrace({}, articles);
    ASSERT_EQ(trace.lineage.size(), size);
    for (const LineageRecord& record : trace.lineage) {
      EXPECT_EQ(record.status, LineageStatus::kUndecided);
      EXPECT_TRUE(record.parents.empty());
      EXPECT_EQ(record.runners_up.size(),
                size > 100 ? 0U : std::min<size_t>(size - 1, 3));
      EXPECT_EQ(record.family, trace.lineage[0].family);
    }
    // A date tells.
    articles[size / 2].published = Day(0);
    trace = RunTrace({}, articles);
    EXPECT_EQ(trace.lineage[size / 2].status, LineageStatus::kRoot);
    EXPECT_EQ(trace.lineage[0].status, LineageStatus::kCopy);
  }
}

TEST(TraceTest, RepeatsAreListedWhenAskedFor) {
  Prose prose(43);
  const std::string said = prose.Paragraph();
  TraceOptions options;
  options.passages.self = true;
  const TraceResult trace = RunTrace(
      options,
      Articles{
          {"one", said + "\n\n" + prose.Paragraph() + "\n\n" + said, {}, ""}});
  ASSERT_EQ(trace.passages.passages.size(), 1U);
  EXPECT_EQ(trace.passages.passages[0].kind, PassageKind::kSelf);
  EXPECT_TRUE(trace.edges.empty());
}

// By ids, whatever the order and the threads.
TEST(TraceTest, OrderAndThreadsChangeNothing) {
  const Articles articles = oracle::RandomArticles(11, 400, 80);
  for (const bool use_dates : {true, false}) {
    TraceOptions options;
    options.use_dates = use_dates;
    const TraceResult expected = RunTrace(options, articles);
    const auto edges = EdgesByName(expected, IdsOf(articles));
    const auto lineage = LineageByName(expected, IdsOf(articles));
    ASSERT_GT(edges.size(), 20U);
    std::mt19937_64 random(3);
    for (const int threads : {1, 2, 8}) {
      options.passages.threads = threads;
      Articles shuffled = articles;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      const TraceResult trace = RunTrace(options, shuffled);
      const auto others = EdgesByName(trace, IdsOf(shuffled));
      ASSERT_EQ(others.size(), edges.size());
      for (const auto& [pair, edge] : edges) {
        ASSERT_TRUE(others.contains(pair));
        const oracle::NamedEdge& other = others.at(pair);
        EXPECT_EQ(other.source, edge.source) << pair.first << pair.second;
        EXPECT_EQ(other.relation, edge.relation) << pair.first << pair.second;
        EXPECT_NEAR(other.confidence, edge.confidence, 1e-9);
      }
      const auto other_lineage = LineageByName(trace, IdsOf(shuffled));
      ASSERT_EQ(other_lineage.size(), lineage.size());
      for (const auto& [id, member] : lineage) {
        EXPECT_EQ(other_lineage.at(id).status, member.status) << id;
        EXPECT_EQ(other_lineage.at(id).parent, member.parent) << id;
        EXPECT_EQ(other_lineage.at(id).origin, member.origin) << id;
      }
    }
  }
}

TEST(TraceTest, WithoutDatesTheyDoNotMatter) {
  Articles articles = oracle::RandomArticles(13, 400, 60);
  TraceOptions options;
  options.use_dates = false;
  const auto edges = EdgesByName(RunTrace(options, articles), IdsOf(articles));
  for (size_t i = 0; i < articles.size(); ++i) {
    articles[i].published = Day(static_cast<int64_t>(i * 37 % 60));
  }
  const auto others = EdgesByName(RunTrace(options, articles), IdsOf(articles));
  ASSERT_EQ(others.size(), edges.size());
  for (const auto& [pair, edge] : edges) {
    EXPECT_EQ(others.at(pair).source, edge.source);
    EXPECT_EQ(others.at(pair).confidence, edge.confidence);
  }
}

// Who quotes has it from the other; that both quote somebody says nothing.
TEST(TraceTest, QuotationsAreNoFamily) {
  Prose prose(17);
  const std::string said = prose.Words(30);
  const Articles articles = {
      {"one", prose.Around("“" + said + ",” a speaker said."), Day(1), "One"},
      {"two", prose.Around("“" + said + "”, the speaker said."), Day(2),
       "Two"}};
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  EXPECT_EQ(trace.edges[0].relation, Relation::kQuotation);
  EXPECT_TRUE(trace.lineage.empty());
  EXPECT_EQ(trace.families, 0U);
}

// Two papers, one wire that is not here: the later one need not have it from
// the earlier one. Where the agency's own report is there, it is the source.
TEST(TraceTest, AgencyThatBothCreditIsTheirSource) {
  Prose prose(29);
  const std::string report = prose.Paragraph() + "\n\n" + prose.Paragraph();
  Articles articles = {
      {"one", "HARBOUR (Reuters) - " + report, Day(1), "One"},
      {"two", "HARBOUR (Reuters) - " + report + "\n\n" + prose.Paragraph(),
       Day(2), "Two"}};
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  EXPECT_EQ(trace.edges[0].relation, Relation::kCommonSource);
  EXPECT_FALSE(trace.edges[0].source);
  ASSERT_EQ(trace.lineage.size(), 2U);
  for (const LineageRecord& record : trace.lineage) {
    EXPECT_EQ(record.status, LineageStatus::kHiddenSource);
    EXPECT_EQ(record.source_group, 1U);
  }
  EXPECT_EQ(trace.families, 1U);
  articles.push_back(
      {"wire", "HARBOUR (Reuters) - " + report, Day(0), "Reuters"});
  const auto lineage = LineageByName(RunTrace({}, articles), IdsOf(articles));
  EXPECT_EQ(lineage.at("wire").status, LineageStatus::kRoot);
  EXPECT_EQ(lineage.at("one").parent, "wire");
  EXPECT_EQ(lineage.at("two").parent, "wire");
}

// The credit is for the one that speaks for itself, not for whoever has the
// text as well.
TEST(TraceTest, CreditIsForTheSourceThatAnswersToIt) {
  Prose prose(53);
  const std::string begin = prose.Paragraph(4);
  const std::string end = prose.Paragraph(4);
  const Articles articles = {
      {"source",
       begin + " She told the Eastmoor Chronicle that it was so.\n\n" + end +
           "\n\n" + prose.Paragraph(),
       {},
       ""},
      {"copy",
       begin + " It was so, the Eastmoor Chronicle reported.\n\n" + end,
       {},
       ""},
      {"other", prose.Paragraph() + "\n\n" + begin + "\n\n" + end, {}, ""}};
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 3U);
  const auto credits = [&trace](size_t edge) {
    const auto& evidence = trace.edges[edge].evidence;
    return std::any_of(evidence.begin(), evidence.end(), [](const auto& piece) {
      return piece.feature == "attribution";
    });
  };
  EXPECT_TRUE(credits(0));   // source and copy
  EXPECT_FALSE(credits(2));  // copy and other
  EXPECT_EQ(trace.edges[0].source, 0U);
}

// Two stories and a text that has the half of each.
Articles Digest(std::optional<int64_t> day, const std::string& credits) {
  Prose prose(29);
  std::string first;
  std::string second;
  for (int i = 0; i < 3; ++i) first += prose.Paragraph() + "\n\n";
  for (int i = 0; i < 3; ++i) second += prose.Paragraph() + "\n\n";
  const auto date = [day](int64_t after) {
    return day ? std::optional(Day(*day + after)) : std::nullopt;
  };
  return {{"first", first + prose.Paragraph(), date(0), "Alpha Post"},
          {"second", second + prose.Paragraph(), date(1), "Beta Times"},
          {"digest", prose.Paragraph() + "\n\n" + first + second + credits,
           date(2), "Gamma Digest"}};
}

std::vector<std::string> ParentsByName(const TraceResult& trace,
                                       const Articles& articles,
                                       size_t document) {
  std::vector<std::string> names;
  for (const LineageRecord& record : trace.lineage) {
    if (record.document != document) continue;
    for (const LineageParent& parent : record.parents) {
      names.push_back(articles[parent.document].id);
    }
  }
  return names;
}

TEST(TraceTest, DigestsHaveAllTheirSources) {
  const Articles dated = Digest(1, "");
  const TraceResult trace = RunTrace({}, dated);
  EXPECT_THAT(ParentsByName(trace, dated, 2),
              UnorderedElementsAre("first", "second"));
  EXPECT_TRUE(ParentsByName(trace, dated, 0).empty());
  EXPECT_TRUE(ParentsByName(trace, dated, 1).empty());
}

// By what they credit, though words alone say the opposite.
TEST(TraceTest, UndatedDigestsHaveAllTheSourcesThatTheyCredit) {
  const Articles articles =
      Digest(std::nullopt,
             "This was first published by Alpha Post. A minister told Beta "
             "Times in an interview that it was not so.");
  const TraceResult trace = RunTrace({}, articles);
  EXPECT_THAT(ParentsByName(trace, articles, 2),
              UnorderedElementsAre("first", "second"));
  const auto lineage = LineageByName(trace, IdsOf(articles));
  EXPECT_EQ(lineage.at("first").status, LineageStatus::kRoot);
  EXPECT_EQ(lineage.at("second").status, LineageStatus::kRoot);
}

TEST(TraceTest, OwnLaterVersionIsAnUpdate) {
  Articles articles = Copied();
  articles[2].publisher = "Wire";
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  EXPECT_EQ(trace.edges[0].relation, Relation::kUpdate);
}

// A date may be wrong by a day, but who says that the other was first knows.
TEST(TraceTest, WhoWasFirstCountsMoreThanADate) {
  Prose prose(71);
  const std::string text = prose.Paragraph() + "\n\n" + prose.Paragraph();
  const Articles articles = {
      {"first", text, Day(2), "Harbour Post"},
      {"copy", text + "\n\nThis was first reported by the Harbour Post.",
       Day(1), "Evening Star"}};
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  EXPECT_EQ(trace.edges[0].source, 0U);
}

TEST(TraceTest, SmallPartIsAnExcerpt) {
  Prose prose(19);
  const std::string part = prose.Paragraph();
  const Articles articles = {
      {"wire", prose.Around(prose.Around(part)), Day(1), "Wire"},
      {"copy", prose.Around(part), Day(2), "Post"}};
  const TraceResult trace = RunTrace({}, articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  EXPECT_EQ(trace.edges[0].source, 0U);
  EXPECT_EQ(trace.edges[0].relation, Relation::kExcerpt);
}

TEST(TraceTest, NothingInCommonIsNothing) {
  Prose prose(23);
  for (const size_t count : {0, 1, 2}) {
    Articles articles;
    for (size_t i = 0; i < count; ++i) {
      articles.push_back({"d" + std::to_string(i), prose.Paragraph(), {}, ""});
    }
    const TraceResult trace = RunTrace({}, articles);
    EXPECT_TRUE(trace.edges.empty());
    EXPECT_TRUE(trace.lineage.empty());
    EXPECT_EQ(trace.families, 0U);
  }
}

TEST(TraceTest, OptionsAreChecked) {
  TraceOptions options;
  options.agencies = {{"Agency", "AGC"}, {""}};
  EXPECT_EQ(Validate(options).code(), absl::StatusCode::kInvalidArgument);
  options.agencies = {{}};
  EXPECT_EQ(Validate(options).code(), absl::StatusCode::kInvalidArgument);
  options.agencies = {{"Agency"}};
  EXPECT_TRUE(Validate(options).ok());
  options.passages.threads = 0;
  EXPECT_EQ(Validate(options).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace wirecopy
