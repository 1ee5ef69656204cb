#include "wirecopy/banding.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

// The probability that `rows` slots agree, at the union size where drawing
// without replacement costs most: as many shingles as slots, each slot with a
// shingle of its own. Fewer shingles repeat in later, independent rounds; more
// make repeats rare.
double AllRowsAgree(double resemblance, int rows, int slots) {
  const double size = slots;
  double probability = 1;
  for (int i = 0; i < rows; ++i) {
    probability *= std::max(0.0, resemblance * size - i) / (size - i);
  }
  return probability;
}

// What a banding costs on ordinary text, in nanoseconds a document on one
// core: slots to fill, keys to partition, and false candidates to tell apart,
// taking a corpus where a document has twenty others at half the threshold (the
// boilerplate of its site, its topic).
double Cost(const Banding& banding, double threshold) {
  constexpr double kSlot = 12;
  constexpr double kBand = 40;
  constexpr double kFalseCandidate = 1000;
  constexpr double kNeighbours = 20;
  return kSlot * banding.slots() + kBand * banding.bands +
         kFalseCandidate * kNeighbours *
             CandidateProbability(0.5 * threshold, banding);
}

// The fewest bands of `rows` rows that reach the recall in as many slots as a
// signature may have.
std::optional<Banding> FewestBands(double threshold, double recall, int rows) {
  const int least = (SignatureParameters::kMinSlots + rows - 1) / rows;
  const int most = SignatureParameters::kMaxSlots / rows;
  for (int bands = least; bands <= most; ++bands) {
    const Banding banding{bands, rows};
    if (CandidateProbability(threshold, banding) >= recall) return banding;
  }
  return std::nullopt;
}

}  // namespace

double CandidateProbability(double resemblance, const Banding& banding) {
  const double band = AllRowsAgree(resemblance, banding.rows, banding.slots());
  return 1 - std::pow(1 - band, banding.bands);
}

absl::StatusOr<Banding> ChooseBanding(double threshold, double recall) {
  constexpr int kMostRows = 32;
  if (!(threshold > 0 && threshold <= 1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "threshold ", threshold, ": must be above 0 and at most 1"));
  }
  if (!(recall > 0 && recall < 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("recall ", recall, ": must be above 0 and below 1"));
  }
  std::optional<Banding> best;
  for (int rows = 1; rows <= kMostRows; ++rows) {
    const std::optional<Banding> found = FewestBands(threshold, recall, rows);
    if (!found) continue;
    if (!best || Cost(*found, threshold) < Cost(*best, threshold)) {
      best = found;
    }
  }
  if (best) return *best;
  return absl::InvalidArgumentError(
      absl::StrCat("no banding of at most ", SignatureParameters::kMaxSlots,
                   " slots finds pairs at ", threshold,
                   " with so high a recall; use the exact join"));
}

void BandKeys(std::span<const uint64_t> slots, const Banding& banding,
              std::span<uint64_t> keys) {
  const auto rows = static_cast<size_t>(banding.rows);
  for (size_t band = 0; band < keys.size(); ++band) {
    keys[band] =
        Hash64(slots.data() + band * rows, rows * sizeof(uint64_t), band);
  }
}

}  // namespace wirecopy
