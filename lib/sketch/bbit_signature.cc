#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "wirecopy/signature.h"

namespace wirecopy {

absl::StatusOr<BbitSignature> BbitSignature::From(const Signature& signature,
                                                  int bits) {
  if (bits < 1 || bits > 32 || (bits & (bits - 1)) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(bits, " bits a slot: must be 1, 2, 4, 8, 16 or 32"));
  }
  BbitSignature result;
  result.parameters_ = signature.parameters();
  result.bits_ = bits;
  result.empty_ = signature.empty();
  const auto width = static_cast<size_t>(bits);
  const size_t per_word = 64 / width;
  const uint64_t mask = (uint64_t{1} << width) - 1;
  result.words_.assign((signature.slots().size() + per_word - 1) / per_word, 0);
  for (size_t i = 0; i < signature.slots().size(); ++i) {
    result.words_[i / per_word] |= (signature.slots()[i] & mask)
                                   << (i % per_word * width);
  }
  return result;
}

absl::StatusOr<double> EstimateResemblance(const BbitSignature& a,
                                           const BbitSignature& b) {
  WIRECOPY_RETURN_IF_ERROR(CheckComparable(a.parameters(), b.parameters()));
  if (a.bits() != b.bits()) {
    return absl::FailedPreconditionError(
        absl::StrCat("signatures of ", a.bits(), " and ", b.bits(),
                     " bits a slot cannot be compared"));
  }
  if (a.empty() || b.empty()) return 0.0;
  const auto width = static_cast<size_t>(a.bits());
  const uint64_t mask = (uint64_t{1} << width) - 1;
  const auto slots = static_cast<size_t>(a.parameters().slots);
  size_t equal = 0;
  for (size_t i = 0; i < slots; ++i) {
    const size_t bit = i * width;
    const uint64_t difference = a.words()[bit / 64] ^ b.words()[bit / 64];
    equal += (difference >> (bit % 64) & mask) == 0 ? 1 : 0;
  }
  const double chance = std::ldexp(1.0, -a.bits());
  const double share = static_cast<double>(equal) / static_cast<double>(slots);
  return std::clamp((share - chance) / (1 - chance), 0.0, 1.0);
}

}  // namespace wirecopy
