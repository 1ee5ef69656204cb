// Which fingerprints of one text another may have.

#ifndef WIRECOPY_PASSAGE_FINGERPRINT_FILTER_H_
#define WIRECOPY_PASSAGE_FINGERPRINT_FILTER_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "passage/winnow.h"

namespace wirecopy {

// A mark for each hash (Bloom 1970, with one hash function): texts that have
// nothing in common are told apart before anything is sorted. Keeps its buffer.
class FingerprintFilter {
 public:
  // Replaces what it holds. Where the hashes are spread, no more than one in
  // eight of others is let through; in rounds 0, 1 and 2, which look at other
  // bits of a hash (of more than 131,072 hashes, at some of the same), others
  // of them.
  template <unsigned kRound>
  void Hold(std::span<const Fingerprint> fingerprints) {
    constexpr size_t kMarksEach = 8;
    constexpr size_t kLeastMarks = 4096;
    marks_.assign(
        std::bit_ceil(std::max(kMarksEach * fingerprints.size(), kLeastMarks)),
        0);
    for (const Fingerprint& print : fingerprints) {
      marks_[PlaceOf<kRound>(print.hash)] = 1;
    }
  }

  // Those that it may hold by the same round, in their order. They are put into
  // *buffer, in which `fingerprints` may be.
  template <unsigned kRound>
  std::span<const Fingerprint> Pass(std::span<const Fingerprint> fingerprints,
                                    std::vector<Fingerprint>* buffer) const {
    if (buffer->size() < fingerprints.size()) {
      buffer->resize(fingerprints.size());
    }
    Fingerprint* end = buffer->data();
    for (const Fingerprint& print : fingerprints) {
      const uint8_t mark = marks_[PlaceOf<kRound>(print.hash)];
      // Without a branch, which nobody could foretell.
      std::memmove(end, &print, sizeof(print));
      end += mark;
    }
    return {buffer->data(), end};
  }

 private:
  template <unsigned kRound>
  size_t PlaceOf(uint64_t hash) const {
    static_assert(kRound < 3);
    constexpr unsigned kBitsOfRound = 20;
    return hash >> (kBitsOfRound * kRound) & (marks_.size() - 1);
  }

  std::vector<uint8_t> marks_;  // a power of two of them
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_FINGERPRINT_FILTER_H_
