// The hot loop of the datasketch mode, one source for every instruction set.
//
// It keeps the rules of base/kernel_set.h, so that a file that is compiled once
// per set may include it: the functions' names tell the sets apart, and nothing
// of the standard library has code here. In any other file the set is "common",
// with the flags of that file.

#ifndef WIRECOPY_SKETCH_DATASKETCH_KERNEL_H_
#define WIRECOPY_SKETCH_DATASKETCH_KERNEL_H_

#include <cstddef>
#include <cstdint>

#if !defined(WIRECOPY_KERNEL_SET)
#define WIRECOPY_KERNEL_SET common
#endif

namespace wirecopy::datasketch_kernel::WIRECOPY_KERNEL_SET {

// A scheme says how a hash becomes a slot's value. Word is what it computes
// with, Slot what minima are taken of and Value the same unsigned. x86 compares
// signed integers only (before AVX-512, and 32 bits before SSE4.1), so the
// affine schemes move the unsigned order onto the signed one by flipping the
// top bit. Adding kBias to b does just that, and costs nothing for each hash.
// kLanes functions at a time keep their state in registers; up to kFew hashes
// do not repay loading it.
struct Legacy {
  using Word = uint64_t;
  using Slot = uint32_t;
  using Value = uint32_t;
  static constexpr Word kBias = 0;
  static constexpr size_t kLanes = 8;
  static constexpr size_t kFew = 16;

  static Word Premix(uint64_t hash) { return hash; }

  // 2^61 is 1 modulo p = 2^61 - 1, so x is its low 61 bits plus its high 3.
  // That sum is below 2p, and p has to be subtracted where adding 1 carries
  // into bit 61. Modulo 2^32, subtracting p is adding 1.
  static Slot Permute(Word a, Word b, Word hash) {
    constexpr Word kPrime = (Word{1} << 61) - 1;
    const Word x = a * hash + b;
    const Word sum = (x & kPrime) + (x >> 61);
    return static_cast<Slot>(sum + ((sum + 1) >> 61));
  }
};

struct Affine32 {
  using Word = uint32_t;
  using Slot = int32_t;
  using Value = uint32_t;
  static constexpr Word kBias = Word{1} << 31;
  static constexpr size_t kLanes = 32;
  static constexpr size_t kFew = 3;

  static Word Premix(uint64_t hash) {
    Word x = static_cast<Word>(hash);
    x ^= x >> 16;
    x *= 0x85EBCA6B;
    x ^= x >> 13;
    x *= 0xC2B2AE35;
    return x ^ (x >> 16);
  }

  static Slot Permute(Word a, Word b, Word hash) {
    return static_cast<Slot>(a * hash + b);
  }
};

struct Affine64 {
  using Word = uint64_t;
  using Slot = int64_t;
  using Value = uint64_t;
  static constexpr Word kBias = Word{1} << 63;
  static constexpr size_t kLanes = 8;
  static constexpr size_t kFew = 16;

  static Word Premix(uint64_t hash) {
    Word x = hash;
    x ^= x >> 33;
    x *= 0xFF51AFD7ED558CCD;
    x ^= x >> 33;
    x *= 0xC4CEB9FE1A85EC53;
    return x ^ (x >> 33);
  }

  static Slot Permute(Word a, Word b, Word hash) {
    return static_cast<Slot>(a * hash + b);
  }
};

// A block of functions and their slots. The lanes beyond the last function are
// computed too and then dropped: a loop of fixed length is what compilers turn
// into vector code.
template <typename Scheme>
struct Block {
  using Word = typename Scheme::Word;
  using Slot = typename Scheme::Slot;
  using Value = typename Scheme::Value;

  Word a[Scheme::kLanes];
  Word b[Scheme::kLanes];
  Slot slots[Scheme::kLanes];
};

template <typename Scheme>
Block<Scheme> Load(const uint64_t* multipliers, const uint64_t* increments,
                   const uint64_t* signature, size_t count) {
  using Word = typename Scheme::Word;
  using Value = typename Scheme::Value;
  constexpr Value kLargest = static_cast<Value>(~Value{0});
  Block<Scheme> block = {};
  for (size_t j = 0; j < count; ++j) {
    block.a[j] = static_cast<Word>(multipliers[j]);
    block.b[j] = static_cast<Word>(increments[j]) + Scheme::kBias;
    // A larger value than any slot's loses every comparison anyway.
    const uint64_t old = signature[j];
    const Value value = old < kLargest ? static_cast<Value>(old) : kLargest;
    block.slots[j] = static_cast<typename Scheme::Slot>(
        value ^ static_cast<Value>(Scheme::kBias));
  }
  return block;
}

// Returns a copy, because only what provably has no other name stays in
// registers.
template <typename Scheme>
Block<Scheme> Lower(Block<Scheme> block, const typename Scheme::Word* hashes,
                    size_t count) {
  using Slot = typename Scheme::Slot;
  for (size_t i = 0; i < count; ++i) {
    const typename Scheme::Word hash = hashes[i];
    for (size_t j = 0; j < Scheme::kLanes; ++j) {
      const Slot slot = Scheme::Permute(block.a[j], block.b[j], hash);
      block.slots[j] = slot < block.slots[j] ? slot : block.slots[j];
    }
  }
  return block;
}

template <typename Scheme>
void Store(const Block<Scheme>& block, uint64_t* signature, size_t count) {
  using Value = typename Scheme::Value;
  for (size_t j = 0; j < count; ++j) {
    signature[j] =
        static_cast<Value>(block.slots[j]) ^ static_cast<Value>(Scheme::kBias);
  }
}

// Adds one item, without the cost of loading blocks.
template <typename Scheme>
void UpdateOne(const uint64_t* multipliers, const uint64_t* increments,
               uint64_t hash, uint64_t* signature, size_t num_perm) {
  using Word = typename Scheme::Word;
  const Word mixed = Scheme::Premix(hash);
  for (size_t p = 0; p < num_perm; ++p) {
    const uint64_t value = static_cast<typename Scheme::Value>(
        Scheme::Permute(static_cast<Word>(multipliers[p]),
                        static_cast<Word>(increments[p]), mixed));
    signature[p] = value < signature[p] ? value : signature[p];
  }
}

// Adds the items with these hashes to `signature`, which has num_perm slots as
// the first two arrays do.
template <typename Scheme>
void Update(const uint64_t* multipliers, const uint64_t* increments,
            const uint64_t* hashes, size_t hash_count, uint64_t* signature,
            size_t num_perm) {
  if (hash_count <= Scheme::kFew) {
    for (size_t i = 0; i < hash_count; ++i) {
      UpdateOne<Scheme>(multipliers, increments, hashes[i], signature,
                        num_perm);
    }
    return;
  }
  // 4 KB at most: mixed hashes stay in the first-level cache while all blocks
  // pass over them, and loading a block is rare.
  constexpr size_t kChunk = 512;
  typename Scheme::Word mixed[kChunk];
  for (size_t begin = 0; begin < hash_count; begin += kChunk) {
    const size_t left = hash_count - begin;
    const size_t count = left < kChunk ? left : kChunk;
    for (size_t i = 0; i < count; ++i) {
      mixed[i] = Scheme::Premix(hashes[begin + i]);
    }
    for (size_t p = 0; p < num_perm; p += Scheme::kLanes) {
      const size_t rest = num_perm - p;
      const size_t lanes = rest < Scheme::kLanes ? rest : Scheme::kLanes;
      Block<Scheme> block =
          Load<Scheme>(multipliers + p, increments + p, signature + p, lanes);
      block = Lower<Scheme>(block, mixed, count);
      Store<Scheme>(block, signature + p, lanes);
    }
  }
}

}  // namespace wirecopy::datasketch_kernel::WIRECOPY_KERNEL_SET

#endif  // WIRECOPY_SKETCH_DATASKETCH_KERNEL_H_
