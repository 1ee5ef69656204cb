// What is kept of a signature while candidates are looked for: a few bits of
// each slot (b-bit minwise hashing, Li and König 2010) and a few of each band's
// key. Both together are a key of the band, and the first tell how many slots
// two signatures share, in less than half the room that whole keys would take.

#ifndef WIRECOPY_LSH_SLOT_PACKING_H_
#define WIRECOPY_LSH_SLOT_PACKING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "absl/container/inlined_vector.h"
#include "base/mix.h"
#include "wirecopy/banding.h"
#include "wirecopy/signature.h"

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
  // Writes all words, with the lowest bits of the values, which are as many as
  // there are fields.
  void Pack(std::span<const uint64_t> values, uint64_t* packed) const;

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

  // A signature never has more 64-bit words.
  static constexpr size_t kMostWords = SignatureParameters::kMaxSlots;

  size_t bands() const { return static_cast<size_t>(banding_.bands); }
  size_t slots() const { return static_cast<size_t>(banding_.slots()); }
  // 64-bit words a signature.
  size_t words() const { return slots_.words + keys_.words; }

  // Of these, the first that slots are packed in.
  size_t slot_words() const { return slots_.words; }

  // Packs a signature's slots into words() words.
  void Pack(std::span<const uint64_t> slots, uint64_t* packed) const;

  // Whether no more than `most` slots of two differ in what is kept of them.
  // Reads slot_words() words of each.
  bool DifferInAtMost(size_t most, const uint64_t* a, const uint64_t* b) const {
    size_t different = 0;
    for (size_t w = 0; w < slots_.words && different <= most;) {
      // A field counts to seven.
      const size_t end = std::min<size_t>(w + 7, slots_.words);
      uint64_t counts = 0;
      for (; w < end; ++w) {
        uint64_t x = a[w] ^ b[w];
        x |= (x >> 1) | (x >> 2);
        counts += x & kLowestBits;
      }
      different += SumOfFields(counts);
    }
    return different <= most;
  }

 private:
  static_assert(kSlotBits == 3);
  static constexpr uint64_t kLowestBits = 0x1249249249249249;

  // The sum of 21 fields of three bits, by way of fields of six and twelve.
  static size_t SumOfFields(uint64_t x) {
    constexpr uint64_t kOfSix = 0x71C71C71C71C71C7;
    constexpr uint64_t kOfTwelve = 0xF03F03F03F03F03F;
    x = (x & kOfSix) + ((x >> 3) & kOfSix);
    x = (x & kOfTwelve) + ((x >> 6) & kOfTwelve);
    // Of the last field the word has four bits, which are enough.
    return ((x * 0x0001001001001001) >> 48 & 0xFFF) + (x >> 60);
  }

  friend class BandKeyReader;

  Banding banding_;
  FieldLayout slots_;
  FieldLayout keys_;  // behind the slots
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
  absl::InlinedVector<Step, 16> steps_;  // rows are few
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_SLOT_PACKING_H_
