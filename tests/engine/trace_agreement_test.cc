// What edges and lineages say of the same documents must go together, whatever
// the corpus.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "provenance/lineage.h"
#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"
#include "wirecopy/trace.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::Day;
using oracle::Prose;

// Copies of copies, some of them cut, with some words of their own and the
// last paragraph of another; one in `wrong` is dated at random.
Articles GrownFamily(uint64_t seed, size_t count, size_t wrong) {
  Prose prose(seed);
  std::vector<std::vector<std::string>> texts;
  Articles articles;
  for (size_t i = 0; i < count; ++i) {
    std::vector<std::string> text;
    if (i == 0) {
      for (int k = 0; k < 6; ++k) text.push_back(prose.Paragraph(2));
    } else {
      text = texts[prose.Below(3) == 0 ? 0 : prose.Below(i)];
      if (prose.Below(4) > 0) text[prose.Below(text.size())].insert(0, "Now ");
      if (prose.Below(3) == 0 && text.size() > 3) text.resize(text.size() - 2);
      if (prose.Below(4) == 0) text.push_back(prose.Sentence());
      if (prose.Below(5) == 0) text.push_back(texts[prose.Below(i)].back());
    }
    texts.push_back(text);
    std::string all;
    for (const std::string& paragraph : text) all += paragraph + "\n\n";
    const auto day = static_cast<int64_t>(
        prose.Below(wrong) == 0 ? prose.Below(2 * count) : i);
    articles.push_back({"d" + std::to_string(i), all, Day(day), ""});
  }
  return articles;
}

// Checks one trace; counts what it looked at.
class Agreement {
 public:
  explicit Agreement(const TraceResult& trace) : trace_(trace) {
    for (const TraceEdge& edge : trace.edges) {
      edges_[{edge.a, edge.b}] = &edge;
    }
    for (const LineageRecord& record : trace.lineage) {
      records_[record.document] = &record;
    }
  }

  size_t Check() {
    size_t parents = 0;
    for (const LineageRecord& record : trace_.lineage) {
      SCOPED_TRACE(record.document);
      EXPECT_EQ(record.status == LineageStatus::kCopy, !record.parents.empty());
      EXPECT_EQ(record.status == LineageStatus::kHiddenSource,
                record.source_group != 0);
      EXPECT_FALSE(Ancestors(record.document).contains(record.document));
      CheckParents(record);
      CheckRunnersUp(record);
      parents += record.parents.size();
    }
    for (const TraceEdge& edge : trace_.edges) {
      if (edge.relation == Relation::kCommonSource) {
        EXPECT_FALSE(Ancestors(edge.a).contains(edge.b));
        EXPECT_FALSE(Ancestors(edge.b).contains(edge.a));
      } else if (edge.source) {
        // Its source may go back to its copy as far as nobody believes it.
        const uint32_t copy = edge.source == edge.a ? edge.b : edge.a;
        const auto above = Ancestors(*edge.source);
        const auto found = above.find(copy);
        EXPECT_LT(found == above.end() ? 0 : found->second, 0.5);
      }
    }
    return parents;
  }

 private:
  // All that a document goes back to, and how sure that is by the likeliest
  // way.
  std::map<uint32_t, double> Ancestors(uint32_t document) const {
    std::map<uint32_t, double> found;
    std::vector<std::pair<uint32_t, double>> open = {{document, 1.0}};
    while (!open.empty()) {
      const auto [at, so_far] = open.back();
      open.pop_back();
      const auto record = records_.find(at);
      if (record == records_.end()) continue;
      for (const LineageParent& parent : record->second->parents) {
        const double way = so_far * parent.confidence;
        const auto [known, is_new] = found.try_emplace(parent.document, way);
        if (!is_new && known->second >= way) continue;
        known->second = way;
        open.emplace_back(parent.document, way);
      }
    }
    return found;
  }

  void CheckParents(const LineageRecord& record) const {
    std::set<uint32_t> seen = {record.document};
    for (const LineageParent& parent : record.parents) {
      EXPECT_TRUE(seen.insert(parent.document).second);
      EXPECT_LE(parent.words, record.parents[0].words);
      const auto found =
          edges_.find(std::minmax(record.document, parent.document));
      if (found == edges_.end()) continue;
      EXPECT_NE(found->second->source, record.document) << parent.document;
      EXPECT_NE(found->second->relation, Relation::kCommonSource)
          << parent.document;
      EXPECT_EQ(found->second->words, parent.words);
    }
  }

  static void CheckRunnersUp(const LineageRecord& record) {
    EXPECT_LE(record.runners_up.size(), kMostRunnersUp);
    std::set<uint32_t> named = {record.document};
    for (const LineageParent& parent : record.parents) {
      named.insert(parent.document);
    }
    double sum = record.absent_confidence;
    double last = 1;
    if (!record.parents.empty()) sum += last = record.parents[0].confidence;
    for (const LineageParent& other : record.runners_up) {
      EXPECT_TRUE(named.insert(other.document).second);
      EXPECT_LE(other.confidence, last);
      last = other.confidence;
      sum += last;
    }
    EXPECT_LE(sum, 1 + 1e-6);
  }

  const TraceResult& trace_;
  std::map<std::pair<uint32_t, uint32_t>, const TraceEdge*> edges_;
  std::map<uint32_t, const LineageRecord*> records_;
};

TEST(TraceAgreementTest, OfGrownFamilies) {
  size_t parents = 0;
  for (const bool use_dates : {true, false}) {
    for (uint64_t seed = 1; seed <= 12; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " " << use_dates);
      TraceOptions options;
      options.use_dates = use_dates;
      const TraceResult trace =
          oracle::RunTrace(options, GrownFamily(seed, 30, 1 + seed));
      parents += Agreement(trace).Check();
    }
  }
  EXPECT_GT(parents, 300U);
}

TEST(TraceAgreementTest, OfRandomCorpora) {
  size_t parents = 0;
  for (const bool use_dates : {true, false}) {
    for (const uint64_t seed : {31, 37, 41}) {
      TraceOptions options;
      options.use_dates = use_dates;
      const TraceResult trace =
          oracle::RunTrace(options, oracle::RandomArticles(seed, 400, 120));
      parents += Agreement(trace).Check();
    }
  }
  EXPECT_GT(parents, 100U);
}

// Two have further text from one another, and a first parent each.
TEST(TraceAgreementTest, NothingGoesBackToItself) {
  Prose prose(53);
  const auto join = [](const std::vector<std::string>& paragraphs) {
    std::string text;
    for (const std::string& paragraph : paragraphs) text += paragraph + "\n\n";
    return text;
  };
  std::vector<std::string> p;
  std::vector<std::string> q;
  for (int i = 0; i < 6; ++i) p.push_back(prose.Paragraph());
  for (int i = 0; i < 6; ++i) q.push_back(prose.Paragraph());
  std::vector<std::string> a(p.begin(), p.end() - 1);
  std::vector<std::string> b(q.begin(), q.end() - 1);
  const std::string shared = prose.Paragraph();
  const Articles articles = {
      {"p", join(p), {}, ""},          {"p2", join(a), {}, ""},
      {"q", join(q), {}, ""},          {"q2", join(b), {}, ""},
      {"a", join(a) + shared, {}, ""}, {"b", join(b) + shared, {}, ""}};
  std::vector<Document> documents = oracle::DocumentsOf(articles);
  const std::string urls[] = {"http://p.example/1", "http://q.example/1"};
  documents[0].details.url = urls[0];
  documents[2].details.url = urls[1];
  for (const size_t i : {1, 4}) documents[i].details.is_based_on = urls[0];
  for (const size_t i : {3, 5}) documents[i].details.is_based_on = urls[1];
  EXPECT_GE(Agreement(oracle::RunTrace({}, documents)).Check(), 4U);
}

}  // namespace
}  // namespace wirecopy
