// What all traces of documents of Python's have in common.

#ifndef WIRECOPY_PYTHON_TRACED_CORPUS_H_
#define WIRECOPY_PYTHON_TRACED_CORPUS_H_

#include <string>
#include <vector>

#include "bindings.h"
#include "passage_tables.h"
#include "wirecopy/trace.h"

namespace wirecopy::python {

// Throws for what is not valid.
inline TraceOptions TraceOptionsOf(
    const PassagesOptions& passages, bool use_dates,
    const std::vector<std::vector<std::string>>& agencies) {
  TraceOptions options;
  options.passages = passages;
  options.use_dates = use_dates;
  options.agencies = agencies;
  Check(Validate(options));
  return options;
}

// What trace(source) returns, its places in code points. Throws for its errors,
// and for texts that are not UTF-8. Without Python's lock.
template <typename TraceWork>
TraceResult TracedCorpus(const Corpus& corpus, const TraceWork& trace) {
  return Take(Unlocked([&]() -> absl::StatusOr<TraceResult> {
    const absl::Status status = corpus.records->CheckUtf8();
    if (!status.ok()) return status;
    absl::StatusOr<TraceResult> traced = trace(corpus.source.get());
    if (traced.ok()) {
      ToCodePoints(corpus.source->NewReader().get(), &traced->passages);
    }
    return traced;
  }));
}

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_TRACED_CORPUS_H_
