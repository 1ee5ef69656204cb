#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "bench/bench.h"

namespace wirecopy::bench {
namespace {

constexpr size_t kLargerThanCaches = size_t{64} << 20;

// Adds the share of memcpy to what the chosen reporter shows.
class ShareReporter : public benchmark::BenchmarkReporter {
 public:
  explicit ShareReporter(double memcpy_bandwidth)
      : memcpy_bandwidth_(memcpy_bandwidth),
        inner_(benchmark::CreateDefaultDisplayReporter()) {}

  bool ReportContext(const Context& context) override {
    inner_->SetOutputStream(&GetOutputStream());
    inner_->SetErrorStream(&GetErrorStream());
    return inner_->ReportContext(context);
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    std::vector<Run> shown = runs;
    for (Run& run : shown) {
      const auto rate = run.counters.find("bytes_per_second");
      if (rate == run.counters.end() || run.aggregate_name == "cv") continue;
      run.counters["of_memcpy"] = rate->second.value / memcpy_bandwidth_;
    }
    inner_->ReportRuns(shown);
  }

  void Finalize() override { inner_->Finalize(); }

 private:
  const double memcpy_bandwidth_;
  benchmark::BenchmarkReporter* const inner_;  // lives as long as the process
};

class Row : public benchmark::internal::Benchmark {
 public:
  Row(const std::string& name, std::function<void(benchmark::State&)> run)
      : Benchmark(name.c_str()), run_(std::move(run)) {}

  void Run(benchmark::State& state) override { run_(state); }

 private:
  std::function<void(benchmark::State&)> run_;
};

}  // namespace

benchmark::internal::Benchmark* Add(
    const std::string& name, std::function<void(benchmark::State&)> run) {
  // The registry takes it over, out of the analyser's sight.
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
  return benchmark::internal::RegisterBenchmarkInternal(
      new Row(name, std::move(run)));
}

double MemcpyBandwidth(size_t size) {
  constexpr int kRounds = 12;
  const std::vector<char> from(size, 'a');
  std::vector<char> to(size, 'b');
  double best = 0;
  for (int i = 0; i < kRounds; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    std::memcpy(to.data(), from.data(), size);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
    const std::chrono::duration<double> seconds =
        std::chrono::steady_clock::now() - begin;
    best = std::max(best, static_cast<double>(size) / seconds.count());
  }
  return best;
}

std::vector<SimdLevel> SimdLevels() {
  std::vector<SimdLevel> levels;
  for (const SimdLevel level :
       {SimdLevel::kPortable, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (level <= BestSimdLevel()) levels.push_back(level);
  }
  return levels;
}

}  // namespace wirecopy::bench

int main(int argc, char** argv) {
  namespace bench = wirecopy::bench;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  const double memcpy_bandwidth =
      bench::MemcpyBandwidth(bench::kLargerThanCaches);
  benchmark::AddCustomContext(
      "memcpy", absl::StrFormat("%.2f GB/s", memcpy_bandwidth / 1e9));
  benchmark::AddCustomContext(
      "kernels", wirecopy::SimdLevelName(wirecopy::ActiveSimdLevel()));
  bench::Register();
  bench::ShareReporter reporter(memcpy_bandwidth);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}
