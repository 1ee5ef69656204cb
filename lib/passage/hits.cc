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

std::span<Hit> HitFinder::Find(std::span<const Fingerprint> a,
                               std::span<const Fingerprint> b) {
  SortByHash(a, &sorted_a_);
  SortByHash(b, &sorted_b_);
  hits_.clear();
  size_t i = 0;
  size_t j = 0;
  while (i < sorted_a_.size() && j < sorted_b_.size()) {
    if (sorted_a_[i].hash < sorted_b_[j].hash) {
      ++i;
    } else if (sorted_b_[j].hash < sorted_a_[i].hash) {
      ++j;
    } else {
      i = TakeGroup(sorted_a_, i, &positions_a_);
      j = TakeGroup(sorted_b_, j, &positions_b_);
      AddHits(positions_a_, positions_b_, &hits_);
    }
  }
  return hits_;
}

std::span<Hit> HitFinder::FindSelf(std::span<const Fingerprint> text,
                                   uint32_t least_distance) {
  SortByHash(text, &sorted_a_);
  hits_.clear();
  for (size_t i = 0; i < sorted_a_.size();) {
    i = TakeGroup(sorted_a_, i, &positions_a_);
    AddSelfHits(positions_a_, least_distance, &hits_);
  }
  return hits_;
}

}  // namespace wirecopy
