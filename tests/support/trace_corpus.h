// Traces of small corpora, by the documents' ids.

#ifndef WIRECOPY_TESTS_SUPPORT_TRACE_CORPUS_H_
#define WIRECOPY_TESTS_SUPPORT_TRACE_CORPUS_H_

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/passage_corpus.h"
#include "wirecopy/trace.h"

namespace wirecopy::oracle {

inline TraceResult RunTrace(const TraceOptions& options,
                            const std::vector<Document>& documents) {
  const auto source = NewMemorySource(documents);
  auto result = Trace(options, source.get());
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : TraceResult{};
}

inline TraceResult RunTrace(const TraceOptions& options,
                            const Articles& articles) {
  return RunTrace(options, DocumentsOf(articles));
}

// What a trace says of pairs and of documents, by ids: the same for any order
// of the input.
struct NamedEdge {
  std::string source;  // empty where undecided
  Relation relation = Relation::kRepublication;
  double confidence = 0;
};
using NamedEdges = std::map<std::pair<std::string, std::string>, NamedEdge>;

inline NamedEdges EdgesByName(const TraceResult& trace,
                              const std::vector<std::string>& ids) {
  NamedEdges edges;
  for (const TraceEdge& edge : trace.edges) {
    NamedEdge named{"", edge.relation, edge.confidence};
    if (edge.source) named.source = ids[*edge.source];
    edges[std::minmax(ids[edge.a], ids[edge.b])] = named;
  }
  return edges;
}

struct NamedLineage {
  LineageStatus status = LineageStatus::kUndecided;
  std::string parent;  // empty where there is none
  std::string origin;
};
inline std::map<std::string, NamedLineage> LineageByName(
    const TraceResult& trace, const std::vector<std::string>& ids) {
  std::map<std::string, NamedLineage> lineage;
  for (const LineageRecord& record : trace.lineage) {
    NamedLineage& named = lineage[ids[record.document]];
    named.status = record.status;
    if (!record.parents.empty()) {
      named.parent = ids[record.parents[0].document];
    }
    if (record.origin) named.origin = ids[*record.origin];
  }
  return lineage;
}

inline std::vector<std::string> IdsOf(const Articles& articles) {
  std::vector<std::string> ids;
  for (const Article& article : articles) ids.push_back(article.id);
  return ids;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TRACE_CORPUS_H_
