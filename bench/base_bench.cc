// The machine's own limits, and hashing of whole buffers.

#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "base/hash.h"
#include "bench/bench.h"
#include "bench/samples.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

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
  SetBytes(state, kSize);
}

void ReadSum(benchmark::State& state) {
  constexpr size_t kSize = size_t{256} << 20;
  const std::vector<uint64_t> numbers(kSize / sizeof(uint64_t), 1);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(
        std::accumulate(numbers.begin(), numbers.end(), uint64_t{0}));
  }
  SetBytes(state, kSize);
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
  SetBytes(state, texts.size() * size);
}

}  // namespace

void Register() {
  Add("memcpy", Memcpy);
  Add("read_sum", ReadSum);
  for (const size_t size : {100, 3000, 100'000, 10'000'000}) {
    const std::string suffix = "/" + std::to_string(size);
    Add("xxh3" + suffix, [size](benchmark::State& state) {
      HashTexts(state, size, [](const std::string& text) {
        return XXH3_64bits(text.data(), text.size());
      });
    });
    Add("hash128" + suffix, [size](benchmark::State& state) {
      HashTexts(state, size, [](const std::string& text) {
        return Hash128(text.data(), text.size(), 0);
      });
    });
  }
}

}  // namespace wirecopy::bench
