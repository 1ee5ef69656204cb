#include <algorithm>

#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

constexpr size_t kSmall = 64;
// About this many hashes land in a bucket.
constexpr size_t kBucketSize = 4;
constexpr size_t kMaxBucketBits = 16;

unsigned BucketBits(size_t size) {
  unsigned bits = 1;
  while (bits < kMaxBucketBits && (size >> bits) > kBucketSize) ++bits;
  return bits;
}

// One pass by the top bits, then an insertion sort that finds everything
// nearly in place. Whatever breaks the spread only makes buckets long, and
// those are sorted by the library.
void BucketSort(std::vector<uint64_t>* hashes, std::vector<uint64_t>* scratch) {
  const unsigned bits = BucketBits(hashes->size());
  const unsigned shift = 64 - bits;
  const size_t buckets = size_t{1} << bits;
  scratch->assign(hashes->size() + buckets + 1, 0);
  uint64_t* const sorted = scratch->data();
  uint64_t* const ends = sorted + hashes->size();
  for (const uint64_t h : *hashes) ++ends[(h >> shift) + 1];
  for (size_t b = 1; b <= buckets; ++b) ends[b] += ends[b - 1];
  for (const uint64_t h : *hashes) sorted[ends[h >> shift]++] = h;
  size_t begin = 0;
  for (size_t b = 0; b < buckets; ++b) {
    const size_t end = ends[b];
    if (end - begin > kSmall) {
      std::sort(sorted + begin, sorted + end);
    } else {
      for (size_t i = begin + 1; i < end; ++i) {
        const uint64_t h = sorted[i];
        size_t j = i;
        for (; j > begin && sorted[j - 1] > h; --j) sorted[j] = sorted[j - 1];
        sorted[j] = h;
      }
    }
    begin = end;
  }
  std::copy(sorted, sorted + hashes->size(), hashes->begin());
}

}  // namespace

void SortDistinct(std::vector<uint64_t>* hashes,
                  std::vector<uint64_t>* scratch) {
  if (hashes->size() <= kSmall) {
    std::sort(hashes->begin(), hashes->end());
  } else {
    BucketSort(hashes, scratch);
  }
  hashes->erase(std::unique(hashes->begin(), hashes->end()), hashes->end());
}

}  // namespace wirecopy
