#include "lsh/early_meetings.h"

#include <algorithm>
#include <atomic>
#include <bit>

#include "base/mix.h"

namespace wirecopy {
namespace {

// At a similarity of 0.9 bands of six slots bring 95 % of pairs together in one
// of four, and at 0.8 70 %.
constexpr size_t kMostBands = 4;

constexpr unsigned kLeastBits = 16;
constexpr unsigned kMostBits = 22;  // 8 MiB

size_t BandsOf(const SlotPacking& packing) {
  return std::min(packing.bands(), kMostBands);
}

// Half full at most when all that is expected has come, where that many are
// enough.
unsigned BitsFor(uint64_t hashes) {
  const auto bits = static_cast<unsigned>(std::bit_width(2 * hashes));
  return std::clamp(bits, kLeastBits, kMostBits);
}

}  // namespace

EarlyMeetings::EarlyMeetings(const SlotPacking& packing,
                             uint64_t expected_texts)
    : bits_(BitsFor(expected_texts * (BandsOf(packing) + 1))),
      seen_(size_t{1} << bits_) {
  for (size_t band = 0; band < BandsOf(packing); ++band) {
    readers_.emplace_back(packing, band);
  }
}

bool EarlyMeetings::Note(const uint64_t* packed,
                         const Hash128Value& fingerprint) {
  // All are on their way from memory before the first is looked at.
  uint64_t hashes[kMostBands] = {};
  for (size_t band = 0; band < readers_.size(); ++band) {
    const uint64_t key = readers_[band].Key(packed);
    hashes[band] = MixTwice(key + ((band + 1) << 32));
    Prefetch(hashes[band]);
  }
  const bool is_twin = Sees(fingerprint.low);
  bool shares = false;
  for (size_t band = 0; band < readers_.size(); ++band) {
    if (Sees(hashes[band])) shares = true;
  }
  return shares && !is_twin;
}

void EarlyMeetings::Prefetch(uint64_t hash) {
  __builtin_prefetch(&seen_[Place(hash)], 1);
}

bool EarlyMeetings::Sees(uint64_t hash) {
  const auto tag = static_cast<uint16_t>(hash);
  const std::atomic_ref<uint16_t> seen(seen_[Place(hash)]);
  if (seen.load(std::memory_order_relaxed) == tag) return true;
  seen.store(tag, std::memory_order_relaxed);
  return false;
}

}  // namespace wirecopy
