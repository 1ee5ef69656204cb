// The machine's own limits, and hashing of whole buffers.

#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "base/hash.h"
#include "bench/bench.h"
#include "bench/samples.h"
#include "bench/xxh3.h"

namespace wirecopy::bench {
namespace {

void Memcpy(benchmark::State& state) {
  constexpr size_t kSize = size_t{64} << 20;
  const std::vector<char> from(kSize, 'a');
  std::vector<char> to(kSize, 'b');
  for ([[maybe_unused]] auto _ : state) {
    std::memcpy(to.data(), from.data(), kSize);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  SetBytes(state, kSize, 0);
}

void ReadSum(benchmark::State& state) {
  constexpr size_t kSize = size_t{256} << 20;
  const std::vector<uint64_t> numbers(kSize / sizeof(uint64_t), 1);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(
        std::accumulate(numbers.begin(), numbers.end(), uint64_t{0}));
  }
  SetBytes(state, kSize, 0);
}

template <typename Hash>
void HashTexts(benchmark::State& state, size_t size, Hash hash) {
  constexpr size_t kTotal = 1'000'000;
  const auto texts = MakeTexts(Sample::kEnglish, size, kTotal);
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& text : texts) {
      benchmark::DoNotOptimize(hash(text));
    }
  }
  SetBytes(state, texts.size() * size, size);
}

// Documents that lie one behind the other in more memory than caches hold.
void HashFromMemory(benchmark::State& state, size_t size) {
  constexpr size_t kTotal = size_t{256} << 20;
  const std::vector<char> texts(kTotal, 'a');
  const size_t count = kTotal / size;
  const Xxh3 hash = Xxh3For(BestSimdLevel());
  for ([[maybe_unused]] auto _ : state) {
    for (size_t i = 0; i < count; ++i) {
      benchmark::DoNotOptimize(hash(texts.data() + i * size, size));
    }
  }
  SetBytes(state, count * size, size);
}

}  // namespace

void Register() {
  Add("memcpy", Memcpy);
  Add("read_sum", ReadSum);
  for (const size_t size : kDocumentSizes) {
    const std::string suffix = "/" + std::to_string(size);
    for (const SimdLevel level : SimdLevels()) {
      Add(std::string("xxh3/") + SimdLevelName(level) + suffix,
          [size, level](benchmark::State& state) {
            HashTexts(state, size, [level](const std::string& text) {
              return Xxh3For(level)(text.data(), text.size());
            });
          });
    }
    Add("xxh3_from_memory" + suffix,
        [size](benchmark::State& state) { HashFromMemory(state, size); });
    Add("hash128" + suffix, [size](benchmark::State& state) {
      HashTexts(state, size, [](const std::string& text) {
        return Hash128(text.data(), text.size(), 0);
      });
    });
  }
}

}  // namespace wirecopy::bench
