// A publisher's own other versions of its articles.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"
#include "wirecopy/trace.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::Day;
using oracle::EdgesByName;
using oracle::IdsOf;
using oracle::Prose;
using oracle::RunTrace;

// Though both credit an agency that is not here, alone or beside another paper.
TEST(TraceVersionsTest, OwnLaterVersionOfAnAgencysReportIsAnUpdate) {
  Prose prose(61);
  const std::string report =
      "HARBOUR (Reuters) - " + prose.Paragraph() + "\n\n" + prose.Paragraph();
  const std::string added = "\n\n" + prose.Paragraph();
  Articles articles = {{"first", report, Day(1), "Bay News"},
                       {"second", report + added, Day(2), "Bay News"}};
  for (const int64_t day : {-1, 0, 3}) {
    if (day >= 0) articles.push_back({"other", report, Day(day), "Other"});
    const auto edges = EdgesByName(RunTrace({}, articles), IdsOf(articles));
    const auto& edge = edges.at({"first", "second"});
    EXPECT_EQ(edge.relation, Relation::kUpdate) << day;
    EXPECT_EQ(edge.source, "first") << day;
    if (day == -1) continue;
    EXPECT_EQ(edges.at({"first", "other"}).relation, Relation::kCommonSource);
    articles.pop_back();
  }
}

// Half of either is in the other.
TEST(TraceVersionsTest, AnUpdateIsForAGoodPartTheSame) {
  Prose prose(67);
  const std::string kept = prose.Paragraph();
  const std::string more = prose.Paragraph() + "\n\n" + prose.Paragraph() +
                           "\n\n" + prose.Paragraph();
  const auto relation = [&](const std::string& first,
                            const std::string& second) {
    const Articles articles = {{"first", first, Day(1), "Bay News"},
                               {"second", second, Day(2), "Bay News"}};
    return EdgesByName(RunTrace({}, articles), IdsOf(articles))
        .at({"first", "second"})
        .relation;
  };
  EXPECT_EQ(relation(kept, kept + "\n\n" + more), Relation::kUpdate);
  EXPECT_EQ(relation(more + "\n\n" + kept, kept), Relation::kUpdate);
  EXPECT_EQ(relation(more + "\n\n" + kept + "\n\n" + prose.Paragraph(),
                     prose.Paragraph() + "\n\n" + prose.Paragraph() + "\n\n" +
                         kept + "\n\n" + prose.Paragraph()),
            Relation::kExcerpt);
}

}  // namespace
}  // namespace wirecopy
