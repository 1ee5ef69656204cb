// From shingle hashes to signatures, and what is estimated from those.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/bench.h"
#include "bench/samples.h"
#include "sketch/sketch_kernels.h"
#include "wirecopy/datasketch.h"
#include "wirecopy/signature.h"

namespace wirecopy::bench {
namespace {

using Sets = std::vector<std::vector<uint64_t>>;

// Sets of `size`, so many that their sum is some 100,000.
Sets MakeSets(size_t size) {
  constexpr size_t kTotal = 100'000;
  Sets sets;
  for (size_t i = 0; i == 0 || i * size < kTotal; ++i) {
    sets.push_back(MakeSet(size, i));
  }
  return sets;
}

// Calls run(set) for every set, as one iteration.
template <typename Run>
void ForSets(benchmark::State& state, const Sets& sets, Run run) {
  Repeat(state, [&] {
    for (const auto& set : sets) run(set);
    benchmark::ClobberMemory();
  });
  SetItems(state, sets.size());
  SetTimePer(state, "per_shingle", sets.size() * sets[0].size());
}

void RegisterFillSlots(SimdLevel level, uint32_t slots, size_t size) {
  const std::string name = std::string("fill_slots/") + SimdLevelName(level) +
                           "/" + std::to_string(slots) + "/" +
                           std::to_string(size);
  Add(name, [=](benchmark::State& state) {
    const SketchKernels& kernels = SketchKernelsFor(level);
    ForSets(state, MakeSets(size), [&](const std::vector<uint64_t>& set) {
      uint64_t to[kMaxSlots];
      kernels.fill_slots(set.data(), set.size(), to, slots);
      benchmark::DoNotOptimize(to);
    });
  });
}

void RegisterDatasketch(SimdLevel level, const std::string& scheme,
                        DatasketchUpdate SketchKernels::*update,
                        DatasketchScheme sketcher_scheme) {
  constexpr int kPermutations = 128;
  constexpr size_t kSetSize = 1000;
  const std::string name = "datasketch_" + scheme + "/" + SimdLevelName(level) +
                           "/" + std::to_string(kSetSize);
  Add(name, [=](benchmark::State& state) {
    Sets sets = MakeSets(kSetSize);
    if (sketcher_scheme != DatasketchScheme::kAffine64) {
      for (auto& set : sets) {
        for (uint64_t& hash : set) hash &= 0xFFFFFFFF;
      }
    }
    const auto sketcher =
        *DatasketchSketcher::Create(kPermutations, 1, sketcher_scheme);
    const DatasketchUpdate kernel = SketchKernelsFor(level).*update;
    std::vector<uint64_t> signature(kPermutations);
    ForSets(state, sets, [&](const std::vector<uint64_t>& set) {
      // Anew: what a full signature rules out is not looked at.
      std::ranges::fill(signature, sketcher.empty_slot());
      kernel(sketcher.multipliers().data(), sketcher.increments().data(),
             set.data(), set.size(), signature.data(), kPermutations);
    });
  });
}

void RegisterCountEqual(SimdLevel level, size_t slots) {
  const std::string name = std::string("count_equal/") + SimdLevelName(level) +
                           "/" + std::to_string(slots);
  Add(name, [=](benchmark::State& state) {
    const std::vector<uint64_t> a = MakeSet(slots, 1);
    const std::vector<uint64_t> b = MakeSet(slots, 2);
    const SketchKernels& kernels = SketchKernelsFor(level);
    for ([[maybe_unused]] auto _ : state) {
      benchmark::DoNotOptimize(kernels.count_equal(a.data(), b.data(), slots));
      benchmark::ClobberMemory();
    }
    SetItems(state, 1);
  });
}

// The whole object, with what it keeps of small sets.
void RegisterSignature(size_t size) {
  Add("signature/128/" + std::to_string(size), [=](benchmark::State& state) {
    ForSets(state, MakeSets(size), [](const std::vector<uint64_t>& set) {
      benchmark::DoNotOptimize(Signature({}, set).slots().data());
    });
  });
}

// Two signatures of half similar sets; up to 128 shingles they are exact.
void RegisterEstimate(size_t size) {
  Add("estimate/128/" + std::to_string(size), [=](benchmark::State& state) {
    const std::vector<uint64_t> set = MakeSet(size, 1);
    const Signature a({}, set);
    const Signature b({}, MakeSimilarSet(set, size / 2, 2));
    for ([[maybe_unused]] auto _ : state) {
      benchmark::DoNotOptimize(*EstimateResemblance(a, b));
    }
    SetItems(state, 1);
  });
}

// Text to signature, the two layers below included.
void RegisterSketch(Sample sample, size_t size) {
  const std::string name = std::string("sketch_text/") + SampleName(sample) +
                           "/" + std::to_string(size);
  Add(name, [=](benchmark::State& state) {
    constexpr size_t kTotal = 1'000'000;
    const auto texts = MakeTexts(sample, size, kTotal);
    Sketcher sketcher({});
    Repeat(state, [&] {
      for (const std::string& text : texts) {
        benchmark::DoNotOptimize(sketcher.Sketch(text).slots().data());
      }
    });
    SetBytes(state, texts.size() * size, size);
  });
}

// What the row above does after the text layer. Bytes are the text's.
void RegisterSlotsOfText(SimdLevel level, size_t size) {
  constexpr uint32_t kSlots = 128;
  const std::string name = std::string("slots_of_text/") +
                           SimdLevelName(level) + "/" + std::to_string(size);
  Add(name, [=](benchmark::State& state) {
    constexpr size_t kTotal = 1'000'000;
    Sets documents;
    Shingler shingler({});
    for (const auto& text : MakeTexts(Sample::kEnglish, size, kTotal)) {
      const auto hashes = shingler.Hashes(text);
      documents.emplace_back(hashes.begin(), hashes.end());
    }
    const SketchKernels& kernels = SketchKernelsFor(level);
    ForSets(state, documents, [&](const std::vector<uint64_t>& hashes) {
      uint64_t to[kMaxSlots];
      kernels.fill_slots(hashes.data(), hashes.size(), to, kSlots);
      benchmark::DoNotOptimize(to);
    });
    SetBytes(state, documents.size() * size, size);
  });
}

}  // namespace

void Register() {
  for (const SimdLevel level : SimdLevels()) {
    for (const uint32_t slots : {64U, 128U, 312U, 1024U}) {
      for (const size_t size : {10, 100, 1000, 10'000, 100'000}) {
        RegisterFillSlots(level, slots, size);
      }
      RegisterCountEqual(level, slots);
    }
    RegisterDatasketch(level, "legacy", &SketchKernels::datasketch_legacy,
                       DatasketchScheme::kLegacy);
    RegisterDatasketch(level, "affine32", &SketchKernels::datasketch_affine32,
                       DatasketchScheme::kAffine32);
    RegisterDatasketch(level, "affine64", &SketchKernels::datasketch_affine64,
                       DatasketchScheme::kAffine64);
    for (const size_t size : kDocumentSizes) RegisterSlotsOfText(level, size);
  }
  for (const size_t size : {10, 100, 1000, 10'000}) {
    RegisterSignature(size);
    RegisterEstimate(size);
  }
  for (const Sample sample : {Sample::kEnglish, Sample::kMixed}) {
    for (const size_t size : kDocumentSizes) RegisterSketch(sample, size);
  }
}

}  // namespace wirecopy::bench
