#include "passage/groups.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "cluster/union_find.h"

namespace wirecopy {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;

using Side = DistinctSides::Side;

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
      if (AreAlike(i->second.tokens, span)) return i->second.number;
    }
    return kNone;
  }

  void Add(TokenSpan span, uint32_t number) {
    by_begin_.insert({span.begin, {span, number}});
  }

 private:
  struct Place {
    TokenSpan tokens;
    uint32_t number;
  };
  std::multimap<uint32_t, Place> by_begin_;
};

// The places of all documents.
struct FoundPlaces {
  std::vector<size_t> begins;       // by document, into of_sides
  std::vector<uint32_t> of_sides;   // by distinct side
  std::vector<uint32_t> documents;  // by place
  std::vector<Side> longest;        // by place

  uint32_t Of(uint32_t document, uint32_t number) const {
    return of_sides[begins[document] + number];
  }
};

// From the longest to the shortest.
void SortBySize(std::span<const Side> sides, std::vector<uint32_t>* order) {
  order->resize(sides.size());
  std::iota(order->begin(), order->end(), 0U);
  std::sort(order->begin(), order->end(), [sides](uint32_t x, uint32_t y) {
    const TokenSpan of_x = sides[x].tokens;
    const TokenSpan of_y = sides[y].tokens;
    return of_x.size() != of_y.size() ? of_x.size() > of_y.size()
                                      : of_x.begin < of_y.begin;
  });
}

FoundPlaces FindPlaces(const DistinctSides& sides) {
  FoundPlaces found;
  Places places;
  std::vector<uint32_t> order;
  for (uint32_t document = 0; document < sides.documents(); ++document) {
    const std::span<const Side> own = sides.Of(document);
    const size_t begin = found.of_sides.size();
    found.begins.push_back(begin);
    found.of_sides.resize(begin + own.size());
    places.Clear();
    SortBySize(own, &order);
    for (const uint32_t number : order) {
      const Side& side = own[number];
      uint32_t place = places.Find(side.tokens);
      if (place == kNone) {
        place = static_cast<uint32_t>(found.longest.size());
        places.Add(side.tokens, place);
        found.longest.push_back(side);
        found.documents.push_back(document);
      }
      found.of_sides[begin + number] = place;
    }
  }
  return found;
}

}  // namespace

PassageGroups GroupPassages(std::span<const PassagePlaces> passages,
                            const DistinctSides& sides) {
  const FoundPlaces places = FindPlaces(sides);
  const std::vector<Side>& longest = places.longest;
  const auto place_of_a = [&](size_t passage) {
    return places.Of(passages[passage].a.document, sides.NumberOf(2 * passage));
  };
  UnionFind sets(longest.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    sets.Union(place_of_a(i),
               places.Of(passages[i].b.document, sides.NumberOf(2 * i + 1)));
  }
  PassageGroups result;
  result.group_of.reserve(passages.size());
  std::vector<uint32_t> group_of_set(longest.size(), kNone);
  for (size_t i = 0; i < passages.size(); ++i) {
    uint32_t& group = group_of_set[sets.Find(place_of_a(i))];
    if (group == kNone) {
      group = static_cast<uint32_t>(result.members.size());
      result.members.emplace_back();
    }
    result.group_of.push_back(group);
  }
  std::vector<uint32_t> order(longest.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&places](uint32_t x, uint32_t y) {
    return std::tuple(places.documents[x], places.longest[x].tokens.begin, x) <
           std::tuple(places.documents[y], places.longest[y].tokens.begin, y);
  });
  for (const uint32_t place : order) {
    result.members[group_of_set[sets.Find(place)]].push_back(
        longest[place].first);
  }
  return result;
}

}  // namespace wirecopy
