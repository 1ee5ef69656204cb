// Fingerprints that too many documents have for every two of these to be
// aligned, and what then tells of pairs instead.

#ifndef WIRECOPY_ENGINE_COMMON_FINGERPRINTS_H_
#define WIRECOPY_ENGINE_COMMON_FINGERPRINTS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "engine/token_store.h"
#include "passage/posting_groups.h"
#include "passage/winnow.h"
#include "wirecopy/passages.h"

namespace wirecopy {

// The most documents a fingerprint may have for the pairings of all to stay
// linear in the number of fingerprints.
uint64_t AffordableDocuments(const PostingGroups& groups,
                             uint64_t fingerprints);

// The fingerprints of long runs, by rank.
class LongRuns {
 public:
  static constexpr int kLeast = kLongRun + 1;

  LongRuns(const TokenStore& store, std::span<const uint32_t> order,
           int threads);

  std::span<const std::span<const Fingerprint>> views() const { return views_; }

 private:
  std::vector<std::vector<Fingerprint>> own_;
  std::vector<std::span<const Fingerprint>> views_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_COMMON_FINGERPRINTS_H_
