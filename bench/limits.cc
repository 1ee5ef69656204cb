#include "bench/limits.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <map>
#include <vector>

#include "bench/bench.h"
#include "bench/xxh3.h"

namespace wirecopy::bench {
namespace {

double ProcessorSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

template <typename Run>
double BestBandwidth(int rounds, size_t bytes, Run run) {
  double best = 0;
  for (int i = 0; i < rounds; ++i) {
    const double begin = ProcessorSeconds();
    run();
    const double seconds = ProcessorSeconds() - begin;
    best = std::max(best, static_cast<double>(bytes) / seconds);
  }
  return best;
}

double MeasureXxh3(size_t document) {
  constexpr int kRounds = 50;
  constexpr size_t kTotal = 1'000'000;
  const std::vector<char> texts(std::max(kTotal, document), 'a');
  const size_t count = texts.size() / document;
  const auto hash_all = [&](Xxh3 hash) {
    for (size_t i = 0; i < count; ++i) {
      benchmark::DoNotOptimize(hash(texts.data() + i * document, document));
    }
  };
  double best = 0;
  for (const SimdLevel level : SimdLevels()) {
    const Xxh3 hash = Xxh3For(level);
    best = std::max(best, BestBandwidth(kRounds, count * document,
                                        [&] { hash_all(hash); }));
  }
  return best;
}

}  // namespace

double MemcpyBandwidth() {
  constexpr int kRounds = 12;
  constexpr size_t kSize = size_t{64} << 20;
  const std::vector<char> from(kSize, 'a');
  std::vector<char> to(kSize, 'b');
  return BestBandwidth(kRounds, kSize, [&] {
    std::memcpy(to.data(), from.data(), kSize);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  });
}

double Xxh3Bandwidth(size_t document) {
  static auto& measured = *new std::map<size_t, double>;
  double& found = measured[document];
  if (found == 0) found = MeasureXxh3(document);
  return found;
}

}  // namespace wirecopy::bench
