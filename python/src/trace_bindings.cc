// Who copied whom.

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <utility>
#include <vector>

#include "bindings.h"
#include "passage_tables.h"
#include "trace_tables.h"
#include "wirecopy/trace.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

// passages, groups, edges, lineage, publishers, stats.
nb::tuple TraceCorpus(const Corpus& corpus, const PassagesOptions& passages,
                      bool use_dates,
                      const std::vector<std::vector<std::string>>& agencies) {
  TraceOptions options;
  options.passages = passages;
  options.use_dates = use_dates;
  options.agencies = agencies;
  Check(Validate(options));
  const TraceResult trace = Take(Unlocked([&]() -> absl::StatusOr<TraceResult> {
    const absl::Status status = corpus.records->CheckUtf8();
    if (!status.ok()) return status;
    auto traced = Trace(options, corpus.source.get());
    if (!traced.ok()) return traced;
    ToCodePoints(corpus.source->NewReader().get(), &traced->passages);
    return traced;
  }));
  const IdColumn& ids = corpus.columns->ids();
  nb::dict stats;
  stats["documents"] = corpus.source->size();
  stats["candidates"] = trace.passages.stats.candidates;
  stats["passages"] = trace.passages.passages.size();
  stats["edges"] = trace.edges.size();
  stats["families"] = trace.families;
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
