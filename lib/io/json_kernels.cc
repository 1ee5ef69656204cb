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

#if defined(__AVX512VBMI2__)
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

// Puts what escapes stand for in the place of their second characters; returns
// those of which it knows what they stand for.
uint64_t ResolveEscapes(const Block& block, uint64_t escaped, __m512i* v) {
  uint64_t known = block.Equal('"') | block.Equal('\\') | block.Equal('/');
  const auto resolve = [&](char name, char meaning) {
    const uint64_t there = block.Equal(name) & escaped;
    known |= there;
    *v = _mm512_mask_mov_epi8(*v, there, _mm512_set1_epi8(meaning));
  };
  resolve('n', '\n');
  resolve('t', '\t');
  resolve('r', '\r');
  resolve('b', '\b');
  resolve('f', '\f');
  return known & escaped;
}

// All escapes of 64 bytes at once.
Progress CopyString(const char* from, size_t size, char* to) {
  constexpr uint64_t kAll = ~uint64_t{0};
  constexpr uint64_t kLast = uint64_t{1} << 63;
  Progress done = {0, 0};
  while (done.read < size) {
    const Block block = Block::Load(from + done.read);
    const size_t left = size - done.read;
    const uint64_t inside = left >= 64 ? kAll : (uint64_t{1} << left) - 1;
    const uint64_t backslashes = block.Equal('\\') & inside;
    uint64_t stops = block.Equal('"') | block.InRange('\0', ' ') | ~inside;
    if (backslashes == 0) {
      block.Store(to + done.written);
      const auto copied =
          stops == 0 ? 64 : static_cast<size_t>(__builtin_ctzll(stops));
      done.read += copied;
      done.written += copied;
      if (stops != 0) return done;
      continue;
    }
    const uint64_t escaped = Escaped(backslashes);
    const uint64_t begins = backslashes & ~escaped;
    __m512i v = block.v;
    const uint64_t known = ResolveEscapes(block, escaped, &v) & inside;
    stops = (stops & ~known) | ((escaped & ~known) >> 1);
    // An escape that reaches beyond the block begins the next one, if any.
    const uint64_t cut = begins & kLast;
    if (left == 64) stops |= cut;
    const uint64_t end = stops | cut;
    const auto read = end == 0 ? 64 : static_cast<size_t>(__builtin_ctzll(end));
    const uint64_t before = read == 64 ? kAll : (uint64_t{1} << read) - 1;
    const uint64_t kept = before & ~begins;
    _mm512_storeu_si512(to + done.written, _mm512_maskz_compress_epi8(kept, v));
    done.read += read;
    done.written += static_cast<size_t>(__builtin_popcountll(kept));
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
  Progress done = {0, 0};
  while (done.read < size) {
    const Block block = Block::Load(from + done.read);
    block.Store(to + done.written);
    const uint64_t stops =
        block.Equal('"') | block.Equal('\\') | block.InRange('\0', ' ');
    const size_t left = size - done.read;
    size_t copied =
        stops == 0 ? Block::kSize : static_cast<size_t>(__builtin_ctzll(stops));
    if (copied > left) copied = left;
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
