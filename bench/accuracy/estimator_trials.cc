// How far the sketches' estimates of resemblance are from the truth, by set
// size and resemblance.
//
//   estimator_trials TRIALS [SIZE ...]
//
// Sizes are 2 or more. Out: a head line, and then by tabs the sketch, the size
// of both sets, their resemblance, the trials, the mean error and the root of
// the mean squared error. Each trial has sets of its own, and hash functions of
// its own where a sketch draws them.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "sketch/sketch_kernels.h"
#include "wirecopy/datasketch.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

constexpr int kSlots = 128;
constexpr size_t kSizes[] = {10, 30, 100, 300, 1000, 3000, 10'000};
constexpr double kResemblances[] = {0.1, 0.2, 0.3, 0.4, 0.5,
                                    0.6, 0.7, 0.8, 0.9, 0.95};

using Hashes = std::span<const uint64_t>;

struct Sketch {
  const char* name;
  // The resemblance of two sets as the sketch has it; `trial` picks its hash
  // functions.
  std::function<double(Hashes a, Hashes b, uint32_t trial)> estimate;
};

// Slots alone, whatever a signature knows of small sets besides.
double EstimateBySlots(Hashes a, Hashes b, uint32_t /*trial*/) {
  const SketchKernels& kernels = ActiveSketchKernels();
  uint64_t slots_a[kSlots];
  uint64_t slots_b[kSlots];
  kernels.fill_slots(a.data(), a.size(), slots_a, kSlots);
  kernels.fill_slots(b.data(), b.size(), slots_b, kSlots);
  return static_cast<double>(kernels.count_equal(slots_a, slots_b, kSlots)) /
         kSlots;
}

double EstimateBySignature(Hashes a, Hashes b, uint32_t /*trial*/) {
  SignatureParameters parameters;
  parameters.slots = kSlots;
  return *EstimateResemblance(Signature(parameters, a),
                              Signature(parameters, b));
}

double EstimateByDatasketch(DatasketchScheme scheme, Hashes a, Hashes b,
                            uint32_t trial) {
  const auto sketcher = *DatasketchSketcher::Create(kSlots, trial, scheme);
  const uint64_t mask =
      scheme == DatasketchScheme::kAffine64 ? ~uint64_t{0} : 0xFFFFFFFF;
  const auto sign = [&](Hashes hashes) {
    std::vector<uint64_t> items(hashes.begin(), hashes.end());
    for (uint64_t& item : items) item &= mask;
    std::vector<uint64_t> signature(kSlots);
    if (!sketcher.Init(signature).ok() ||
        !sketcher.Update(items, signature).ok()) {
      std::abort();  // sizes and hashes are right
    }
    return signature;
  };
  return *DatasketchJaccard(sign(a), sign(b));
}

std::vector<Sketch> Sketches() {
  std::vector<Sketch> sketches = {{"native", EstimateBySignature},
                                  {"native_slots", EstimateBySlots}};
  for (const auto& [name, scheme] :
       {std::pair{"datasketch_legacy", DatasketchScheme::kLegacy},
        std::pair{"datasketch_affine32", DatasketchScheme::kAffine32},
        std::pair{"datasketch_affine64", DatasketchScheme::kAffine64}}) {
    sketches.push_back(
        {name, [scheme = scheme](Hashes a, Hashes b, uint32_t trial) {
           return EstimateByDatasketch(scheme, a, b, trial);
         }});
  }
  return sketches;
}

// How many of `size` shingles two sets share at the resemblance nearest to the
// wanted one; never all, of which there is nothing to estimate.
size_t SharedFor(size_t size, double resemblance) {
  const double shared =
      2 * static_cast<double>(size) * resemblance / (1 + resemblance);
  return std::min(size - 1, static_cast<size_t>(std::lround(shared)));
}

struct Errors {
  double sum = 0;
  double of_squares = 0;
};

void Try(const std::vector<Sketch>& sketches, size_t size, size_t shared,
         uint32_t trials) {
  const size_t all = 2 * size - shared;
  const double truth = static_cast<double>(shared) / static_cast<double>(all);
  std::mt19937_64 random(size * 1000 + shared);
  std::vector<uint64_t> hashes(all);
  std::vector<Errors> errors(sketches.size());
  for (uint32_t trial = 0; trial < trials; ++trial) {
    std::generate(hashes.begin(), hashes.end(), std::ref(random));
    for (size_t i = 0; i < sketches.size(); ++i) {
      const double error =
          sketches[i].estimate(Hashes(hashes).first(size),
                               Hashes(hashes).last(size), trial) -
          truth;
      errors[i].sum += error;
      errors[i].of_squares += error * error;
    }
  }
  for (size_t i = 0; i < sketches.size(); ++i) {
    std::printf("%s\t%zu\t%.6f\t%u\t%.6f\t%.6f\n", sketches[i].name, size,
                truth, trials, errors[i].sum / trials,
                std::sqrt(errors[i].of_squares / trials));
  }
  std::fflush(stdout);
}

// Small sets do not have all resemblances.
void TryAll(const std::vector<Sketch>& sketches, size_t size, uint32_t trials) {
  size_t before = 0;
  for (const double wanted : kResemblances) {
    const size_t shared = SharedFor(size, wanted);
    if (shared != before) Try(sketches, size, shared, trials);
    before = shared;
  }
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) {
  uint32_t trials = 0;
  std::vector<size_t> sizes;
  bool is_right = argc > 1 && absl::SimpleAtoi(argv[1], &trials) && trials > 0;
  for (int i = 2; i < argc; ++i) {
    size_t size = 0;
    is_right = is_right && absl::SimpleAtoi(argv[i], &size) && size > 1;
    sizes.push_back(size);
  }
  if (!is_right) {
    std::fprintf(stderr, "usage: %s TRIALS [SIZE ...]\n", argv[0]);
    return 2;
  }
  if (sizes.empty()) {
    sizes.assign(std::begin(wirecopy::kSizes), std::end(wirecopy::kSizes));
  }
  std::puts("sketch\tsize\tresemblance\ttrials\tmean_error\trmse");
  const auto sketches = wirecopy::Sketches();
  for (const size_t size : sizes) wirecopy::TryAll(sketches, size, trials);
  return 0;
}
