// The fingerprints of one text, to be looked up.

#ifndef WIRECOPY_PASSAGE_FINGERPRINT_INDEX_H_
#define WIRECOPY_PASSAGE_FINGERPRINT_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/winnow.h"

namespace wirecopy {

// In buckets by hash, and in order within each. Keeps its buffers.
class FingerprintIndex {
 public:
  // Replaces what it holds. Linear where the hashes are spread, n log n however
  // they are.
  void Hold(std::span<const Fingerprint> fingerprints);

  // Those of this hash, by rising position.
  std::span<const Fingerprint> Find(uint64_t hash) const;

  // Where one that was found stands among all.
  size_t PlaceOf(const Fingerprint& found) const {
    return static_cast<size_t>(&found - sorted_.data());
  }

 private:
  std::span<const Fingerprint> Bucket(size_t bucket) const {
    const size_t begin = bucket == 0 ? 0 : ends_[bucket - 1];
    return {sorted_.data() + begin, ends_[bucket] - begin};
  }

  std::vector<Fingerprint> sorted_;
  std::vector<uint32_t> ends_;  // by bucket
  uint64_t mask_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_FINGERPRINT_INDEX_H_
