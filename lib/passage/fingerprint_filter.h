// Which fingerprints of one text another may have.

#ifndef WIRECOPY_PASSAGE_FINGERPRINT_FILTER_H_
#define WIRECOPY_PASSAGE_FINGERPRINT_FILTER_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/winnow.h"

namespace wirecopy {

// A bit for each hash (Bloom 1970, with one hash function): texts that have
// nothing in common are told apart before anything is sorted. Keeps its buffer.
class FingerprintFilter {
 public:
  // Replaces what it holds. Where the hashes are spread, less than one in
  // sixteen of others is let through.
  void Hold(std::span<const Fingerprint> fingerprints) {
    constexpr size_t kBitsEach = 16;
    constexpr size_t kLeastBits = 1024;
    const size_t bits =
        std::bit_ceil(std::max(kBitsEach * fingerprints.size(), kLeastBits));
    words_.assign(bits / kWordBits, 0);
    mask_ = bits - 1;
    for (const Fingerprint& print : fingerprints) {
      const uint64_t bit = print.hash & mask_;
      words_[bit / kWordBits] |= uint64_t{1} << (bit % kWordBits);
    }
  }

  // Those that it may hold, in their order, which are put into *buffer.
  std::span<const Fingerprint> Pass(std::span<const Fingerprint> fingerprints,
                                    std::vector<Fingerprint>* buffer) const {
    if (buffer->size() < fingerprints.size()) {
      buffer->resize(fingerprints.size());
    }
    size_t count = 0;
    for (const Fingerprint& print : fingerprints) {
      const uint64_t bit = print.hash & mask_;
      (*buffer)[count] =
          print;  // without a branch, which nobody could foretell
      count += words_[bit / kWordBits] >> (bit % kWordBits) & 1;
    }
    return {buffer->data(), count};
  }

 private:
  static constexpr size_t kWordBits = 64;

  std::vector<uint64_t> words_;
  uint64_t mask_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_FINGERPRINT_FILTER_H_
