#include "passage/distinct_sides.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/parallel.h"

namespace wirecopy {
namespace {

// All sides, by rising document and number: document d's are
// sides[ends[d - 1]..ends[d]).
struct SidesByDocument {
  explicit SidesByDocument(std::span<const PassagePlaces> passages)
      : sides(2 * passages.size()) {
    const auto count = [this](uint32_t document) {
      if (ends.size() <= document) ends.resize(document + size_t{1});
      ++ends[document];
    };
    for (const PassagePlaces& passage : passages) {
      count(passage.a.document);
      count(passage.b.document);
    }
    size_t begin = 0;
    for (size_t& end : ends) begin += std::exchange(end, begin);
    uint32_t side = 0;
    for (const PassagePlaces& passage : passages) {
      sides[ends[passage.a.document]++] = side++;
      sides[ends[passage.b.document]++] = side++;
    }
  }

  std::span<const uint32_t> Of(size_t document) const {
    const size_t begin = document == 0 ? 0 : ends[document - 1];
    return std::span(sides).subspan(begin, ends[document] - begin);
  }

  std::vector<size_t> ends;
  std::vector<uint32_t> sides;
};

}  // namespace

DistinctSides::DistinctSides(std::span<const PassagePlaces> passages,
                             int threads)
    : numbers_(2 * passages.size()) {
  const SidesByDocument by_document(passages);
  of_document_.resize(by_document.ends.size());
  using SpanNumbers = absl::flat_hash_map<uint64_t, uint32_t>;
  std::vector<SpanNumbers> known(static_cast<size_t>(threads));
  ParallelFor(threads, of_document_.size(), [&](int worker, size_t document) {
    SpanNumbers& numbers = known[static_cast<size_t>(worker)];
    numbers.clear();
    std::vector<Side>& distinct = of_document_[document];
    for (const uint32_t side : by_document.Of(document)) {
      const PassagePlaces& passage = passages[side / 2];
      const TokenSpan tokens =
          side % 2 == 0 ? passage.a.tokens : passage.b.tokens;
      const auto [entry, is_new] =
          numbers.try_emplace(uint64_t{tokens.begin} << 32 | tokens.end,
                              static_cast<uint32_t>(distinct.size()));
      if (is_new) distinct.push_back({tokens, side});
      numbers_[side] = entry->second;
    }
  });
}

}  // namespace wirecopy
