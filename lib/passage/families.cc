#include "passage/families.h"

#include <algorithm>

#include "cluster/united_parts.h"
#include "passage/pair_ranges.h"

namespace wirecopy {
namespace {

// A masthead or a footer has no more tokens than these.
constexpr uint32_t kMasthead = 40;
constexpr uint32_t kFooter = 100;

double ShareOf(const PlacedSpan& span, std::span<const uint32_t> sizes) {
  const uint32_t size = std::max(sizes[span.document], 1U);
  return static_cast<double>(span.tokens.size()) / size;
}

// What the passages of a pair take of either document.
struct Coverage {
  double of_a = 0;
  double of_b = 0;

  void Add(const PassagePlaces& passage, std::span<const uint32_t> sizes) {
    of_a += ShareOf(passage.a, sizes);
    of_b += ShareOf(passage.b, sizes);
  }
  double Most() const { return std::max(of_a, of_b); }
};

// Whether passages [begin, end), of one pair, make it a family.
bool AreOneFamily(std::span<const PassagePlaces> passages, size_t begin,
                  size_t end, absl::FunctionRef<bool(size_t)> is_furniture,
                  std::span<const uint32_t> sizes,
                  std::span<const uint32_t> own_sizes) {
  constexpr double kHalf = 0.5;
  constexpr double kNearlyAll = 0.8;
  constexpr uint32_t kParagraph = 30;  // tokens
  Coverage all;
  Coverage told;
  for (size_t i = begin; i < end; ++i) {
    const PassagePlaces& passage = passages[i];
    if (is_furniture(i)) continue;
    all.Add(passage, own_sizes);
    if (MayBeFurniture(passage, sizes)) continue;
    told.Add(passage, own_sizes);
    if (std::min(passage.a.tokens.size(), passage.b.tokens.size()) >=
        kParagraph) {
      return true;
    }
  }
  return told.Most() >= kHalf || all.Most() >= kNearlyAll;
}

}  // namespace

EdgeDistance DistanceFromEdges(TokenSpan tokens, uint32_t document_size) {
  return {tokens.begin, document_size - tokens.end};
}

bool MayBeFurniture(const PassagePlaces& passage,
                    std::span<const uint32_t> sizes) {
  const EdgeDistance a =
      DistanceFromEdges(passage.a.tokens, sizes[passage.a.document]);
  const EdgeDistance b =
      DistanceFromEdges(passage.b.tokens, sizes[passage.b.document]);
  const uint32_t size =
      std::max(passage.a.tokens.size(), passage.b.tokens.size());
  return (size <= kMasthead && a.IsAtBegin() && b.IsAtBegin()) ||
         (size <= kFooter && a.IsAtEnd() && b.IsAtEnd());
}

std::vector<uint32_t> FindFamilies(
    std::span<const PassagePlaces> passages,
    absl::FunctionRef<bool(size_t passage)> is_furniture,
    std::span<const uint32_t> sizes, std::span<const uint32_t> own_sizes,
    int threads) {
  constexpr size_t kPerPart = size_t{1} << 14;
  const std::vector<size_t> ends = EndsOfPairs(passages, kPerPart);
  const auto unite = [&](size_t part, UnionFind* families) {
    for (size_t begin = part == 0 ? 0 : ends[part - 1]; begin < ends[part];) {
      const uint32_t a = passages[begin].a.document;
      const uint32_t b = passages[begin].b.document;
      const size_t end = EndOfPair(passages, begin);
      if (families->Find(a) != families->Find(b) &&
          AreOneFamily(passages, begin, end, is_furniture, sizes, own_sizes)) {
        families->Union(a, b);
      }
      begin = end;
    }
  };
  UnionFind families = UniteParts(threads, sizes.size(), ends.size(), unite);
  std::vector<uint32_t> result(sizes.size());
  for (uint32_t document = 0; document < result.size(); ++document) {
    result[document] = families.Find(document);
  }
  return result;
}

}  // namespace wirecopy
