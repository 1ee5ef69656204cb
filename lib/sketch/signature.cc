#include "wirecopy/signature.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "sketch/sketch_kernels.h"

namespace wirecopy {
namespace {

static_assert(SignatureParameters::kMaxSlots == kMaxSlots);
// All rounds fit above the hash. A hash of all ones in the very last one is the
// empty slot's value; only FillSlots asks for that, and it is done by then.
static_assert(uint64_t{2} * kMaxSlots <= uint64_t{1} << (64 - kSlotHashBits));

// Whether there are more than `most` distinct hashes, for certain: by how many
// different topmost bits they have. Tells so of all but small sets, within
// little more than `most` hashes.
bool HasMoreThan(std::span<const uint64_t> hashes, size_t most) {
  constexpr int kTopBits = 12;
  static_assert(SignatureParameters::kMaxSlots < 1 << (kTopBits - 1));
  std::array<uint64_t, (1 << kTopBits) / 64> seen = {};
  size_t distinct = 0;
  for (const uint64_t h : hashes) {
    const uint64_t top = h >> (64 - kTopBits);
    const uint64_t bit = uint64_t{1} << (top % 64);
    distinct += (seen[top / 64] & bit) == 0 ? 1 : 0;
    seen[top / 64] |= bit;
    if (distinct > most) return true;
  }
  return false;
}

// Moves the distinct hashes to *distinct, sorted, unless there are more than
// `most`; returns whether it did.
bool CollectDistinct(std::span<const uint64_t> hashes, size_t most,
                     std::vector<uint64_t>* distinct) {
  constexpr size_t kRepeats = 4;
  if (HasMoreThan(hashes, most)) return false;
  if (hashes.size() <= kRepeats * most) {
    distinct->assign(hashes.begin(), hashes.end());
  } else {
    // Long, and mostly repeats.
    const absl::flat_hash_set<uint64_t> seen(hashes.begin(), hashes.end());
    distinct->assign(seen.begin(), seen.end());
  }
  std::vector<uint64_t> scratch;
  SortDistinct(distinct, &scratch);
  if (distinct->size() <= most) return true;
  distinct->clear();
  return false;
}

size_t CountShared(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  std::vector<uint64_t> shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(shared));
  return shared.size();
}

double Ratio(size_t part, size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

absl::Status Differ(const char* what, uint64_t a, uint64_t b) {
  return absl::FailedPreconditionError(
      absl::StrCat("signatures made with different ", what, " (", a, " and ", b,
                   ") cannot be compared"));
}

}  // namespace

absl::Status Validate(const SignatureParameters& parameters) {
  if (parameters.slots < SignatureParameters::kMinSlots ||
      parameters.slots > SignatureParameters::kMaxSlots) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a signature of ", parameters.slots, " slots: the number must be from ",
        SignatureParameters::kMinSlots, " to ",
        SignatureParameters::kMaxSlots));
  }
  return Validate(parameters.shingle);
}

absl::Status CheckComparable(const SignatureParameters& a,
                             const SignatureParameters& b) {
  const auto number = [](int n) { return static_cast<uint64_t>(n); };
  if (a.slots != b.slots) {
    return Differ("slots", number(a.slots), number(b.slots));
  }
  if (a.shingle.k != b.shingle.k) {
    return Differ("shingle sizes", number(a.shingle.k), number(b.shingle.k));
  }
  if (a.shingle.unit != b.shingle.unit) {
    return absl::FailedPreconditionError(
        "signatures of word and of character shingles cannot be compared");
  }
  if (a.shingle.seed != b.shingle.seed) {
    return Differ("seeds", a.shingle.seed, b.shingle.seed);
  }
  return absl::OkStatus();
}

Signature::Signature(const SignatureParameters& parameters,
                     std::span<const uint64_t> shingle_hashes)
    : parameters_(parameters), slots_(static_cast<size_t>(parameters.slots)) {
  const bool has_more = ActiveSketchKernels().fill_slots(
      shingle_hashes.data(), shingle_hashes.size(), slots_.data(),
      static_cast<uint32_t>(slots_.size()));
  is_exact_ =
      !has_more && CollectDistinct(shingle_hashes, slots_.size(), &shingles_);
}

absl::StatusOr<double> EstimateResemblance(const Signature& a,
                                           const Signature& b) {
  WIRECOPY_RETURN_IF_ERROR(CheckComparable(a.parameters(), b.parameters()));
  if (a.empty() || b.empty()) return 0.0;
  if (a.is_exact() && b.is_exact()) {
    const size_t shared = CountShared(a.shingles(), b.shingles());
    return Ratio(shared, a.shingles().size() + b.shingles().size() - shared);
  }
  const size_t slots = a.slots().size();
  return Ratio(ActiveSketchKernels().count_equal(a.slots().data(),
                                                 b.slots().data(), slots),
               slots);
}

double EstimateShingleCount(const Signature& signature) {
  if (signature.is_exact()) {
    return static_cast<double>(signature.shingles().size());
  }
  // Round plus hash, as a fraction, is exponentially distributed with a mean
  // of slots / shingles: the slots are that many looks at one rate.
  double sum = 0;
  for (const uint64_t slot : signature.slots()) {
    sum += std::ldexp(static_cast<double>(slot), -kSlotHashBits);
  }
  const auto slots = static_cast<double>(signature.slots().size());
  return slots * (slots - 1) / sum;
}

absl::StatusOr<double> EstimateContainment(const Signature& a,
                                           const Signature& b) {
  WIRECOPY_ASSIGN_OR_RETURN(const double resemblance,
                            EstimateResemblance(a, b));
  if (a.empty() || b.empty()) return 0.0;
  if (a.is_exact() && b.is_exact()) {
    return Ratio(CountShared(a.shingles(), b.shingles()), a.shingles().size());
  }
  const double size_a = EstimateShingleCount(a);
  const double size_b = EstimateShingleCount(b);
  const double shared = resemblance * (size_a + size_b) / (1 + resemblance);
  return std::min(1.0, shared / size_a);
}

absl::StatusOr<Signature> Merge(const Signature& a, const Signature& b) {
  WIRECOPY_RETURN_IF_ERROR(CheckComparable(a.parameters(), b.parameters()));
  Signature merged(a.parameters());
  merged.slots_.resize(a.slots_.size());
  std::transform(a.slots_.begin(), a.slots_.end(), b.slots_.begin(),
                 merged.slots_.begin(),
                 [](uint64_t x, uint64_t y) { return std::min(x, y); });
  if (a.is_exact_ && b.is_exact_) {
    std::set_union(a.shingles_.begin(), a.shingles_.end(), b.shingles_.begin(),
                   b.shingles_.end(), std::back_inserter(merged.shingles_));
    merged.is_exact_ = merged.shingles_.size() <= merged.slots_.size();
    if (!merged.is_exact_) merged.shingles_.clear();
  }
  return merged;
}

}  // namespace wirecopy
