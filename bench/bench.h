// What the benchmark programs share. Each defines Register(); main.cc runs
// what it registers and adds, to every row that has bytes a second, the share
// of this machine's memcpy bandwidth that they are, and of XXH3's over whole
// documents where the row has documents of a size (limits.h).

#ifndef WIRECOPY_BENCH_BENCH_H_
#define WIRECOPY_BENCH_BENCH_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/simd.h"

namespace wirecopy::bench {

// Registers a program's benchmarks. Called once, after the flags are read.
void Register();

// The instruction sets that this machine and build can run.
std::vector<SimdLevel> SimdLevels();

// Registers a row.
benchmark::internal::Benchmark* Add(const std::string& name,
                                    std::function<void(benchmark::State&)> run);

// Calls run() over and over. The first time is not measured: buffers grow then,
// and pages of memory are touched.
template <typename Run>
void Repeat(benchmark::State& state, Run run) {
  run();
  for ([[maybe_unused]] auto _ : state) run();
}

// By this name a row tells main.cc the size of its documents; it is not shown.
inline constexpr const char* kDocumentCounter = "document";

// Says how much one iteration did: each makes a rate. `document` is the size of
// the documents that the bytes come in, 0 where there are none.
inline void SetBytes(benchmark::State& state, size_t an_iteration,
                     size_t document) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(an_iteration));
  state.counters[kDocumentCounter] = static_cast<double>(document);
}
inline void SetItems(benchmark::State& state, size_t an_iteration) {
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(an_iteration));
}

// The time that one of `an_iteration` things took.
inline void SetTimePer(benchmark::State& state, const char* name,
                       size_t an_iteration) {
  state.counters[name] =
      benchmark::Counter(static_cast<double>(an_iteration),
                         benchmark::Counter::kIsIterationInvariantRate |
                             benchmark::Counter::kInvert);
}

}  // namespace wirecopy::bench

#endif  // WIRECOPY_BENCH_BENCH_H_
