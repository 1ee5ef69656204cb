#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

constexpr size_t kSmall = 48;
constexpr size_t kDigitBits = 8;
constexpr size_t kDigits = size_t{1} << kDigitBits;
constexpr size_t kMostDigits = 64 / kDigitBits;

// So many digits that few hashes, about one of sixteen, agree with another one
// in all of them.
size_t DigitsToSort(size_t size) {
  const size_t bits = static_cast<size_t>(std::bit_width(size)) + 3;
  return std::min((bits + kDigitBits - 1) / kDigitBits, kMostDigits);
}

// By the top `digits` digits, from the lowest of them up; what is equal in all
// keeps its order. Sorts by way of `scratch`, back into `hashes`.
void RadixSort(size_t digits, std::vector<uint64_t>* hashes,
               std::vector<uint64_t>* scratch) {
  const size_t size = hashes->size();
  scratch->resize(std::max(scratch->size(), size));
  uint32_t places[kMostDigits][kDigits];
  std::memset(places, 0, digits * sizeof places[0]);
  const auto lowest_shift = static_cast<unsigned>(64 - digits * kDigitBits);
  const auto digit = [lowest_shift](uint64_t h, size_t i) {
    return (h >> (lowest_shift + i * kDigitBits)) % kDigits;
  };
  for (const uint64_t h : *hashes) {
    for (size_t i = 0; i < digits; ++i) ++places[i][digit(h, i)];
  }
  uint64_t* from = hashes->data();
  uint64_t* to = scratch->data();
  for (size_t i = 0; i < digits; ++i) {
    uint32_t sum = 0;
    for (uint32_t& place : places[i]) sum += std::exchange(place, sum);
    for (size_t j = 0; j < size; ++j)
      to[places[i][digit(from[j], i)]++] = from[j];
    std::swap(from, to);
  }
  if (from != hashes->data()) {
    std::memcpy(hashes->data(), from, size * sizeof(uint64_t));
  }
}

// Whether an insertion sort of what is nearly in order ended within a few
// steps a hash. Hashes that somebody chose to agree end it early.
bool InsertionSort(std::vector<uint64_t>* hashes) {
  uint64_t* const data = hashes->data();
  const size_t most_steps = 4 * hashes->size();
  size_t steps = 0;
  for (size_t i = 1; i < hashes->size(); ++i) {
    const uint64_t h = data[i];
    if (data[i - 1] <= h) continue;
    size_t j = i;
    for (; j > 0 && data[j - 1] > h; --j) data[j] = data[j - 1];
    data[j] = h;
    steps += i - j;
    if (steps > most_steps) return false;
  }
  return true;
}

}  // namespace

void SortDistinct(std::vector<uint64_t>* hashes,
                  std::vector<uint64_t>* scratch) {
  if (hashes->size() > kSmall) {
    RadixSort(DigitsToSort(hashes->size()), hashes, scratch);
  }
  if (hashes->size() <= kSmall || !InsertionSort(hashes)) {
    std::sort(hashes->begin(), hashes->end());
  }
  hashes->erase(std::unique(hashes->begin(), hashes->end()), hashes->end());
}

}  // namespace wirecopy
