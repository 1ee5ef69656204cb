// Compiled once per instruction set: see base/kernel_set.h for what that
// forbids.

#include "sketch/sketch_kernels.h"

#if defined(__AVX512DQ__)
#include <immintrin.h>
#endif

#include "base/kernel_set.h"
#include "base/mix.h"
#include "sketch/datasketch_kernel.h"
#include "sketch/datasketch_legacy_kernel.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

namespace datasketch = datasketch_kernel::WIRECOPY_KERNEL_SET;

namespace {

constexpr size_t kTile = 64;
constexpr uint32_t kEmptyWords = kMaxSlots / 64;

void Lower(uint64_t* slot, uint64_t value) {
  *slot = value < *slot ? value : *slot;
}

// Multiply-shift: the high half of the hash, scaled to the slots.
uint64_t BinOf(uint64_t hash, uint64_t slot_count) {
  return ((hash >> 32) * slot_count) >> 32;
}

// What ranks a hash among those of its slot. The high half has chosen the slot
// and, unless the number of slots is a power of two, is not uniform within it;
// the low half, added on top, makes the rank so. Keeps all 53 bits apart.
uint64_t RankOf(uint64_t hash) { return (hash ^ (hash << 21)) & kSlotHashMask; }

#if defined(__AVX512DQ__)
// As many of eight lanes.
__mmask8 FirstLanes(size_t count) {
  return static_cast<__mmask8>(count >= 8 ? 0xFF : (1U << count) - 1);
}

// A tile's slots and ranks, then the slots one by one: a slot must be known
// well before it is read, lest the read wait for all writes before it.
void FirstRound(const uint64_t* hashes, size_t count, uint64_t* slots,
                uint32_t slot_count) {
  const __m512i scale = _mm512_set1_epi64(slot_count);
  const __m512i mask = _mm512_set1_epi64(static_cast<int64_t>(kSlotHashMask));
  uint64_t bins[kTile];
  uint64_t ranks[kTile];
  for (size_t begin = 0; begin < count; begin += kTile) {
    const size_t size = count - begin < kTile ? count - begin : kTile;
    for (size_t i = 0; i < size; i += 8) {
      const __m512i h =
          _mm512_maskz_loadu_epi64(FirstLanes(size - i), hashes + begin + i);
      const __m512i bin = _mm512_srli_epi64(
          _mm512_mul_epu32(_mm512_srli_epi64(h, 32), scale), 32);
      const __m512i rank =
          _mm512_and_si512(_mm512_xor_si512(h, _mm512_slli_epi64(h, 21)), mask);
      _mm512_storeu_si512(bins + i, bin);
      _mm512_storeu_si512(ranks + i, rank);
    }
    for (size_t i = 0; i < size; ++i) Lower(&slots[bins[i]], ranks[i]);
  }
}
#else
void FirstRound(const uint64_t* hashes, size_t count, uint64_t* slots,
                uint32_t slot_count) {
  for (size_t i = 0; i < count; ++i) {
    Lower(&slots[BinOf(hashes[i], slot_count)], RankOf(hashes[i]));
  }
}
#endif

// The slots that no round has filled yet: a bit each, and how many.
struct EmptySlots {
  uint64_t bits[kEmptyWords];
  uint32_t count;

  bool Has(uint64_t slot) const {
    return (bits[slot / 64] >> (slot % 64) & 1) != 0;
  }
  void Remove(uint64_t slot) {
    count -= Has(slot) ? 1 : 0;
    bits[slot / 64] &= ~(uint64_t{1} << (slot % 64));
  }
};

EmptySlots FindEmpty(const uint64_t* slots, uint32_t slot_count) {
  EmptySlots empty = {};
  uint32_t i = 0;
#if defined(__AVX512DQ__)
  const __m512i none = _mm512_set1_epi64(-1);
  static_assert(kEmptySlot == ~uint64_t{0});
  for (; i + 8 <= slot_count; i += 8) {
    const uint64_t is_empty =
        _mm512_cmpeq_epi64_mask(_mm512_loadu_si512(slots + i), none);
    empty.bits[i / 64] |= is_empty << (i % 64);
    empty.count += static_cast<uint32_t>(__builtin_popcountll(is_empty));
  }
#endif
  for (; i < slot_count; ++i) {
    const uint64_t is_empty = slots[i] == kEmptySlot ? 1 : 0;
    empty.bits[i / 64] |= is_empty << (i % 64);
    empty.count += static_cast<uint32_t>(is_empty);
  }
  return empty;
}

// The hashes of one round on their way to slots that no earlier round has
// filled: its values are higher than theirs. What the round itself fills stays
// open to its other hashes.
struct RoundFiller {
  uint64_t* slots;
  // With room to note one in vain, for the first round has filled a slot.
  uint32_t filled[kMaxSlots];
  uint32_t filled_count;

  void Take(uint64_t bin, uint64_t value) {
    filled[filled_count] = static_cast<uint32_t>(bin);
    filled_count += slots[bin] == kEmptySlot ? 1 : 0;
    Lower(&slots[bin], value);
  }
};

#if defined(__AVX512DQ__)
// All of MixTwice but its last step, which leaves the high half as it is.
__m512i MostOfMixTwice8(__m512i x) {
  const __m512i multiplier =
      _mm512_set1_epi64(static_cast<int64_t>(kMixMultiplier));
  x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 32));
  x = _mm512_mullo_epi64(x, multiplier);
  x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 32));
  return _mm512_mullo_epi64(x, multiplier);
}

// Eight hashes at a time: which slots are empty fits two registers. The few
// hashes that meet one are set aside first, for a branch on whether there are
// any would be taken at random. A loop over these ends where nobody can
// foretell it, once a tile: so tiles are large.
void FillEmpty(const uint64_t* hashes, size_t count, uint64_t round,
               uint32_t slot_count, const EmptySlots& empty,
               RoundFiller* filler) {
  static_assert(kEmptyWords == 16);
  const __m512i low_words = _mm512_loadu_si512(empty.bits);
  const __m512i high_words = _mm512_loadu_si512(empty.bits + 8);
  const __m512i gamma =
      _mm512_set1_epi64(static_cast<int64_t>(round * kGoldenGamma));
  const __m512i scale = _mm512_set1_epi64(slot_count);
  const uint64_t prefix = round << kSlotHashBits;
  constexpr size_t kLargeTile = 512;
  uint64_t met[kLargeTile];
  for (size_t begin = 0; begin < count; begin += kLargeTile) {
    const size_t end = count - begin < kLargeTile ? count : begin + kLargeTile;
    size_t met_count = 0;
    for (size_t i = begin; i < end; i += 8) {
      const __mmask8 live = FirstLanes(end - i);
      const __m512i h = _mm512_maskz_loadu_epi64(live, hashes + i);
      const __m512i x = MostOfMixTwice8(_mm512_add_epi64(h, gamma));
      // The slot, a half of 32 bits further up.
      const __m512i bin = _mm512_mul_epu32(_mm512_srli_epi64(x, 32), scale);
      const __m512i word = _mm512_permutex2var_epi64(
          low_words, _mm512_srli_epi64(bin, 38), high_words);
      const __m512i bit = _mm512_rorv_epi64(word, _mm512_srli_epi64(bin, 32));
      const __mmask8 meets =
          _mm512_mask_test_epi64_mask(live, bit, _mm512_set1_epi64(1));
      _mm512_storeu_si512(met + met_count,
                          _mm512_maskz_compress_epi64(meets, x));
      met_count += static_cast<size_t>(__builtin_popcount(meets));
    }
    for (size_t i = 0; i < met_count; ++i) {
      const uint64_t h = met[i] ^ (met[i] >> 32);
      filler->Take(BinOf(h, slot_count), prefix | RankOf(h));
    }
  }
}
#else
void FillEmpty(const uint64_t* hashes, size_t count, uint64_t round,
               uint32_t slot_count, const EmptySlots& empty,
               RoundFiller* filler) {
  uint64_t values[kTile];
  uint32_t bins[kTile];
  const uint64_t prefix = round << kSlotHashBits;
  for (size_t begin = 0; begin < count; begin += kTile) {
    const size_t size = count - begin < kTile ? count - begin : kTile;
    for (size_t i = 0; i < size; ++i) {
      const uint64_t h = RoundHash(hashes[begin + i], round);
      values[i] = prefix | RankOf(h);
      bins[i] = static_cast<uint32_t>(BinOf(h, slot_count));
    }
    for (size_t i = 0; i < size; ++i) {
      if (empty.Has(bins[i])) filler->Take(bins[i], values[i]);
    }
  }
}
#endif

void LaterRound(const uint64_t* hashes, size_t count, uint64_t round,
                uint64_t* slots, uint32_t slot_count, EmptySlots* empty) {
  RoundFiller filler;  // NOLINT(*-member-init): 4 KB of zeros a round
  filler.slots = slots;
  filler.filled_count = 0;
  FillEmpty(hashes, count, round, slot_count, *empty, &filler);
  for (uint32_t i = 0; i < filler.filled_count; ++i) {
    empty->Remove(filler.filled[i]);
  }
}

// The rounds behind the random ones each fill one slot for certain.
void FixedRound(const uint64_t* hashes, size_t count, uint64_t round,
                uint64_t* slot) {
  const uint64_t prefix = round << kSlotHashBits;
  for (size_t i = 0; i < count; ++i) {
    Lower(slot, prefix | RankOf(RoundHash(hashes[i], round)));
  }
}

// Whether a hash is in none of the slots, which the first round has filled.
bool HasOther(const uint64_t* hashes, size_t count, const uint64_t* slots,
              uint32_t slot_count) {
  for (size_t i = 0; i < count; ++i) {
    if (slots[BinOf(hashes[i], slot_count)] != RankOf(hashes[i])) return true;
  }
  return false;
}

bool FillSlots(const uint64_t* hashes, size_t count, uint64_t* slots,
               uint32_t slot_count) {
  for (uint32_t i = 0; i < slot_count; ++i) slots[i] = kEmptySlot;
  if (count == 0) return false;
  FirstRound(hashes, count, slots, slot_count);
  EmptySlots empty = FindEmpty(slots, slot_count);
  // Each slot has a hash of its own, so that another one is one too many.
  if (empty.count == 0) return HasOther(hashes, count, slots, slot_count);
  for (uint64_t round = 1; round < slot_count && empty.count > 0; ++round) {
    LaterRound(hashes, count, round, slots, slot_count, &empty);
  }
  if (empty.count == 0) return false;
  for (uint64_t i = 0; i < slot_count; ++i) {
    if (slots[i] == kEmptySlot) {
      FixedRound(hashes, count, slot_count + i, &slots[i]);
    }
  }
  return false;
}

size_t CountEqual(const uint64_t* a, const uint64_t* b, size_t count) {
  size_t equal = 0;
  for (size_t i = 0; i < count; ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

// How far two sorted sets have been walked through, side by side.
struct Walk {
  const uint64_t* a;
  size_t a_size;
  const uint64_t* b;
  size_t b_size;
  size_t shared;

  // Whether all that is left could still bring `least` together.
  bool MayReach(size_t least) const {
    return shared + (a_size < b_size ? a_size : b_size) >= least;
  }
  void Advance(size_t in_a, size_t in_b) {
    a += in_a;
    a_size -= in_a;
    b += in_b;
    b_size -= in_b;
  }
};

#if defined(__AVX512DQ__)
__mmask8 EqualTo(__m512i numbers, uint64_t number) {
  return _mm512_cmpeq_epi64_mask(
      numbers, _mm512_set1_epi64(static_cast<int64_t>(number)));
}

// Eight numbers against eight: all of one with each of the other, as the
// comparison itself can read it; then on past the eight that end first.
void WalkByEights(size_t least, Walk* walk) {
  constexpr size_t kLanes = 8;
  constexpr int kStride = 8;  // steps between two looks at what is left
  while (walk->MayReach(least)) {
    for (int i = 0; i < kStride; ++i) {
      if (walk->a_size < kLanes || walk->b_size < kLanes) return;
      const __m512i a = _mm512_loadu_si512(walk->a);
      const uint64_t* const b = walk->b;
      const unsigned equal = EqualTo(a, b[0]) | EqualTo(a, b[1]) |
                             EqualTo(a, b[2]) | EqualTo(a, b[3]) |
                             EqualTo(a, b[4]) | EqualTo(a, b[5]) |
                             EqualTo(a, b[6]) | EqualTo(a, b[7]);
      walk->shared += static_cast<size_t>(__builtin_popcount(equal));
      const uint64_t last_a = walk->a[kLanes - 1];
      const uint64_t last_b = walk->b[kLanes - 1];
      walk->Advance(last_a <= last_b ? kLanes : 0,
                    last_b <= last_a ? kLanes : 0);
    }
  }
}
#else
void WalkByEights(size_t /*least*/, Walk* /*walk*/) {}
#endif

// Merges in strides and gives up between two of them when even a match of all
// that is left would not do.
size_t CountShared(const uint64_t* a, size_t a_size, const uint64_t* b,
                   size_t b_size, size_t least) {
  constexpr size_t kStride = 64;
  Walk walk = {a, a_size, b, b_size, 0};
  WalkByEights(least, &walk);
  while (walk.a_size > 0 && walk.b_size > 0 && walk.MayReach(least)) {
    const size_t stop_i = walk.a_size < kStride ? walk.a_size : kStride;
    const size_t stop_j = walk.b_size < kStride ? walk.b_size : kStride;
    size_t i = 0;
    size_t j = 0;
    while (i < stop_i && j < stop_j) {
      const uint64_t x = walk.a[i];
      const uint64_t y = walk.b[j];
      walk.shared += x == y ? 1 : 0;
      i += x <= y ? 1 : 0;
      j += y <= x ? 1 : 0;
    }
    walk.Advance(i, j);
  }
  return walk.shared;
}

}  // namespace

extern const SketchKernels kSketchKernels;
const SketchKernels kSketchKernels = {FillSlots,
                                      CountEqual,
                                      CountShared,
                                      datasketch::UpdateLegacy,
                                      datasketch::Update<datasketch::Affine32>,
                                      datasketch::Update<datasketch::Affine64>};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
