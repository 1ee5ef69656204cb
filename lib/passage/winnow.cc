#include "passage/winnow.h"

#include <algorithm>

#include "text/text_kernels.h"

namespace wirecopy {

WinnowSizes SizesForRun(int min_run) {
  const auto run = static_cast<size_t>(min_run);
  const size_t gram = (3 * run + 3) / 4;
  return {gram, run - gram + 1};
}

void Winnower::Select(std::span<const uint64_t> token_hashes,
                      std::vector<Fingerprint>* out) {
  out->clear();
  if (token_hashes.size() < sizes_.gram) return;
  grams_.resize(token_hashes.size() - sizes_.gram + 1);
  ActiveTextKernels().combine(token_hashes.data(), token_hashes.size(),
                              sizes_.gram, grams_.data());
  const size_t window = std::min(sizes_.window, grams_.size());
  size_t least = 0;
  for (size_t end = 1; end <= grams_.size(); ++end) {
    const size_t begin = end < window ? 0 : end - window;
    if (least < begin) {
      // It has left the window: look at all of it anew.
      least = begin;
      for (size_t i = begin; i < end; ++i) {
        if (grams_[i] <= grams_[least]) least = i;
      }
    } else if (grams_[end - 1] <= grams_[least]) {
      least = end - 1;  // of equal ones the last, by either way
    }
    if (end < window) continue;
    const auto position = static_cast<uint32_t>(least);
    if (out->empty() || out->back().position != position) {
      out->push_back({grams_[least], position});
    }
  }
}

}  // namespace wirecopy
