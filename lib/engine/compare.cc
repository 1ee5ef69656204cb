#include "wirecopy/compare.h"

#include <cstdint>
#include <span>
#include <vector>

#include "base/status_macros.h"

namespace wirecopy {

absl::StatusOr<Comparison> Compare(std::string_view a, std::string_view b,
                                   const ShingleOptions& options) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  Comparison result;
  Shingler shingler(options);
  const std::span<const uint64_t> of_a = shingler.Set(a);
  const std::vector<uint64_t> set_a(of_a.begin(), of_a.end());
  result.tokens_a = shingler.token_count();
  const std::span<const uint64_t> set_b = shingler.Set(b);
  result.tokens_b = shingler.token_count();
  result.overlap = Intersect(set_a, set_b);
  return result;
}

}  // namespace wirecopy
