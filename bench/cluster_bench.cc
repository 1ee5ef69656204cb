// What verification is made of: shingle sets, and comparing two of them.

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench/bench.h"
#include "bench/samples.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy::bench {
namespace {

constexpr double kThreshold = 0.8;
constexpr size_t kTotal = 200'000;  // members of all sets of a row

struct Pair {
  std::vector<uint64_t> a;
  std::vector<uint64_t> b;
};

// Pairs that share this part of their members.
std::vector<Pair> MakePairs(size_t size, double shared) {
  const auto count = static_cast<size_t>(shared * static_cast<double>(size));
  std::vector<Pair> pairs;
  for (size_t i = 0; i == 0 || 2 * i * size < kTotal; ++i) {
    const std::vector<uint64_t> set = MakeSet(size, 2 * i);
    pairs.push_back({set, MakeSimilarSet(set, count, 2 * i + 1)});
  }
  return pairs;
}

void RegisterIntersect(const std::string& name, double shared, bool may_stop,
                       size_t size) {
  Add(name + "/" + std::to_string(size), [=](benchmark::State& state) {
    const std::vector<Pair> pairs = MakePairs(size, shared);
    const size_t least = may_stop ? LeastShared(size, size, kThreshold) : 0;
    for ([[maybe_unused]] auto _ : state) {
      for (const Pair& pair : pairs) {
        benchmark::DoNotOptimize(IntersectAtLeast(pair.a, pair.b, least));
      }
    }
    SetItems(state, pairs.size());
    SetTimePer(state, "per_member", 2 * pairs.size() * size);
  });
}

// A small set in a large one, as containment has it.
void RegisterUneven(size_t size) {
  Add("intersect_1_to_100/" + std::to_string(size),
      [=](benchmark::State& state) {
        const std::vector<uint64_t> large = MakeSet(100 * size, 1);
        std::vector<uint64_t> small;
        for (size_t i = 0; i < size; ++i) small.push_back(large[100 * i]);
        for ([[maybe_unused]] auto _ : state) {
          benchmark::DoNotOptimize(Intersect(small, large));
        }
        SetItems(state, 1);
      });
}

// Hashes as a text gives them: in no order, one in ten there twice.
std::vector<std::vector<uint64_t>> MakeUnsorted(size_t size) {
  std::mt19937_64 random(1);
  std::vector<std::vector<uint64_t>> lists;
  for (size_t i = 0; i == 0 || i * size < kTotal; ++i) {
    std::vector<uint64_t> hashes;
    while (hashes.size() < size) {
      const bool is_repeat = !hashes.empty() && random() % 10 == 0;
      hashes.push_back(is_repeat ? hashes[random() % hashes.size()] : random());
    }
    lists.push_back(std::move(hashes));
  }
  return lists;
}

// Copying the list is part of both rows; it costs next to nothing.
template <typename Sort>
void RegisterSort(const std::string& name, size_t size, Sort sort) {
  Add(name + "/" + std::to_string(size), [=](benchmark::State& state) {
    const auto lists = MakeUnsorted(size);
    std::vector<uint64_t> hashes;
    std::vector<uint64_t> scratch;
    for ([[maybe_unused]] auto _ : state) {
      for (const auto& list : lists) {
        hashes = list;
        sort(&hashes, &scratch);
        benchmark::DoNotOptimize(hashes.data());
      }
    }
    SetItems(state, lists.size());
    SetTimePer(state, "per_hash", lists.size() * size);
  });
}

void StandardSort(std::vector<uint64_t>* hashes, std::vector<uint64_t>*) {
  std::sort(hashes->begin(), hashes->end());
  hashes->erase(std::unique(hashes->begin(), hashes->end()), hashes->end());
}

}  // namespace

void Register() {
  for (const size_t size : {100, 500, 5000}) {
    RegisterIntersect("intersect_similar", 0.95, true, size);
    RegisterIntersect("intersect_dissimilar", 0.05, false, size);
    RegisterIntersect("intersect_dissimilar_stopped", 0.05, true, size);
    RegisterUneven(size);
  }
  for (const size_t size : {100, 500, 5000, 100'000}) {
    RegisterSort("sort_distinct", size, SortDistinct);
    RegisterSort("std_sort_unique", size, StandardSort);
  }
}

}  // namespace wirecopy::bench
