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

bool IsLonger(const Side& x, const Side& y) {
  const uint32_t size_x = x.span.tokens.size();
  const uint32_t size_y = y.span.tokens.size();
  if (size_x != size_y) return size_x > size_y;
  return std::tie(x.span.tokens.begin, x.number) <
         std::tie(y.span.tokens.begin, y.number);
}

// The sides of passages by rising document. A document's alone are put in
// order at a time: all at once would take longer, and four times the memory.
class SidesInOrder {
 public:
  explicit SidesInOrder(std::span<const PassagePlaces> passages)
      : passages_(passages), numbers_(2 * passages.size()) {
    const auto sides = static_cast<uint32_t>(numbers_.size());
    for (uint32_t number = 0; number < sides; ++number) {
      const size_t document = SpanOf(number).document;
      if (ends_.size() <= document) ends_.resize(document + 1);
      ++ends_[document];
    }
    size_t begin = 0;
    for (size_t& end : ends_) begin += std::exchange(end, begin);
    for (uint32_t number = 0; number < sides; ++number) {
      numbers_[ends_[SpanOf(number).document]++] = number;
    }
  }

  size_t documents() const { return ends_.size(); }

  // From the longest to the shortest; valid until the next call.
  std::span<const Side> Of(size_t document) {
    sides_.clear();
    for (size_t i = document == 0 ? 0 : ends_[document - 1];
         i < ends_[document]; ++i) {
      sides_.push_back({SpanOf(numbers_[i]), numbers_[i]});
    }
    std::sort(sides_.begin(), sides_.end(), IsLonger);
    return sides_;
  }

 private:
  const PlacedSpan& SpanOf(uint32_t number) const {
    const PassagePlaces& passage = passages_[number / 2];
    return number % 2 == 0 ? passage.a : passage.b;
  }

  std::span<const PassagePlaces> passages_;
  std::vector<uint32_t> numbers_;
  std::vector<size_t> ends_;  // by document, in numbers_
  std::vector<Side> sides_;
};

struct FoundPlaces {
  std::vector<uint32_t> of_sides;
  std::vector<Side> longest;  // by place
};

FoundPlaces FindPlaces(std::span<const PassagePlaces> passages) {
  FoundPlaces found;
  found.of_sides.resize(2 * passages.size());
  Places places;
  SidesInOrder sides(passages);
  for (size_t document = 0; document < sides.documents(); ++document) {
    places.Clear();
    for (const Side& side : sides.Of(document)) {
      uint32_t place = places.Find(side.span.tokens);
      if (place == kNone) {
        place = static_cast<uint32_t>(found.longest.size());
        places.Add(side.span.tokens, place);
        found.longest.push_back(side);
      }
      found.of_sides[side.number] = place;
    }
  }
  return found;
}

}  // namespace

PassageGroups GroupPassages(std::span<const PassagePlaces> passages) {
  const FoundPlaces places = FindPlaces(passages);
  const std::vector<uint32_t>& place_of = places.of_sides;
  const std::vector<Side>& longest = places.longest;
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
