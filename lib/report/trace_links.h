// What the graph of a trace draws between its documents, and which of them
// stand together in it.

#ifndef WIRECOPY_REPORT_TRACE_LINKS_H_
#define WIRECOPY_REPORT_TRACE_LINKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

enum class LinkKind : uint8_t {
  kDescent,   // from a parent to its copy
  kAcross,    // the strongest of a document with another family, or with what
              // is in no family
  kIndirect,  // beside these: within a family, or between two
  kAbsent,    // from a source that is not among the documents
};

// A place in the graph is a document or, from TraceRecords::documents.size()
// on, an absent source.
struct TraceLink {
  LinkKind kind = LinkKind::kDescent;
  size_t from = 0;
  size_t to = 0;
  std::optional<size_t> edge;  // in TraceRecords::edges
  uint64_t words = 0;
  std::string_view relation;  // as in GraphLink
  bool decided = true;        // `from` is the source
};

struct TraceLinks {
  std::vector<GraphSource> absent;  // by their first documents
  // Lines of descent; then from absent sources; then the other edges; each in
  // the order of TraceGraph::links.
  std::vector<TraceLink> links;
};

// The links of MakeTraceGraph, of which it views what that does.
TraceLinks FindTraceLinks(const TraceRecords& records);

// Families are not joined to groups of more documents than this.
inline constexpr size_t kMostJoined = 60;

// A part of the graph: a family with what quotes it and with families that it
// shares more than quotations with, documents outside of any family that share
// something, or all those that no link leads to: they have no more than
// boilerplate in common.
struct TraceGroup {
  std::vector<size_t> families;   // in order
  std::vector<size_t> documents;  // in order
  std::vector<size_t> absent;     // in TraceLinks::absent
  bool is_linked = true;
};

// The largest first; of those of one size, the one with the first document;
// last, if there are any, the documents without links. Every document is in one
// of them.
std::vector<TraceGroup> FindTraceGroups(const TraceRecords& records,
                                        const TraceLinks& links);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_LINKS_H_
