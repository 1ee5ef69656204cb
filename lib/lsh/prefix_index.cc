#include "lsh/prefix_index.h"

#include <algorithm>

#include "wirecopy/similarity.h"

namespace wirecopy {

std::span<const uint64_t> PrefixSelector::Select(std::span<const uint64_t> set,
                                                 size_t least_shared) {
  prefix_.clear();
  if (set.empty() || least_shared > set.size()) return prefix_;
  const size_t length = set.size() - std::max<size_t>(least_shared, 1) + 1;
  ranked_.clear();
  for (const uint64_t h : set) ranked_.emplace_back(counts_.Count(h), h);
  const auto end = ranked_.begin() + static_cast<std::ptrdiff_t>(length);
  std::nth_element(ranked_.begin(), end - 1, ranked_.end());
  for (auto it = ranked_.begin(); it != end; ++it) {
    // What a single document has cannot be shared.
    if (it->first > 1) prefix_.push_back(it->second);
  }
  return prefix_;
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
