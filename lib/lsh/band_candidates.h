// Candidates from bands, with the hub buckets taken care of.
//
// A bucket that thousands share (one template, one boilerplate paragraph) has
// millions of pairs, nearly all far below the threshold. Its members are
// filed by prefix instead (lsh/prefix_index.h): among them nothing is lost,
// and what they all have in common no longer brings them together. (The slot
// filter stands before them as before all pairs, and loses what it may.)

#ifndef WIRECOPY_LSH_BAND_CANDIDATES_H_
#define WIRECOPY_LSH_BAND_CANDIDATES_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "lsh/buckets.h"
#include "lsh/candidate_keys.h"
#include "lsh/prefix_index.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

// Whether a document is in any hub bucket.
inline bool IsInHub(const Buckets& buckets, uint32_t document) {
  for (const uint32_t bucket : buckets.Of(document)) {
    if (buckets.IsHub(bucket)) return true;
  }
  return false;
}

class BandCandidates : public CandidateKeys {
 public:
  // `hub_counts` covers every document in a hub. All outlive this.
  BandCandidates(const Buckets& buckets, const SlotFilter& filter,
                 const ShingleCounts& hub_counts, double threshold)
      : buckets_(buckets),
        filter_(filter),
        prefix_keys_(hub_counts, threshold) {}

  std::unique_ptr<CandidateKeys> Another() const override {
    return std::make_unique<BandCandidates>(*this);
  }

  uint64_t SmallKeys() const override { return buckets_.count(); }

  bool MayMatch(uint32_t document) const override {
    return !buckets_.Of(document).empty();
  }

  bool MayPair(uint32_t a, uint32_t b) override {
    return filter_.MayReach(a, b, &rooms_);
  }

  void Append(uint32_t document, std::span<const uint64_t> set,
              std::vector<uint64_t>* keys) override {
    bool in_hub = false;
    for (const uint32_t bucket : buckets_.Of(document)) {
      if (buckets_.IsHub(bucket)) {
        in_hub = true;
      } else {
        keys->push_back(bucket);
      }
    }
    if (!in_hub) return;
    const size_t first = keys->size();
    prefix_keys_.Append(document, set, keys);
    // Bucket numbers and shingle hashes share the space of keys. A hash that is
    // a bucket's number gives way: what is in a hub and what is in no bucket
    // with it never meet.
    for (size_t i = first; i < keys->size(); ++i) {
      uint64_t& key = (*keys)[i];
      if (key < buckets_.count()) key = ~key;
    }
  }

 private:
  const Buckets& buckets_;
  const SlotFilter& filter_;
  SlotFilter::Rooms rooms_;
  PrefixKeys prefix_keys_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BAND_CANDIDATES_H_
