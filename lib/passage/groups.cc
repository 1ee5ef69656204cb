#include "passage/groups.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "cluster/union_find.h"

namespace wirecopy {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;

struct Side {
  PlacedSpan span;
  uint32_t number;
};

bool AreAlike(TokenSpan x, TokenSpan y) {
  const uint32_t begin = std::max(x.begin, y.begin);
  const uint32_t end = std::min(x.end, y.end);
  if (end <= begin) return false;
  const uint32_t shared = end - begin;
  return 3 * shared >= 2 * (x.size() + y.size() - shared);
}

// The places of one document, of which each stands for spans like it. Spans
// come from the longest to the shortest.
class Places {
 public:
  void Clear() { by_begin_.clear(); }

  // The number of the place that is like the span, or kNone.
  uint32_t Find(TokenSpan span) const {
    // No place is shorter, and what is like the span is at most twice as long.
    const uint32_t least = span.begin - std::min(span.begin, 2 * span.size());
    for (auto i = by_begin_.lower_bound(least);
         i != by_begin_.end() && i->first < span.end; ++i) {
      if (AreAlike(i->second.span, span)) return i->second.number;
    }
    return kNone;
  }

  void Add(TokenSpan span, uint32_t number) {
    by_begin_.insert({span.begin, {span, number}});
  }

 private:
  struct Place {
    TokenSpan span;
    uint32_t number;
  };
  std::multimap<uint32_t, Place> by_begin_;
};

std::vector<Side> SortSides(std::span<const PassagePlaces> passages) {
  std::vector<Side> sides;
  sides.reserve(2 * passages.size());
  for (const PassagePlaces& passage : passages) {
    const auto number = static_cast<uint32_t>(sides.size());
    sides.push_back({passage.a, number});
    sides.push_back({passage.b, number + 1});
  }
  std::sort(sides.begin(), sides.end(), [](const Side& x, const Side& y) {
    if (x.span.document != y.span.document) {
      return x.span.document < y.span.document;
    }
    const uint32_t size_x = x.span.tokens.size();
    const uint32_t size_y = y.span.tokens.size();
    if (size_x != size_y) return size_x > size_y;
    return std::tie(x.span.tokens.begin, x.number) <
           std::tie(y.span.tokens.begin, y.number);
  });
  return sides;
}

}  // namespace

PassageGroups GroupPassages(std::span<const PassagePlaces> passages) {
  std::vector<uint32_t> place_of(2 * passages.size());
  std::vector<Side> longest;  // by place
  Places places;
  uint32_t document = kNone;
  for (const Side& side : SortSides(passages)) {
    if (side.span.document != document) places.Clear();
    document = side.span.document;
    uint32_t place = places.Find(side.span.tokens);
    if (place == kNone) {
      place = static_cast<uint32_t>(longest.size());
      places.Add(side.span.tokens, place);
      longest.push_back(side);
    }
    place_of[side.number] = place;
  }
  UnionFind sets(longest.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    sets.Union(place_of[2 * i], place_of[2 * i + 1]);
  }
  PassageGroups result;
  std::vector<uint32_t> group_of_set(longest.size(), kNone);
  for (size_t i = 0; i < passages.size(); ++i) {
    uint32_t& group = group_of_set[sets.Find(place_of[2 * i])];
    if (group == kNone) {
      group = static_cast<uint32_t>(result.members.size());
      result.members.emplace_back();
    }
    result.group_of.push_back(group);
  }
  std::vector<uint32_t> order(longest.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&longest](uint32_t x, uint32_t y) {
    const PlacedSpan& of_x = longest[x].span;
    const PlacedSpan& of_y = longest[y].span;
    return std::tie(of_x.document, of_x.tokens.begin, x) <
           std::tie(of_y.document, of_y.tokens.begin, y);
  });
  for (const uint32_t place : order) {
    result.members[group_of_set[sets.Find(place)]].push_back(
        longest[place].number);
  }
  return result;
}

}  // namespace wirecopy
