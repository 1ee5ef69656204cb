#include "wirecopy/similarity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sketch/sketch_kernels.h"

namespace wirecopy {
namespace {

double Share(size_t part, size_t whole) {
  if (part == 0) return 0;
  return static_cast<double>(part) / static_cast<double>(whole);
}

// For sizes this far apart a search in the larger set beats a merge.
constexpr size_t kSearchRatio = 32;

size_t CountBySearch(std::span<const uint64_t> small,
                     std::span<const uint64_t> large) {
  size_t shared = 0;
  auto from = large.begin();
  for (const uint64_t h : small) {
    from = std::lower_bound(from, large.end(), h);
    if (from == large.end()) break;
    shared += *from == h ? 1 : 0;
  }
  return shared;
}

}  // namespace

double Overlap::Jaccard() const { return Share(shared, a + b - shared); }
double Overlap::ContainmentOfA() const { return Share(shared, a); }
double Overlap::ContainmentOfB() const { return Share(shared, b); }

Overlap IntersectAtLeast(std::span<const uint64_t> a,
                         std::span<const uint64_t> b, size_t least) {
  Overlap overlap{a.size(), b.size(), 0};
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < least) return overlap;
  overlap.shared = a.size() * kSearchRatio < b.size()
                       ? CountBySearch(a, b)
                       : ActiveSketchKernels().count_shared(
                             a.data(), a.size(), b.data(), b.size(), least);
  return overlap;
}

Overlap Intersect(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  return IntersectAtLeast(a, b, 0);
}

size_t LeastShared(size_t a, size_t b, double threshold) {
  // shared / (a + b - shared) >= t, solved for shared; see LeastContained.
  const auto sum = static_cast<double>(a + b);
  auto shared =
      static_cast<size_t>(std::ceil(sum * threshold / (1 + threshold)));
  const auto reaches = [&](size_t s) {
    return Overlap{a, b, s}.Jaccard() >= threshold;
  };
  shared = std::min(shared, a + b);
  while (shared > 0 && reaches(shared - 1)) --shared;
  while (shared < a + b && !reaches(shared)) ++shared;
  return shared;
}

// In real numbers first, then by the very quotient that is reported.
size_t LeastContained(size_t a, double threshold) {
  auto shared =
      static_cast<size_t>(std::ceil(threshold * static_cast<double>(a)));
  while (shared > 0 && Share(shared - 1, a) >= threshold) --shared;
  while (shared < a && Share(shared, a) < threshold) ++shared;
  return shared;
}

}  // namespace wirecopy
