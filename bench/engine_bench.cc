// The jobs, from text in memory to clusters, on one thread.

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/bench.h"
#include "bench/samples.h"
#include "wirecopy/dedup.h"

namespace wirecopy::bench {
namespace {

void RunDedup(benchmark::State& state, size_t count,
              const DedupOptions& options) {
  const std::vector<std::string> articles = MakeArticles(count, 1);
  std::vector<Document> documents;
  size_t bytes = 0;
  for (const std::string& article : articles) {
    documents.push_back(
        {{true, std::to_string(documents.size())}, article, std::nullopt});
    bytes += article.size();
  }
  size_t removed = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto source = NewMemorySource(documents);
    const auto result = Dedup(options, source.get());
    if (!result.ok()) {
      state.SkipWithError(std::string(result.status().message()).c_str());
      break;
    }
    removed = result->removed.size();
  }
  SetBytes(state, bytes, bytes / count);
  state.counters["removed"] = static_cast<double>(removed);
}

}  // namespace

void Register() {
  DedupOptions bands;
  DedupOptions low = bands;
  low.match.threshold = 0.5;
  DedupOptions components = bands;
  components.cluster = ClusterMethod::kComponents;
  DedupOptions exact = bands;
  exact.match.exact = true;
  DedupOptions containment = bands;
  containment.match.measure = Measure::kContainment;
  const std::vector<std::pair<std::string, DedupOptions>> jobs = {
      {"bands", bands},
      {"bands_0.5", low},
      {"components", components},
      {"exact", exact},
      {"containment", containment}};
  for (const size_t count : {100, 10'000}) {
    for (const auto& [name, options] : jobs) {
      Add("dedup/" + name + "/" + std::to_string(count),
          [count, chosen = options](benchmark::State& state) {
            RunDedup(state, count, chosen);
          })
          ->Unit(benchmark::kMillisecond);
    }
  }
}

}  // namespace wirecopy::bench
