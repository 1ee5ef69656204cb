#include "engine/keep_order.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "absl/time/time.h"

namespace wirecopy {
namespace {

// Rising in what is kept first. Without a date: after everything with one.
std::vector<int64_t> KeepKeys(KeepPolicy policy, const DocumentSource& source,
                              std::span<const uint32_t> code_points) {
  std::vector<int64_t> keys(source.size());
  for (uint32_t d = 0; d < source.size(); ++d) {
    if (policy == KeepPolicy::kLongest) {
      keys[d] = -static_cast<int64_t>(code_points[d]);
      continue;
    }
    const auto published = source.Published(d);
    if (!published) {
      keys[d] = std::numeric_limits<int64_t>::max();
      continue;
    }
    const int64_t time = absl::ToUnixMicros(*published);
    keys[d] = policy == KeepPolicy::kEarliest ? time : -time;
  }
  return keys;
}

}  // namespace

std::vector<uint32_t> KeepOrder(KeepPolicy policy, const DocumentSource& source,
                                std::span<const uint32_t> code_points) {
  std::vector<uint32_t> order(source.size());
  std::iota(order.begin(), order.end(), 0U);
  if (policy == KeepPolicy::kFirst) return order;
  const std::vector<int64_t> keys = KeepKeys(policy, source, code_points);
  // Ids are distinct, so that no tie is left to the order of input.
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    if (keys[a] != keys[b]) return keys[a] < keys[b];
    return source.Id(a) < source.Id(b);
  });
  return order;
}

}  // namespace wirecopy
