// The integers that numpy.random.RandomState draws, bit for bit.

#ifndef WIRECOPY_BASE_NUMPY_RANDOM_H_
#define WIRECOPY_BASE_NUMPY_RANDOM_H_

#include <cstdint>
#include <random>

namespace wirecopy {

// numpy.random.RandomState(seed) with a scalar seed, and the part of its
// randint() that permutations are made with. numpy has promised to leave this
// stream as it is (NEP 19).
//
// The generator is MT19937 (Matsumoto and Nishimura, ACM TOMACS 8(1), 1998),
// seeded with one word. A bounded draw masks the bits above the range's top
// bit and starts over until the rest is in range; the newer numpy Generator
// does otherwise. Not thread-safe: one object, one thread.
class NumpyRandom {
 public:
  explicit NumpyRandom(uint32_t seed) : engine_(seed) {}

  // The next 32 bits, tempered.
  uint32_t Next32() { return static_cast<uint32_t>(engine_()); }

  // The next 64 bits: two draws of 32, the upper half first.
  uint64_t Next64();

  // randint(low, last + 1, dtype=numpy.uint32): uniform in [low, last]. An
  // array of n is n calls. Requires low <= last; draws nothing where they are
  // equal.
  uint32_t Uniform32(uint32_t low, uint32_t last);

  // The same with dtype=numpy.uint64. Where last - low is below 2^32 the draws
  // are of 32 bits, else of 64.
  uint64_t Uniform64(uint64_t low, uint64_t last);

 private:
  // The standard fixes this engine's seeding and output (C++20,
  // [rand.eng.mers]), and both are numpy's.
  std::mt19937 engine_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_NUMPY_RANDOM_H_
