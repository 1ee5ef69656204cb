// What this machine could do at most, measured in the run that it is compared
// with: by processor time, as rows are, and best of some rounds.

#ifndef WIRECOPY_BENCH_LIMITS_H_
#define WIRECOPY_BENCH_LIMITS_H_

#include <cstddef>

namespace wirecopy::bench {

// Bytes a second that memcpy moves, of 64 MiB.
double MemcpyBandwidth();

// Bytes a second that XXH3 (the fastest that the processor can run) hashes of
// documents of this size, at least 1: some 1 MB of them, which caches hold, as
// rows have it. Measured when a size is first asked for. Not thread-safe.
double Xxh3Bandwidth(size_t document);

}  // namespace wirecopy::bench

#endif  // WIRECOPY_BENCH_LIMITS_H_
