#include "engine/keep_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/time/time.h"

namespace wirecopy {
namespace {

// Whether there is no date, and then what rises.
using KeepKey = std::pair<bool, int64_t>;

// Rising in what is kept first. Without a date: after everything with one.
std::vector<KeepKey> KeepKeys(KeepPolicy policy, const DocumentSource& source,
                              std::span<const uint32_t> code_points) {
  std::vector<KeepKey> keys(source.size());
  for (uint32_t d = 0; d < source.size(); ++d) {
    if (policy == KeepPolicy::kLongest) {
      keys[d].second = -static_cast<int64_t>(code_points[d]);
      continue;
    }
    const auto published = source.Published(d);
    if (!published) {
      keys[d].first = true;
      continue;
    }
    const int64_t time = absl::ToUnixMicros(*published);
    // The complement falls like the negative, which the least time has not.
    keys[d].second = policy == KeepPolicy::kEarliest ? time : ~time;
  }
  return keys;
}

// Ids are distinct, so that no tie is left to the order of input. Each is made
// once: a source may have to put it together.
void SortById(const DocumentSource& source, std::span<uint32_t> documents) {
  if (documents.size() < 2) return;
  std::vector<std::pair<DocumentId, uint32_t>> ids;
  ids.reserve(documents.size());
  for (const uint32_t d : documents) ids.emplace_back(source.Id(d), d);
  std::sort(ids.begin(), ids.end());
  for (size_t i = 0; i < ids.size(); ++i) documents[i] = ids[i].second;
}

}  // namespace

std::vector<uint32_t> KeepOrder(KeepPolicy policy, const DocumentSource& source,
                                std::span<const uint32_t> code_points) {
  std::vector<uint32_t> order(source.size());
  std::iota(order.begin(), order.end(), 0U);
  if (policy == KeepPolicy::kFirst) return order;
  const std::vector<KeepKey> keys = KeepKeys(policy, source, code_points);
  const auto by_key = [&](uint32_t a, uint32_t b) { return keys[a] < keys[b]; };
  std::sort(order.begin(), order.end(), by_key);
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = std::upper_bound(begin, order.end(), *begin, by_key);
    SortById(source, {begin, end});
    begin = end;
  }
  return order;
}

}  // namespace wirecopy
