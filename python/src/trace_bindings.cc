// Who copied whom.

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <utility>
#include <vector>

#include "bindings.h"
#include "passage_tables.h"
#include "trace_tables.h"
#include "traced_corpus.h"
#include "wirecopy/trace.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

// passages, groups, edges, lineage, publishers, stats.
nb::tuple TraceCorpus(const Corpus& corpus, const PassagesOptions& passages,
                      bool use_dates,
                      const std::vector<std::vector<std::string>>& agencies) {
  const TraceOptions options = TraceOptionsOf(passages, use_dates, agencies);
  const TraceResult trace = TracedCorpus(
      corpus,
      [&options](DocumentSource* source) { return Trace(options, source); });
  const IdColumn& ids = corpus.columns->ids();
  nb::dict stats;
  stats["documents"] = corpus.source->size();
  stats["candidates"] = trace.passages.stats.candidates;
  stats["passages"] = trace.passages.passages.size();
  stats["edges"] = trace.edges.size();
  stats["families"] = trace.families;
  stats["unreadable_dates"] = corpus.columns->dates().unreadable();
  return nb::make_tuple(TracePassageTable(trace, ids),
                        GroupTable(trace.passages, ids), EdgeTable(trace, ids),
                        LineageTable(trace, ids), PublisherTable(trace), stats);
}

}  // namespace

void BindTrace(nb::module_* module) {
  module->def("trace", TraceCorpus, "corpus"_a, "passages"_a, "use_dates"_a,
              "agencies"_a,
              "Who copied whom: passages, groups, edges, lineage, publishers, "
              "stats.");
}

}  // namespace wirecopy::python
