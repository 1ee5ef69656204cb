#include "passage/groups.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "base/parallel.h"
#include "cluster/united_parts.h"

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

// The places of all documents: numbered by document, and within one by where
// they begin.
struct FoundPlaces {
  std::vector<uint32_t> of_sides;  // by distinct side
  std::vector<Side> longest;       // by place
};

// From the longest to the shortest of those that some passage has.
void SortBySize(std::span<const Side> sides, std::vector<uint32_t>* order) {
  order->clear();
  for (uint32_t i = 0; i < sides.size(); ++i) {
    if (sides[i].first != DistinctSides::kNone) order->push_back(i);
  }
  std::sort(order->begin(), order->end(), [sides](uint32_t x, uint32_t y) {
    const TokenSpan of_x = sides[x].tokens;
    const TokenSpan of_y = sides[y].tokens;
    return of_x.size() != of_y.size() ? of_x.size() > of_y.size()
                                      : of_x.begin < of_y.begin;
  });
}

// Finds the places of one document after another. Keeps its buffers.
class PlaceFinder {
 public:
  // Replaces *longest with the document's places, and says by side, in
  // `of_sides`, which it is of.
  void Find(std::span<const Side> sides, std::span<uint32_t> of_sides,
            std::vector<Side>* longest) {
    places_.Clear();
    SortBySize(sides, &order_);
    longest->clear();
    for (const uint32_t number : order_) {
      uint32_t place = places_.Find(sides[number].tokens);
      if (place == kNone) {
        place = static_cast<uint32_t>(longest->size());
        places_.Add(sides[number].tokens, place);
        longest->push_back(sides[number]);
      }
      of_sides[number] = place;
    }
    SortByBegin(of_sides, longest);
  }

 private:
  void SortByBegin(std::span<uint32_t> of_sides, std::vector<Side>* longest) {
    const std::vector<Side> unsorted = *longest;
    by_begin_.resize(unsorted.size());
    std::iota(by_begin_.begin(), by_begin_.end(), 0U);
    std::sort(by_begin_.begin(), by_begin_.end(), [&](uint32_t x, uint32_t y) {
      const uint32_t of_x = unsorted[x].tokens.begin;
      const uint32_t of_y = unsorted[y].tokens.begin;
      return of_x != of_y ? of_x < of_y : x < y;
    });
    place_of_.resize(unsorted.size());
    for (uint32_t i = 0; i < by_begin_.size(); ++i) {
      (*longest)[i] = unsorted[by_begin_[i]];
      place_of_[by_begin_[i]] = i;
    }
    for (const uint32_t number : order_) {
      of_sides[number] = place_of_[of_sides[number]];
    }
  }

  Places places_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> by_begin_;
  std::vector<uint32_t> place_of_;
};

FoundPlaces FindPlaces(const DistinctSides& sides, int threads) {
  FoundPlaces found;
  found.of_sides.resize(sides.size());
  const auto of_sides = [&](size_t document) {
    return std::span(found.of_sides)
        .subspan(sides.BeginOf(document), sides.Of(document).size());
  };
  std::vector<PlaceFinder> finders(static_cast<size_t>(threads));
  std::vector<std::vector<Side>> longest(sides.documents());
  ParallelFor(threads, sides.documents(), [&](int worker, size_t document) {
    finders[static_cast<size_t>(worker)].Find(
        sides.Of(document), of_sides(document), &longest[document]);
  });
  for (size_t document = 0; document < sides.documents(); ++document) {
    const auto before = static_cast<uint32_t>(found.longest.size());
    for (uint32_t& place : of_sides(document)) place += before;
    found.longest.insert(found.longest.end(), longest[document].begin(),
                         longest[document].end());
  }
  return found;
}

// The places that each passage's sides are at.
class PassageSets {
 public:
  PassageSets(std::span<const PassagePlaces> passages,
              const DistinctSides& sides, const FoundPlaces& places)
      : passages_(passages), sides_(sides), places_(places) {}

  size_t parts() const { return (passages_.size() + kPerPart - 1) / kPerPart; }
  size_t BeginOf(size_t part) const {
    return std::min(passages_.size(), part * kPerPart);
  }
  uint32_t PlaceOfA(size_t passage) const {
    return places_
        .of_sides[sides_.PlaceOf(passages_[passage].a.document, 2 * passage)];
  }

  // By place, one of those of its group.
  std::vector<uint32_t> Unite(int threads) const {
    UnionFind sets = UniteParts(threads, places_.longest.size(), parts(),
                                [this](size_t part, UnionFind* own) {
                                  const size_t end = BeginOf(part + 1);
                                  for (size_t i = BeginOf(part); i < end; ++i) {
                                    const size_t ahead =
                                        i + DistinctSides::kPassagesAhead;
                                    if (ahead < end)
                                      __builtin_prefetch(OfB(ahead));
                                    own->Union(PlaceOfA(i), *OfB(i));
                                  }
                                });
    std::vector<uint32_t> result(places_.longest.size());
    for (uint32_t place = 0; place < result.size(); ++place) {
      result[place] = sets.Find(place);
    }
    return result;
  }

 private:
  static constexpr size_t kPerPart = size_t{1} << 16;

  const uint32_t* OfB(size_t passage) const {
    return &places_.of_sides[sides_.PlaceOf(passages_[passage].b.document,
                                            2 * passage + 1)];
  }

  std::span<const PassagePlaces> passages_;
  const DistinctSides& sides_;
  const FoundPlaces& places_;
};

// Numbers sets in the order of their first passages: by set. Puts into
// *set_of which one each passage is of.
std::vector<uint32_t> NumberSets(const PassageSets& passages,
                                 std::span<const uint32_t> set_of_place,
                                 int threads, std::vector<uint32_t>* set_of) {
  // The sets of each part, once each, in the order in which they come.
  std::vector<std::vector<uint32_t>> in_part(passages.parts());
  std::vector<std::vector<uint32_t>> last_part(static_cast<size_t>(threads));
  ParallelFor(threads, passages.parts(), [&](int worker, size_t part) {
    std::vector<uint32_t>& last = last_part[static_cast<size_t>(worker)];
    last.resize(set_of_place.size(), kNone);
    for (size_t i = passages.BeginOf(part); i < passages.BeginOf(part + 1);
         ++i) {
      const uint32_t set = set_of_place[passages.PlaceOfA(i)];
      (*set_of)[i] = set;
      if (std::exchange(last[set], static_cast<uint32_t>(part)) != part) {
        in_part[part].push_back(set);
      }
    }
  });
  std::vector<uint32_t> numbers(set_of_place.size(), kNone);
  uint32_t count = 0;
  for (const std::vector<uint32_t>& sets : in_part) {
    for (const uint32_t set : sets) {
      if (numbers[set] == kNone) numbers[set] = count++;
    }
  }
  return numbers;
}

}  // namespace

PassageGroups GroupPassages(std::span<const PassagePlaces> passages,
                            const DistinctSides& sides, int threads) {
  const FoundPlaces places = FindPlaces(sides, threads);
  const PassageSets sets(passages, sides, places);
  const std::vector<uint32_t> set_of_place = sets.Unite(threads);
  PassageGroups result;
  result.group_of.resize(passages.size());
  const std::vector<uint32_t> group_of_set =
      NumberSets(sets, set_of_place, threads, &result.group_of);
  ParallelFor(threads, sets.parts(), [&](int, size_t part) {
    for (size_t i = sets.BeginOf(part); i < sets.BeginOf(part + 1); ++i) {
      result.group_of[i] = group_of_set[result.group_of[i]];
    }
  });
  for (uint32_t place = 0; place < places.longest.size(); ++place) {
    const uint32_t group = group_of_set[set_of_place[place]];
    if (result.members.size() <= group) result.members.resize(group + 1);
    result.members[group].push_back(places.longest[place].first);
  }
  return result;
}

}  // namespace wirecopy
