// The graph of documents that a trace comes to, as the page, pictures and other
// programs' formats show it: edges and lineage in one, absent sources among the
// nodes.

#ifndef WIRECOPY_REPORT_TRACE_GRAPH_H_
#define WIRECOPY_REPORT_TRACE_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/trace_records.h"

namespace wirecopy {

// A source that is not among the documents.
struct GraphSource {
  std::string_view name;       // of its source group
  size_t family = 0;           // in TraceRecords::families
  std::vector<size_t> copies;  // documents, in order
};

struct GraphLink {
  size_t source = 0;  // nodes; where not directed, the first of the two
  size_t target = 0;
  std::optional<size_t> edge;  // in TraceRecords::edges
  // The target has it from the source. Not so where nobody knows who was
  // first, nor where both have it from a third.
  bool directed = false;
  // The source is a parent of the target, or the absent source of its group.
  bool lineage = false;
  // The target was made from the source or quotes it: what formats of
  // provenance may claim. Where a document has a lineage that alone says what
  // it was made from, and what it has from there only if that is likelier than
  // not.
  bool derivation = false;
  // As an edge's; "absent_source" from an absent source; empty where two
  // documents share no passage and the lineage alone connects them.
  std::string_view relation;
  uint64_t words = 0;
  double confidence = 0;  // of the parent, where it is the lineage's
  double source_coverage = 0;
  double target_coverage = 0;
};

struct TraceGraph {
  size_t documents = 0;
  // Nodes are documents, then these, by their first documents.
  std::vector<GraphSource> absent;
  // By the two documents where they share passages, then by their targets.
  std::vector<GraphLink> links;
  // Of documents: derivations within the lineage lead from it to its origin,
  // which is another.
  std::vector<bool> goes_back;
};

// From this confidence on a document is said to be derived from a parent or an
// absent source.
inline constexpr double kLeastDerivation = 0.5;

// Views what `records` hold. Time and memory: as many as there are edges and
// parents.
TraceGraph MakeTraceGraph(const TraceRecords& records);

// What nodes are called in files: "n0", "n1"...
std::string NodeName(size_t node);

// What people call a document: its title, or its id.
std::string_view DocumentLabel(const TraceDocumentRecord& document);

// As RFC 3339, in UTC. What is known of a date alone is a date alone; a time
// whose zone nobody knows has none. Empty where there is no date.
std::string PublicationText(const TraceDocumentRecord& document);

// Empty for documents that are in no family.
std::string_view FamilyName(const TraceRecords& records,
                            const TraceDocumentRecord& document);
std::string_view StatusName(const TraceDocumentRecord& document);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_GRAPH_H_
