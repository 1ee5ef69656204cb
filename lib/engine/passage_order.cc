#include "engine/passage_order.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

#include "base/parallel.h"

namespace wirecopy {
namespace {

bool ComesBefore(const PairPassage& x, const PairPassage& y) {
  return std::tie(x.a, x.b, x.tokens.a.begin, x.tokens.b.begin) <
         std::tie(y.a, y.b, y.tokens.a.begin, y.tokens.b.begin);
}

}  // namespace

// By a, and then each document's own: these fit into a core's cache.
GrowingRoom<PairPassage> JoinInOrder(
    uint32_t documents, int threads,
    std::vector<std::vector<PairPassage>>* found) {
  std::vector<size_t> ends(documents);
  for (const auto& passages : *found) {
    for (const PairPassage& passage : passages) ++ends[passage.a];
  }
  size_t count = 0;
  for (size_t& end : ends) count += std::exchange(end, count);
  GrowingRoom<PairPassage> joined(count);
  for (auto& passages : *found) {
    for (const PairPassage& passage : passages) {
      joined[ends[passage.a]++] = passage;
    }
    passages = std::vector<PairPassage>();  // {} would keep its memory
  }
  ParallelFor(threads, documents, [&](int, size_t document) {
    const size_t begin = document == 0 ? 0 : ends[document - 1];
    SortPassages({joined.data() + begin, ends[document] - begin});
  });
  return joined;
}

void SortPassages(std::span<PairPassage> passages) {
  if (std::is_sorted(passages.begin(), passages.end(), ComesBefore)) return;
  std::sort(passages.begin(), passages.end(), ComesBefore);
}

}  // namespace wirecopy
