#include <algorithm>
#include <cstring>
#include <utility>

#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

constexpr size_t kSmall = 48;

// By the top kDigits digits of kDigitBits bits, from the lowest of them up;
// what is equal in all keeps its order. Sorts by way of `scratch`, back into
// `hashes`, and so in an even number of passes.
template <unsigned kDigitBits, size_t kDigits>
void RadixSort(std::vector<uint64_t>* hashes, std::vector<uint64_t>* scratch) {
  static_assert(kDigits % 2 == 0);
  constexpr size_t kValues = size_t{1} << kDigitBits;
  constexpr auto kLowestShift =
      static_cast<unsigned>(64 - kDigits * kDigitBits);
  const size_t size = hashes->size();
  scratch->resize(std::max(scratch->size(), size));
  uint32_t places[kDigits][kValues];
  std::memset(places, 0, sizeof places);
  const auto digit = [](uint64_t h, size_t i) {
    return (h >> (kLowestShift + i * kDigitBits)) % kValues;
  };
  for (const uint64_t h : *hashes) {
    for (size_t i = 0; i < kDigits; ++i) ++places[i][digit(h, i)];
  }
  uint64_t* from = hashes->data();
  uint64_t* to = scratch->data();
  for (size_t i = 0; i < kDigits; ++i) {
    uint32_t sum = 0;
    for (uint32_t& place : places[i]) sum += std::exchange(place, sum);
    for (size_t j = 0; j < size; ++j)
      to[places[i][digit(from[j], i)]++] = from[j];
    std::swap(from, to);
  }
}

// By so many digits that one hash or less is expected for a value of all of
// them together, and so few that to add up how many there are of each digit's
// values takes no longer than to move the hashes.
void SortByTopDigits(std::vector<uint64_t>* hashes,
                     std::vector<uint64_t>* scratch) {
  if (hashes->size() <= size_t{1} << 8) {
    RadixSort<6, 2>(hashes, scratch);
  } else if (hashes->size() <= size_t{1} << 14) {
    RadixSort<8, 2>(hashes, scratch);
  } else if (hashes->size() <= size_t{1} << 22) {
    RadixSort<11, 2>(hashes, scratch);
  } else {
    RadixSort<8, 4>(hashes, scratch);
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

// As std::unique, but without a branch, for nobody foresees which repeat. Of
// equal ones the last is kept, so that no step waits for what one before wrote.
void DropRepeats(std::vector<uint64_t>* hashes) {
  if (hashes->empty()) return;
  uint64_t* const data = hashes->data();
  const size_t last = hashes->size() - 1;
  size_t kept = 0;
  for (size_t i = 0; i < last; ++i) {
    const uint64_t h = data[i];
    data[kept] = h;
    kept += h != data[i + 1] ? 1 : 0;
  }
  data[kept] = data[last];
  hashes->resize(kept + 1);
}

}  // namespace

void SortDistinct(std::vector<uint64_t>* hashes,
                  std::vector<uint64_t>* scratch) {
  if (hashes->size() > kSmall) SortByTopDigits(hashes, scratch);
  if (hashes->size() <= kSmall || !InsertionSort(hashes)) {
    std::sort(hashes->begin(), hashes->end());
  }
  DropRepeats(hashes);
}

}  // namespace wirecopy
