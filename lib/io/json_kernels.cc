// Compiled once per instruction set: see base/kernel_set.h for what that
// forbids.

#include "io/json_kernels.h"

#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/byte_block.h"
#include "base/kernel_set.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {
namespace {

using Progress = JsonKernels::Progress;

#if defined(__AVX512VBMI__) && defined(__AVX512VBMI2__)
// The bytes that a backslash of `backslashes` stands before; one that is itself
// escaped stands before none.
uint64_t Escaped(uint64_t backslashes) {
  if ((backslashes & (backslashes << 1)) == 0) return backslashes << 1;
  uint64_t escaped = 0;
  while (backslashes != 0) {
    const uint64_t first = backslashes & -backslashes;
    escaped |= first << 1;
    backslashes &= ~(first | first << 1);
  }
  return escaped;
}

// What a backslash and an ASCII character stand for, by the character; 0 where
// that is unknown.
struct Meanings {
  alignas(64) char of[128] = {};

  constexpr Meanings() {
    constexpr char kPairs[][2] = {{'"', '"'},  {'\\', '\\'}, {'/', '/'},
                                  {'n', '\n'}, {'t', '\t'},  {'r', '\r'},
                                  {'b', '\b'}, {'f', '\f'}};
    for (const auto& [escape, character] : kPairs) {
      of[static_cast<uint8_t>(escape)] = character;
    }
  }
};
constexpr Meanings kMeanings;

// All escapes of 64 bytes at once, and without a branch: nobody foresees which
// blocks have some.
Progress CopyString(const char* from, size_t size, char* to) {
  constexpr uint64_t kAll = ~uint64_t{0};
  constexpr uint64_t kLast = uint64_t{1} << 63;
  const __m512i meanings = _mm512_load_si512(kMeanings.of);
  const __m512i more_meanings = _mm512_load_si512(kMeanings.of + 64);
  Progress done = {0, 0, false};
  while (done.read < size) {
    const Block block = Block::Load(from + done.read);
    const size_t left = size - done.read;
    const uint64_t inside = left >= 64 ? kAll : (uint64_t{1} << left) - 1;
    const uint64_t backslashes = block.Equal('\\') & inside;
    const uint64_t wide = block.NonAscii();
    const uint64_t escaped = Escaped(backslashes);
    const uint64_t begins = backslashes & ~escaped;
    const __m512i meant =
        _mm512_permutex2var_epi8(meanings, block.v, more_meanings);
    const uint64_t known =
        _mm512_test_epi8_mask(meant, meant) & escaped & inside & ~wide;
    const uint64_t special = block.Equal('"') | block.InRange('\0', ' ');
    uint64_t stops = (special & ~known) | ((escaped & ~known) >> 1) | ~inside;
    // An escape that reaches beyond the block begins the next one, if any.
    const uint64_t cut = begins & kLast;
    if (left == 64) stops |= cut;
    const uint64_t end = stops | cut;
    const auto put = [&](uint64_t kept) {
      const __m512i v = _mm512_mask_mov_epi8(block.v, known, meant);
      _mm512_storeu_si512(to + done.written,
                          _mm512_maskz_compress_epi8(kept, v));
      done.written += static_cast<size_t>(__builtin_popcountll(kept));
    };
    if (end == 0) [[likely]] {
      put(~begins);
      done.read += 64;
      done.has_wide |= wide != 0;
      continue;
    }
    const auto read = static_cast<size_t>(__builtin_ctzll(end));
    const uint64_t before = (uint64_t{1} << read) - 1;
    put(before & ~begins);
    done.read += read;
    done.has_wide |= (wide & before) != 0;
    if ((stops & end & -end) != 0) return done;
  }
  return done;
}
#else
// What an escape stands for, by its second character; 0 where that is unknown.
char Meaning(char name) {
  switch (name) {
    case '"':
    case '\\':
    case '/':
      return name;
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return 0;
  }
}

// A block at a time, from one escape to the next.
Progress CopyString(const char* from, size_t size, char* to) {
  Progress done = {0, 0, false};
  while (done.read < size) {
    const Block block = Block::Load(from + done.read);
    block.Store(to + done.written);
    const uint64_t stops =
        block.Equal('"') | block.Equal('\\') | block.InRange('\0', ' ');
    const size_t left = size - done.read;
    size_t copied =
        stops == 0 ? Block::kSize : static_cast<size_t>(__builtin_ctzll(stops));
    if (copied > left) copied = left;
    const uint64_t wide = block.NonAscii();
    if (wide != 0 && static_cast<size_t>(__builtin_ctzll(wide)) < copied) {
      done.has_wide = true;
    }
    done.read += copied;
    done.written += copied;
    if (stops == 0) continue;
    if (done.read == size || from[done.read] != '\\') return done;
    const char meaning =
        done.read + 1 < size ? Meaning(from[done.read + 1]) : '\0';
    if (meaning == 0) return done;
    to[done.written++] = meaning;
    done.read += 2;
  }
  return done;
}
#endif

}  // namespace

extern const JsonKernels kJsonKernels;
const JsonKernels kJsonKernels = {CopyString};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
