#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "bench/bench.h"
#include "bench/limits.h"

namespace wirecopy::bench {
namespace {

// Adds the shares of memcpy and of XXH3 to what the chosen reporter shows.
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
    for (Run& run : shown) AddShares(&run.counters, run.aggregate_name);
    inner_->ReportRuns(shown);
  }

  void Finalize() override { inner_->Finalize(); }

 private:
  void AddShares(benchmark::UserCounters* counters,
                 const std::string& aggregate) const {
    const auto document = counters->find(kDocumentCounter);
    size_t size = 0;
    if (document != counters->end()) {
      size = static_cast<size_t>(document->second.value);
      counters->erase(document);
    }
    const auto rate = counters->find("bytes_per_second");
    if (rate == counters->end() || aggregate == "cv") return;
    const double bandwidth = rate->second.value;
    (*counters)["of_memcpy"] = bandwidth / memcpy_bandwidth_;
    if (size > 0) (*counters)["of_xxh3"] = bandwidth / Xxh3Bandwidth(size);
  }

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
  // Rows of other kernels than were asked for would pass for these.
  const auto level = wirecopy::SimdLevelFromEnvironment();
  if (!level.ok()) {
    std::cerr << level.status().message() << '\n';
    return 2;
  }
  const double memcpy_bandwidth = bench::MemcpyBandwidth();
  benchmark::AddCustomContext(
      "memcpy", absl::StrFormat("%.2f GB/s", memcpy_bandwidth / 1e9));
  benchmark::AddCustomContext("kernels", wirecopy::SimdLevelName(*level));
  bench::Register();
  bench::ShareReporter reporter(memcpy_bandwidth);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}
