// Tells while texts are still being read which of them look like one before.

#ifndef WIRECOPY_LSH_EARLY_MEETINGS_H_
#define WIRECOPY_LSH_EARLY_MEETINGS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "base/zeroed_table.h"
#include "lsh/slot_packing.h"

namespace wirecopy {

// A guess, from a few bands and from what the last texts left in a table of a
// fixed size. Safe to use from many threads, whose turns may change it.
class EarlyMeetings {
 public:
  // Forgets little of about `expected_texts`.
  EarlyMeetings(const SlotPacking& packing, uint64_t expected_texts);

  // Notes a text, by its packed signature and a hash of all that it has.
  // Whether it shares a band with one that was noted before, and is no twin of
  // one.
  bool Note(const uint64_t* packed, const Hash128Value& fingerprint);

 private:
  size_t Place(uint64_t hash) const { return hash >> (64 - bits_); }
  void Prefetch(uint64_t hash);
  // Whether the hash was seen before, for all that is remembered.
  bool Sees(uint64_t hash);

  std::vector<BandKeyReader> readers_;
  unsigned bits_;
  ZeroedTable<uint16_t> seen_;  // a hash's low bits, where its top bits say
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_EARLY_MEETINGS_H_
