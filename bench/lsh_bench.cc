// From signatures to candidates.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "bench/bench.h"
#include "bench/samples.h"
#include "lsh/buckets.h"
#include "lsh/packed_signatures.h"
#include "lsh/prefix_index.h"
#include "lsh/shingle_counts.h"
#include "lsh/slot_filter.h"
#include "wirecopy/banding.h"
#include "wirecopy/similarity.h"

namespace wirecopy::bench {
namespace {

constexpr size_t kBands = 16;
constexpr double kThreshold = 0.8;

using BandedKeys = std::vector<std::vector<uint32_t>>;

void MakeBandKeys(benchmark::State& state, const Banding& banding) {
  constexpr size_t kSignatures = 1000;
  const auto slots = static_cast<size_t>(banding.slots());
  const std::vector<uint64_t> signatures = MakeSet(kSignatures * slots, 1);
  std::vector<uint64_t> keys(static_cast<size_t>(banding.bands));
  for ([[maybe_unused]] auto _ : state) {
    for (size_t i = 0; i < kSignatures; ++i) {
      BandKeys({signatures.data() + i * slots, slots}, banding, keys);
      benchmark::DoNotOptimize(keys.data());
    }
  }
  SetItems(state, kSignatures);
}

// Keys of documents of which one in five has an earlier one's in half of its
// bands.
BandedKeys MakeKeys(size_t documents) {
  std::mt19937_64 random(1);
  BandedKeys keys(kBands, std::vector<uint32_t>(documents));
  for (size_t d = 0; d < documents; ++d) {
    const bool is_similar = d > 0 && random() % 5 == 0;
    const size_t other = d > 0 ? random() % d : 0;
    for (auto& band : keys) {
      const auto fresh = static_cast<uint32_t>(random());
      band[d] = is_similar && fresh % 2 == 0 ? band[other] : fresh;
    }
  }
  return keys;
}

std::vector<uint32_t> Numbers(size_t count) {
  std::vector<uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

// Signatures that are all alike, so that a filter over them lets every pair
// pass, and buckets hold what keys say.
PackedSignatures MakeSignatures(size_t documents) {
  PackedSignatures signatures(Banding{kBands, 8});
  const PackedSignatures::Place packed =
      signatures.Keep(std::vector<uint64_t>(signatures.packing().words()));
  signatures.Reserve(documents);
  for (size_t d = 0; d < documents; ++d) signatures.Add(packed);
  return signatures;
}

Buckets BucketsOf(const BandedKeys& keys, const std::vector<uint32_t>& numbers,
                  const SlotFilter* filter) {
  return Buckets(
      keys.size(),
      [&keys](size_t band, size_t first, std::span<uint32_t> out) {
        std::ranges::copy(std::span(keys[band]).subspan(first, out.size()),
                          out.begin());
      },
      numbers, numbers.size(), filter, 1);
}

void MakeBuckets(benchmark::State& state, size_t documents, bool filters) {
  const BandedKeys keys = MakeKeys(documents);
  const PackedSignatures signatures = MakeSignatures(documents);
  const SlotFilter filter(signatures, kThreshold, SlotFilter::LossFor(0.999));
  const std::vector<uint32_t> numbers = Numbers(documents);
  for ([[maybe_unused]] auto _ : state) {
    const Buckets buckets =
        BucketsOf(keys, numbers, filters ? &filter : nullptr);
    benchmark::DoNotOptimize(buckets.count());
  }
  SetItems(state, documents);
}

// From the signatures of one document after another to the keys of a band.
void ReadBandKeys(benchmark::State& state, size_t documents) {
  PackedSignatures signatures(Banding{24, 6});
  const size_t words = signatures.packing().words();
  const auto first = signatures.Keep(MakeSet(documents * words, 1));
  signatures.Reserve(documents);
  for (size_t d = 0; d < documents; ++d) {
    signatures.Add(signatures.Behind(first, d));
  }
  const std::vector<uint32_t> numbers = Numbers(documents);
  std::vector<uint32_t> keys(documents);
  for ([[maybe_unused]] auto _ : state) {
    signatures.BandKeys(11, numbers, keys);
    benchmark::DoNotOptimize(keys.data());
  }
  SetItems(state, documents);
}

// Pairs that the filter lets pass only when it has seen all of both.
void FilterPairs(benchmark::State& state) {
  constexpr uint32_t kDocuments = 1000;
  PackedSignatures signatures(Banding{24, 6});
  const PackedSignatures::Place packed =
      signatures.Keep(std::vector<uint64_t>(signatures.packing().words()));
  for (uint32_t d = 0; d < kDocuments; ++d) signatures.Add(packed);
  const SlotFilter filter(signatures, kThreshold, SlotFilter::LossFor(0.999));
  SlotFilter::Rooms rooms;
  for ([[maybe_unused]] auto _ : state) {
    size_t passed = 0;
    for (uint32_t d = 0; d < kDocuments; ++d) {
      passed += filter.MayReach(0, d, &rooms) ? 1 : 0;
    }
    benchmark::DoNotOptimize(passed);
  }
  SetItems(state, kDocuments);
}

// The shared buckets of each document, as Buckets has them.
struct SharedBuckets {
  size_t count = 0;                                    // of buckets
  std::vector<std::pair<uint32_t, uint32_t>> members;  // document, bucket
  std::vector<uint32_t> begins;                        // by document, in `of`
  std::vector<uint32_t> of;

  void Add(uint32_t document, size_t bucket) {
    members.emplace_back(document, static_cast<uint32_t>(bucket));
  }
  void FileByDocument(size_t documents) {
    begins.resize(documents + 1);
    for (const auto& [document, bucket] : members) ++begins[document + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    of.resize(members.size());
    std::vector<uint32_t> next = begins;
    for (const auto& [document, bucket] : members)
      of[next[document]++] = bucket;
  }
};

// The way that comes to mind first: a list of documents for every key.
SharedBuckets ShareByLists(const BandedKeys& keys) {
  SharedBuckets shared;
  for (const auto& band : keys) {
    absl::flat_hash_map<uint64_t, std::vector<uint32_t>> found;
    found.reserve(band.size());
    for (uint32_t d = 0; d < band.size(); ++d) found[band[d]].push_back(d);
    for (const auto& [key, documents] : found) {
      if (documents.size() < 2) continue;
      for (const uint32_t d : documents) shared.Add(d, shared.count);
      ++shared.count;
    }
  }
  shared.FileByDocument(keys[0].size());
  return shared;
}

// The same without lists, for which every key is looked up twice.
SharedBuckets ShareByCounts(const BandedKeys& keys) {
  SharedBuckets shared;
  for (const auto& band : keys) {
    absl::flat_hash_map<uint32_t, std::pair<uint32_t, uint32_t>> found;
    found.reserve(band.size());
    for (const uint32_t key : band) ++found[key].first;
    for (auto& [key, bucket] : found) {
      if (bucket.first < 2) continue;
      bucket.second = static_cast<uint32_t>(shared.count++);
    }
    for (uint32_t d = 0; d < band.size(); ++d) {
      const auto bucket = found.find(band[d])->second;
      if (bucket.first > 1) shared.Add(d, bucket.second);
    }
  }
  shared.FileByDocument(keys[0].size());
  return shared;
}

void MakeBucketsByMap(benchmark::State& state, size_t documents,
                      decltype(&ShareByCounts) share) {
  const BandedKeys keys = MakeKeys(documents);
  const Buckets expected = BucketsOf(keys, Numbers(documents), nullptr);
  for ([[maybe_unused]] auto _ : state) {
    const SharedBuckets shared = share(keys);
    if (shared.count != expected.count() ||
        shared.of.size() != expected.MemberCount()) {
      state.SkipWithError("the two ways disagree");
    }
    benchmark::DoNotOptimize(shared.of.data());
  }
  SetItems(state, documents);
}

void SelectPrefixes(benchmark::State& state, size_t set_size) {
  constexpr size_t kSets = 1000;
  ShingleCounts counts(kSets * set_size);
  std::vector<std::vector<uint64_t>> sets;
  for (size_t i = 0; i < kSets; ++i) {
    // Half of the shingles are shared with the set before.
    sets.push_back(i == 0 ? MakeSet(set_size, i)
                          : MakeSimilarSet(sets.back(), set_size / 2, i));
    counts.Add(sets.back());
  }
  PrefixSelector selector(counts);
  for ([[maybe_unused]] auto _ : state) {
    for (const auto& set : sets) {
      benchmark::DoNotOptimize(
          selector.Select(set, LeastContained(set.size(), kThreshold)));
    }
  }
  SetItems(state, kSets);
  SetTimePer(state, "per_shingle", kSets * set_size);
}

void AddBuckets(size_t documents) {
  const std::string suffix = "/" + std::to_string(documents);
  Add("buckets" + suffix, [=](benchmark::State& state) {
    MakeBuckets(state, documents, /*filters=*/false);
  })->Unit(benchmark::kMillisecond);
  Add("buckets_filtered" + suffix, [=](benchmark::State& state) {
    MakeBuckets(state, documents, /*filters=*/true);
  })->Unit(benchmark::kMillisecond);
  Add("buckets_flat_hash_map" + suffix, [=](benchmark::State& state) {
    MakeBucketsByMap(state, documents, ShareByCounts);
  })->Unit(benchmark::kMillisecond);
  Add("buckets_flat_hash_map_lists" + suffix, [=](benchmark::State& state) {
    MakeBucketsByMap(state, documents, ShareByLists);
  })->Unit(benchmark::kMillisecond);
}

}  // namespace

void Register() {
  for (const Banding banding : {Banding{16, 8}, Banding{39, 8}}) {
    Add("band_keys/" + std::to_string(banding.bands) + "x" +
            std::to_string(banding.rows),
        [=](benchmark::State& state) { MakeBandKeys(state, banding); });
  }
  std::vector<size_t> sizes = {10'000, 100'000, 1'000'000};
  // Takes minutes: only where it is asked for.
  if (benchmark::GetBenchmarkFilter().find("10000000") != std::string::npos) {
    sizes.push_back(10'000'000);
  }
  for (const size_t documents : sizes) AddBuckets(documents);
  Add("band_keys_packed/1000000", [](benchmark::State& state) {
    ReadBandKeys(state, 1'000'000);
  })->Unit(benchmark::kMillisecond);
  Add("slot_filter/144", FilterPairs);
  for (const size_t size : {100, 500, 5000}) {
    Add("prefix/" + std::to_string(size),
        [=](benchmark::State& state) { SelectPrefixes(state, size); });
  }
}

}  // namespace wirecopy::bench
