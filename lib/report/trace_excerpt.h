// As much of a trace as a page can hold.

#ifndef WIRECOPY_REPORT_TRACE_EXCERPT_H_
#define WIRECOPY_REPORT_TRACE_EXCERPT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "report/trace_records.h"

namespace wirecopy {

struct TraceLimits {
  size_t documents = 2000;
  size_t edges = 6000;
  size_t publishers = 500;        // rows of who feeds whom
  uint64_t bytes = 24ULL << 20U;  // of texts, passages and evidence, about
};

struct TraceExcerpt {
  TraceRecords records;
  // What is left out.
  size_t documents = 0;
  size_t families = 0;
  size_t cut_families = 0;  // of which only some members are there
  size_t edges = 0;         // between documents that are there
  size_t publishers = 0;
};

// The largest families, with what quotes them, as long as they fit; of a first
// one that does not fit, its first members. Edges along lines of descent go
// before others, and the longest of these before shorter ones. Passages that
// are no edge's are dropped.
TraceExcerpt CutTrace(const TraceRecords& records, const TraceLimits& limits);

// What was left out, in sentences; empty where nothing was.
std::string LeftOutText(const TraceExcerpt& excerpt);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_EXCERPT_H_
