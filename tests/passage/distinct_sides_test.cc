#include "passage/distinct_sides.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

PlacedSpan SomeSpan(oracle::CodeSource* source) {
  const uint32_t begin = source->Below(4);
  return {source->Below(6), {begin, begin + 1 + source->Below(3)}};
}

TEST(DistinctSidesTest, EachOnceByItsFirstSide) {
  oracle::CodeSource source(6);
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<PassagePlaces> passages(source.Below(80));
    for (PassagePlaces& passage : passages) {
      passage = {SomeSpan(&source), SomeSpan(&source)};
      if (passage.b.document < passage.a.document) {
        std::swap(passage.a, passage.b);
      }
    }
    std::stable_sort(passages.begin(), passages.end(),
                     [](const PassagePlaces& x, const PassagePlaces& y) {
                       return x.a.document < y.a.document;
                     });
    const DistinctSides sides(passages, 1 + trial % 3);
    using Key = std::tuple<uint32_t, uint32_t, uint32_t>;
    std::map<Key, uint32_t> firsts;
    for (uint32_t side = 0; side < 2 * passages.size(); ++side) {
      const PassagePlaces& passage = passages[side / 2];
      const PlacedSpan& span = side % 2 == 0 ? passage.a : passage.b;
      const auto first = firsts.try_emplace(
          {span.document, span.tokens.begin, span.tokens.end}, side);
      ASSERT_LT(span.document, sides.documents());
      const DistinctSides::Side& distinct =
          sides.Of(span.document)[sides.PlaceOf(span.document, side) -
                                  sides.BeginOf(span.document)];
      ASSERT_EQ(distinct.tokens, span.tokens);
      ASSERT_EQ(distinct.first, first.first->second);
    }
    size_t begin = 0;
    for (size_t d = 0; d < sides.documents(); ++d) {
      ASSERT_EQ(sides.BeginOf(d), begin);
      begin += sides.Of(d).size();
    }
    ASSERT_EQ(begin, firsts.size());
    ASSERT_EQ(sides.size(), firsts.size());
  }
}

}  // namespace
}  // namespace wirecopy
