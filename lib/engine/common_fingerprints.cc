#include "engine/common_fingerprints.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/mix.h"
#include "base/parallel.h"

namespace wirecopy {

uint64_t AffordableDocuments(const PostingGroups& groups,
                             uint64_t fingerprints) {
  constexpr uint64_t kPairingsPerFingerprint = 32;
  constexpr uint64_t kPairingsAnyway = 10'000'000;
  std::vector<uint64_t> sizes;
  sizes.reserve(groups.count());
  for (uint32_t group = 0; group < groups.count(); ++group) {
    sizes.push_back(groups.CountDocuments(group));
  }
  std::sort(sizes.begin(), sizes.end());
  uint64_t left = kPairingsPerFingerprint * fingerprints + kPairingsAnyway;
  uint64_t most = 2;
  // All fingerprints of as many documents, or none.
  for (size_t begin = 0; begin < sizes.size();) {
    const uint64_t size = sizes[begin];
    uint64_t count = 1;
    while (begin + count < sizes.size() && sizes[begin + count] == size) {
      ++count;
    }
    const uint64_t pairings = size * (size - 1) / 2;
    if (pairings > left / count) break;
    left -= pairings * count;
    most = std::max(most, size);
    begin += count;
  }
  return most;
}

LongRuns::LongRuns(const TokenStore& store, std::span<const uint32_t> order,
                   int threads)
    : own_(order.size()) {
  struct Worker {
    Winnower winnower{kLeast};
    std::vector<uint64_t> hashes;
  };
  std::vector<Worker> workers(static_cast<size_t>(threads));
  ParallelFor(threads, order.size(), [&](int number, size_t rank) {
    Worker& worker = workers[static_cast<size_t>(number)];
    worker.hashes.clear();
    for (const TokenCode code : store.Codes(order[rank])) {
      worker.hashes.push_back(MixTwice(code));
    }
    worker.winnower.Select(worker.hashes, &own_[rank]);
  });
  views_.assign(own_.begin(), own_.end());
}

}  // namespace wirecopy
