// What is kept of a signature while candidates are looked for: a few bits of
// each slot (b-bit minwise hashing, Li and König 2010) and a few of each band's
// key. Both together are a key of the band, and the first tell how many slots
// two signatures share, in less than half the room that whole keys would take.

#ifndef WIRECOPY_LSH_SLOT_PACKING_H_
#define WIRECOPY_LSH_SLOT_PACKING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/mix.h"
#include "wirecopy/banding.h"

namespace wirecopy {

// Fields of one width in 64-bit words, none of them across a border.
struct FieldLayout {
  FieldLayout(unsigned width, size_t count)
      : bits(width),
        per_word(64 / width),
        words((count + per_word - 1) / per_word),
        mask((uint64_t{1} << width) - 1) {}

  // Where a field is.
  struct Place {
    size_t word;
    unsigned shift;
  };
  Place At(size_t i) const {
    return {i / per_word, static_cast<unsigned>(i % per_word) * bits};
  }
  // Where nothing has been set.
  void Set(uint64_t* packed, size_t i, uint64_t value) const {
    const Place place = At(i);
    packed[place.word] |= (value & mask) << place.shift;
  }

  unsigned bits;
  size_t per_word;
  size_t words;
  uint64_t mask;
};

class SlotPacking {
 public:
  // Of each slot. Two that differ look alike once in eight times.
  static constexpr unsigned kSlotBits = 3;
  // Of each band's key, at least: documents that share all of a template's
  // slots in a band but for one would look alike too often without.
  static constexpr unsigned kLeastKeyBits = 12;
  // Of slots and key together, at least. Chance alone brings a document
  // together with bands / 2^30 of all others: with 24 bands one among 45
  // million, which the slot filter tells apart in no time.
  static constexpr unsigned kBandBits = 30;

  explicit SlotPacking(const Banding& banding);

  size_t slots() const { return static_cast<size_t>(banding_.slots()); }
  // 64-bit words a signature.
  size_t words() const { return slots_.words + keys_.words; }

  // Packs a signature's slots into words() words.
  void Pack(std::span<const uint64_t> slots, uint64_t* packed) const;

  // Whether no more than `most` slots of two differ in what is kept of them.
  bool DifferInAtMost(size_t most, const uint64_t* a, const uint64_t* b) const {
    size_t different = 0;
    for (size_t w = 0; w < slots_.words && different <= most; ++w) {
      const uint64_t x = a[w] ^ b[w];
      // Adding to the low bits of a field that is not zero reaches its top bit.
      const uint64_t sum = (x & low_bits_) + low_bits_;
      different += CountBits((sum | x) & top_bits_);
    }
    return different <= most;
  }

 private:
  // std::popcount is a call where every processor must do.
  static size_t CountBits(uint64_t x) {
    x -= (x >> 1) & 0x5555555555555555;
    x = (x & 0x3333333333333333) + ((x >> 2) & 0x3333333333333333);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return (x * 0x0101010101010101) >> 56;
  }

  friend class BandKeyReader;

  Banding banding_;
  FieldLayout slots_;
  FieldLayout keys_;       // behind the slots
  uint64_t low_bits_ = 0;  // of each slot's field, all but the top one
  uint64_t top_bits_ = 0;
};

// Reads the keys of one band.
class BandKeyReader {
 public:
  BandKeyReader(const SlotPacking& packing, size_t band);

  // Equal for signatures whose slots of the band are equal, and spread evenly
  // over 32 bits.
  uint32_t Key(const uint64_t* packed) const {
    uint64_t key = packed[key_.word] >> key_.shift & key_mask_;
    for (const Step& step : steps_) {
      if (step.mixes) key = MixTwice(key);
      const uint64_t slot = packed[step.place.word] >> step.place.shift;
      key = (key << SlotPacking::kSlotBits) + (slot & kSlotMask);
    }
    return static_cast<uint32_t>(MixTwice(key) >> 32);
  }

 private:
  static constexpr uint64_t kSlotMask =
      (uint64_t{1} << SlotPacking::kSlotBits) - 1;
  // A slot, which may find no room in the key as it is.
  struct Step {
    FieldLayout::Place place;
    bool mixes;
  };

  FieldLayout::Place key_;
  uint64_t key_mask_;
  std::vector<Step> steps_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_SLOT_PACKING_H_
