#include "passage/hits.h"

#include <algorithm>

namespace wirecopy {
namespace {

void SortByHash(std::span<const Fingerprint> fingerprints,
                std::vector<Fingerprint>* sorted) {
  sorted->assign(fingerprints.begin(), fingerprints.end());
  std::sort(sorted->begin(), sorted->end(),
            [](const Fingerprint& x, const Fingerprint& y) {
              return x.hash != y.hash ? x.hash < y.hash
                                      : x.position < y.position;
            });
}

// Replaces *positions with those of the hash at `begin`; returns where the
// next hash begins.
size_t TakeGroup(const std::vector<Fingerprint>& sorted, size_t begin,
                 std::vector<uint32_t>* positions) {
  positions->clear();
  size_t i = begin;
  for (; i < sorted.size() && sorted[i].hash == sorted[begin].hash; ++i) {
    positions->push_back(sorted[i].position);
  }
  return i;
}

}  // namespace

void AddHits(std::span<const uint32_t> a, std::span<const uint32_t> b,
             std::vector<Hit>* hits) {
  if (a.size() * b.size() <= kMostPairings) {
    for (const uint32_t in_a : a) {
      for (const uint32_t in_b : b) hits->push_back({in_a, in_b});
    }
    return;
  }
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    hits->push_back({a[i % a.size()], b[i % b.size()]});
  }
}

void AddSelfHits(std::span<const uint32_t> positions, uint32_t least_distance,
                 std::vector<Hit>* hits) {
  const size_t count = positions.size();
  const bool all = count * count <= kMostSelfPairings;
  const size_t half = count / 2;
  size_t next = 0;
  for (size_t i = 0; i < count; ++i) {
    while (next < count && positions[next] - positions[i] < least_distance) {
      ++next;
    }
    for (size_t j = next; j < (all ? count : std::min(count, next + 1)); ++j) {
      hits->push_back({positions[i], positions[j]});
    }
    if (!all && i + half < count && i + half > next) {
      hits->push_back({positions[i], positions[i + half]});
    }
  }
}

void HitFinder::AddHitsOf(const Match& match, size_t ordinal, size_t count) {
  const std::span<const Fingerprint> in_b = match.in_b;
  if (count * in_b.size() <= kMostPairings) {
    for (const Fingerprint& print : in_b) {
      hits_.push_back({match.position, print.position});
    }
    return;
  }
  for (size_t i = ordinal; i < std::max(count, in_b.size()); i += count) {
    hits_.push_back({match.position, in_b[i % in_b.size()].position});
  }
}

std::span<Hit> HitFinder::Find(std::span<const Fingerprint> a,
                               std::span<const Fingerprint> b) {
  hits_.clear();
  filter_.Hold<0>(a);
  auto passed_b = filter_.Pass<0>(b, &passed_b_);
  if (passed_b.empty()) return hits_;
  filter_.Hold<1>(passed_b);
  const auto passed_a = filter_.Pass<1>(a, &passed_a_);
  if (4 * passed_b.size() < b.size()) {
    // No more than may agree in some bits by chance.
    filter_.Hold<2>(passed_a);
    passed_b = filter_.Pass<2>(passed_b, &passed_b_);
  }
  if (passed_a.empty() || passed_b.empty()) return hits_;
  index_.Hold(passed_b);
  matches_.clear();
  counts_.assign(passed_b.size(), {});
  for (const Fingerprint& print : passed_a) {
    const auto in_b = index_.Find(print.hash);
    if (in_b.empty()) continue;
    matches_.push_back({print.position, in_b});
    ++counts_[index_.PlaceOf(in_b.front())].all;
  }
  for (const Match& match : matches_) {
    Count& count = counts_[index_.PlaceOf(match.in_b.front())];
    AddHitsOf(match, count.seen++, count.all);
  }
  return hits_;
}

std::span<Hit> HitFinder::FindSelf(std::span<const Fingerprint> text,
                                   uint32_t least_distance) {
  SortByHash(text, &sorted_);
  hits_.clear();
  for (size_t i = 0; i < sorted_.size();) {
    i = TakeGroup(sorted_, i, &positions_);
    AddSelfHits(positions_, least_distance, &hits_);
  }
  return hits_;
}

}  // namespace wirecopy
