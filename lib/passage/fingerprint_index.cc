#include "passage/fingerprint_index.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace wirecopy {
namespace {

bool ComesBefore(const Fingerprint& x, const Fingerprint& y) {
  return x.hash != y.hash ? x.hash < y.hash : x.position < y.position;
}

}  // namespace

void FingerprintIndex::Hold(std::span<const Fingerprint> fingerprints) {
  const size_t buckets = std::bit_ceil(fingerprints.size() + 1);
  mask_ = buckets - 1;
  ends_.assign(buckets, 0);
  for (const Fingerprint& print : fingerprints) ++ends_[print.hash & mask_];
  uint32_t begin = 0;
  for (uint32_t& end : ends_) begin += std::exchange(end, begin);
  sorted_.resize(fingerprints.size());
  for (const Fingerprint& print : fingerprints) {
    sorted_[ends_[print.hash & mask_]++] = print;
  }
  for (size_t bucket = 0; bucket < buckets; ++bucket) {
    const size_t first = bucket == 0 ? 0 : ends_[bucket - 1];
    if (ends_[bucket] - first < 2) continue;
    std::sort(sorted_.data() + first, sorted_.data() + ends_[bucket],
              ComesBefore);
  }
}

std::span<const Fingerprint> FingerprintIndex::Find(uint64_t hash) const {
  constexpr size_t kFew = 8;
  const std::span<const Fingerprint> bucket = Bucket(hash & mask_);
  if (bucket.size() > kFew) {
    const auto first = std::lower_bound(
        bucket.begin(), bucket.end(), hash,
        [](const Fingerprint& x, uint64_t y) { return x.hash < y; });
    const auto last = std::upper_bound(
        first, bucket.end(), hash,
        [](uint64_t x, const Fingerprint& y) { return x < y.hash; });
    return {first, last};
  }
  size_t begin = 0;
  while (begin < bucket.size() && bucket[begin].hash != hash) ++begin;
  size_t end = begin;
  while (end < bucket.size() && bucket[end].hash == hash) ++end;
  return bucket.subspan(begin, end - begin);
}

}  // namespace wirecopy
