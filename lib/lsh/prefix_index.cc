#include "lsh/prefix_index.h"

#include <algorithm>
#include <array>

#include "wirecopy/similarity.h"

namespace wirecopy {

std::span<const uint64_t> PrefixSelector::Select(std::span<const uint64_t> set,
                                                 size_t least_shared) {
  prefix_.clear();
  if (set.empty() || least_shared > set.size()) return prefix_;
  const size_t length = set.size() - std::max<size_t>(least_shared, 1) + 1;
  count_of_.resize(set.size());
  for (size_t i = 0; i < set.size(); ++i) count_of_[i] = counts_.Count(set[i]);
  auto [highest, left] = HighestCount(length);
  prefix_.reserve(length);
  for (size_t i = 0; i < set.size(); ++i) {
    const uint32_t count = count_of_[i];
    if (count > highest || (count == highest && left == 0)) continue;
    left -= count == highest ? 1 : 0;
    // What a single document has cannot be shared.
    if (count > 1) prefix_.push_back(set[i]);
  }
  return prefix_;
}

// The highest count among the `length` lowest, and how many of those have it.
std::pair<uint32_t, size_t> PrefixSelector::HighestCount(size_t length) {
  // Most counts are low, and are sorted by counting them.
  constexpr uint32_t kCounted = 256;
  std::array<size_t, kCounted + 1> documents = {};
  for (const uint32_t count : count_of_) ++documents[std::min(count, kCounted)];
  size_t lower = 0;
  uint32_t highest = 0;
  while (highest < kCounted && lower + documents[highest] < length) {
    lower += documents[highest++];
  }
  if (highest < kCounted) return {highest, length - lower};
  ranked_.clear();
  for (const uint32_t count : count_of_) {
    if (count >= kCounted) ranked_.push_back(count);
  }
  const auto last =
      ranked_.begin() + static_cast<std::ptrdiff_t>(length - lower - 1);
  std::nth_element(ranked_.begin(), last, ranked_.end());
  highest = *last;
  const auto below = std::count_if(
      ranked_.begin(), last, [&](uint32_t count) { return count < highest; });
  return {highest, length - lower - static_cast<size_t>(below)};
}

// A resemblance of t needs t of either set, whatever the other's size.
void PrefixKeys::Append(uint32_t, std::span<const uint64_t> set,
                        std::vector<uint64_t>* keys) {
  const auto prefix =
      selector_.Select(set, LeastContained(set.size(), threshold_));
  keys->insert(keys->end(), prefix.begin(), prefix.end());
}

void ContainmentIndex::Insert(uint32_t document,
                              std::span<const uint64_t> set) {
  const size_t least = LeastContained(set.size(), threshold_);
  for (const uint64_t h : selector_.Select(set, least)) {
    postings_.Add(h, document);
  }
}

void ContainmentIndex::Contained(std::span<const uint64_t> set,
                                 std::vector<uint32_t>* candidates) {
  visited_.Clear();
  for (const uint64_t h : set) {
    postings_.ForEach(h, [&](uint32_t other) {
      if (visited_.Add(other)) candidates->push_back(other);
    });
  }
}

}  // namespace wirecopy
