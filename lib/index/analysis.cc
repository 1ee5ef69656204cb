#include "index/analysis.h"

#include <algorithm>

#include "sketch/sketch_kernels.h"
#include "wirecopy/banding.h"

namespace wirecopy {
namespace {

// The upper bytes, which are as good as the lower ones.
uint64_t CutPrint(uint64_t hash) { return hash >> (8 * (8 - kPrintBytes)); }

}  // namespace

Analyzer::Analyzer(const IndexParameters& parameters)
    : parameters_(parameters),
      shingler_(parameters.shingle),
      winnower_(parameters.passage.min_run),
      slots_(static_cast<size_t>(parameters.banding.slots())) {}

void Analyzer::Analyze(std::string_view text, Analysis* out) {
  out->content = Hash128(text.data(), text.size(), /*seed=*/0);
  const auto hashes = shingler_.Hashes(text);
  out->tokens = shingler_.token_count();
  FindBands(hashes, out);
  const auto set = shingler_.HashedSet();
  out->set.assign(set.begin(), set.end());
  if (parameters_.measure == Measure::kContainment && !set.empty()) {
    // No bands: a key that equal sets share, however short their texts.
    out->bands = {Hash64(set.data(), set.size_bytes(), /*seed=*/0)};
  }
  FindPrints(text, out);
}

void Analyzer::FindBands(std::span<const uint64_t> hashes, Analysis* out) {
  out->bands.clear();
  if (hashes.empty() || slots_.empty()) return;
  ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots_.data(),
                                   static_cast<uint32_t>(slots_.size()));
  out->bands.resize(static_cast<size_t>(parameters_.banding.bands));
  BandKeys(slots_, parameters_.banding, out->bands);
  std::sort(out->bands.begin(), out->bands.end());
  out->bands.erase(std::unique(out->bands.begin(), out->bands.end()),
                   out->bands.end());
}

void Analyzer::FindPrints(std::string_view text, Analysis* out) {
  out->prints.clear();
  out->places.clear();
  out->ends.clear();
  if (!parameters_.has_passages) return;
  tokens_.Read(text, parameters_.passage.seed);
  winnower_.Select(tokens_.hashes(), &prints_);
  for (Fingerprint& print : prints_) print.hash = CutPrint(print.hash);
  std::sort(prints_.begin(), prints_.end(),
            [](const Fingerprint& x, const Fingerprint& y) {
              return x.hash != y.hash ? x.hash < y.hash
                                      : x.position < y.position;
            });
  out->places.reserve(prints_.size());
  for (const Fingerprint& print : prints_) {
    if (out->prints.empty() || out->prints.back() != print.hash) {
      out->prints.push_back(print.hash);
      out->ends.push_back(0);
    }
    out->places.push_back(print.position);
    out->ends.back() = static_cast<uint32_t>(out->places.size());
  }
}

}  // namespace wirecopy
