#include "engine/early_sets.h"

#include <algorithm>
#include <utility>

namespace wirecopy {
namespace {

constexpr uint64_t kBytesOfText = 4096;  // about
// A shorter text is read again in no more time than its set takes to keep.
constexpr size_t kLeastShingles = 128;
// What lists a set, before its document is known and after.
constexpr size_t kBytesBesides = 64;

}  // namespace

EarlyChoice::EarlyChoice(const SlotPacking& packing, uint64_t expected_bytes,
                         size_t most_bytes)
    : meetings_(packing, expected_bytes / kBytesOfText),
      room_(static_cast<int64_t>(most_bytes)) {}

bool EarlyChoice::Chooses(const uint64_t* packed,
                          const Hash128Value& fingerprint, size_t shingles) {
  if (shingles < kLeastShingles || !meetings_.Note(packed, fingerprint)) {
    return false;
  }
  const auto bytes = static_cast<int64_t>(BytesOfSet(shingles) + kBytesBesides);
  if (room_.fetch_sub(bytes, std::memory_order_relaxed) >= bytes) return true;
  room_.fetch_add(bytes, std::memory_order_relaxed);
  return false;
}

void EarlySets::Add(size_t index, std::span<const uint64_t> set) {
  entries_.push_back({index, NewShingleSet(set)});
}

ShingleSet EarlySets::Take(size_t index) {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), index,
      [](const Entry& entry, size_t i) { return entry.index < i; });
  if (found == entries_.end() || found->index != index) return nullptr;
  return std::move(found->set);
}

}  // namespace wirecopy
