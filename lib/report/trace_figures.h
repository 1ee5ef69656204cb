// The figures of a run of trace.

#ifndef WIRECOPY_REPORT_TRACE_FIGURES_H_
#define WIRECOPY_REPORT_TRACE_FIGURES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/input_figures.h"
#include "report/trace_records.h"

namespace wirecopy {

struct TraceRunStats : InputFigures {
  uint64_t documents = 0;
  uint64_t candidates = 0;  // pairs aligned
  uint64_t passages = 0;
  uint64_t edges = 0;
  uint64_t directed = 0;  // of these, those with a source
  uint64_t common_source = 0;
  uint64_t quotations = 0;
  uint64_t families = 0;
  uint64_t roots = 0;  // documents by status
  uint64_t copies = 0;
  uint64_t hidden_source = 0;
  uint64_t undecided = 0;
  uint64_t absent_sources = 0;
  uint64_t clocks_overruled = 0;
  uint64_t largest_family = 0;
  bool used_dates = true;
};

// Counts what there is; the caller adds the candidates and what was read.
TraceRunStats CountTrace(const TraceRecords& records);

// What is said of pairs: each is one of these.
struct TraceVerdicts {
  uint64_t decided = 0;        // they have a source
  uint64_t roundabout = 0;     // of these, those of IsRoundabout
  uint64_t common_source = 0;  // neither need have copied, as of quotations
  uint64_t quotations = 0;
  uint64_t undecided = 0;
};

// Whether a pair has a source that the family's lineage does not name as a
// parent of the other: that one was made from a third text and only goes back
// to the source. O(parents).
bool IsRoundabout(const TraceRecords& records, const TraceEdgeRecord& edge);

TraceVerdicts CountVerdicts(const TraceRecords& records);

// Between two publishers, those of the most words first. What a publisher has
// from itself is none.
std::vector<const TracePublisherRecord*> LargestFeeds(
    const TraceRecords& records);

// One object, a line.
std::string TraceStatsLine(const TraceRunStats& stats,
                           std::string_view version);
// For a terminal, with the largest feeds.
std::string TraceSummary(const TraceRunStats& stats,
                         const TraceRecords& records);
// For --log-format json.
std::string TraceEvents(const TraceRunStats& stats, std::string_view version);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_FIGURES_H_
