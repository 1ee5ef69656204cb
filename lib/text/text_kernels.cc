// Compiled once per instruction set: see base/kernel_set.h for what that
// forbids.

#include "text/text_kernels.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/byte_block.h"
#include "base/kernel_set.h"
#include "base/mix.h"
#include "text/token_hash_kernel.h"
#include "text/wide_chars_kernel.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool MayBeLetter(char c) { return IsLetter(c) || !IsAscii(c); }

// The hyphens of a block of text at `i` that may join two words: what is before
// the text is not known here.
uint64_t JoiningHyphens(const Block64& block, const char* from, size_t size,
                        size_t i) {
  const uint64_t hyphens = block.Equal('-');
  if (hyphens == 0) return 0;
  const uint64_t letters =
      block.InRange('a', 26) | block.InRange('A', 26) | block.NonAscii();
  const bool before = i == 0 || MayBeLetter(from[i - 1]);
  const size_t next = i + Block64::kSize;
  const bool after = next < size && MayBeLetter(from[next]);
  return hyphens & ((letters << 1) | (before ? 1 : 0)) &
         ((letters >> 1) |
          (static_cast<uint64_t>(after) << (Block64::kSize - 1)));
}

using Progress = TextKernels::Progress;

#if defined(__AVX512VBMI2__)
// Copies what it can of a block of which some is no ASCII; a block ends behind
// its last whole character. Whether that was all of it: the branch lets the
// processor go on with the next block before it knows. `stops` are its joining
// hyphens.
[[gnu::always_inline]] inline bool FoldWide(const Block& block,
                                            const char* text, size_t left,
                                            uint64_t stops,
                                            const uint16_t* facts, int kinds,
                                            char* to, Progress* done) {
  const WideChars chars = WideChars::In(block, left);
  const WideFacts found(chars, text, facts);
  const uint64_t ascii = found.With(kinds & kFactAscii);
  stops |= chars.stops | (chars.leads & ~ascii & ~found.With(kFactInert));
  stops &= BitsBelow(chars.end);
  size_t read = chars.end;
  const bool is_whole = __builtin_expect(stops == 0, 1);
  if (!is_whole) read = static_cast<size_t>(__builtin_ctzll(stops));
  const __m512i folded =
      _mm512_mask_mov_epi8(block.Folded().v, ascii, found.AsciiBytes());
  const uint64_t kept =
      BitsBelow(read) & ~(ascii << 1 | (ascii & chars.threes) << 2);
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(kept, folded));
  done->read += read;
  done->written += static_cast<size_t>(__builtin_popcountll(kept));
  return is_whole;
}

// Copies up to the end of a block's first character that is not ASCII, or all
// of the block where there is no other; false where it is none to be copied,
// or reaches beyond the block.
[[gnu::always_inline]] inline bool FoldFirst(const Block& block,
                                             uint64_t others, const char* text,
                                             size_t left, const uint16_t* facts,
                                             int kinds, char* to,
                                             Progress* done) {
  const auto at = static_cast<size_t>(__builtin_ctzll(others));
  const WideChar c = WideChar::At(text + at, left - at);
  const int known = FactsOf(c, facts);
  size_t read = at + c.size;
  if ((known & kinds) == 0 || read > Block::kSize) return false;
  block.Folded().Store(to);
  size_t written = read;
  if ((known & kFactAscii) != 0) {
    to[at] = static_cast<char>(known >> kFactAsciiShift);
    written = at + 1;
  } else if (read < Block::kSize && others >> read == 0) {
    read = left < Block::kSize ? left : Block::kSize;
    written = read;
  }
  done->read += read;
  done->written += written;
  return true;
}

Progress Fold(const char* from, size_t size, const uint16_t* facts, int kinds,
              char* to) {
  Progress done = {0, 0};
  while (done.read < size) {
    const size_t left = size - done.read;
    const char* const text = from + done.read;
    const Block block =
        left >= Block::kSize ? Block::Load(text) : Block::LoadPart(text, left);
    char* const end = to + done.written;
    const uint64_t hyphens = JoiningHyphens(block, from, size, done.read);
    if (const uint64_t others = block.NonAscii(); others != 0) {
      // Few are sooner taken one by one.
      constexpr int kFewBytes = 6;
      if (__builtin_popcountll(others) <= kFewBytes && hyphens == 0 &&
          FoldFirst(block, others, text, left, facts, kinds, end, &done)) {
        continue;
      }
      if (FoldWide(block, text, left, hyphens, facts, kinds, end, &done)) {
        continue;
      }
      break;
    }
    block.Folded().Store(end);
    const size_t whole = left < Block::kSize ? left : Block::kSize;
    const size_t copied =
        hyphens == 0 ? whole : static_cast<size_t>(__builtin_ctzll(hyphens));
    done.read += copied;
    done.written += copied;
    if (hyphens != 0) break;
  }
  return done;
}
#else
char FoldByte(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 0x20);
  return c >= '\t' && c <= '\r' ? ' ' : c;
}

// Whether a hyphen at `i` may join two words.
bool MayJoin(const char* from, size_t size, size_t i) {
  return (i == 0 || MayBeLetter(from[i - 1])) && i + 1 < size &&
         MayBeLetter(from[i + 1]);
}

// Copies what it can of a block of which some is no ASCII; a block ends behind
// its last whole character. Whether that was all of it. `stops` are its joining
// hyphens.
bool FoldWide(const Block64& block, const char* text, size_t left,
              uint64_t stops, const uint16_t* facts, int kinds, char* to,
              Progress* done) {
  const WideChars chars = WideChars::In(block, left);
  const WideFacts found(chars, text, facts);
  uint64_t ascii = (kinds & kFactAscii) != 0 ? found.Ascii() : 0;
  stops |= chars.stops | (chars.leads & ~ascii & ~found.Inert());
  stops &= BitsBelow(chars.end);
  const size_t read =
      stops == 0 ? chars.end : static_cast<size_t>(__builtin_ctzll(stops));
  ascii &= BitsBelow(read);
  done->read += read;
  if (ascii == 0) {
    block.Folded().Store(to);
    done->written += read;
    return stops == 0;
  }
  char folded[2 * Block64::kSize];
  block.Folded().Store(folded);
  char* end = to;
  size_t next = 0;
  for (; ascii != 0; ascii &= ascii - 1) {
    const auto at = static_cast<size_t>(__builtin_ctzll(ascii));
    folded[at] = found.AsciiByte(at);
    Block64::Load(folded + next).Store(end);
    end += at + 1 - next;
    next = at + 2 + (chars.threes >> at & 1);
  }
  Block64::Load(folded + next).Store(end);
  done->written += static_cast<size_t>(end - to) + read - next;
  return stops == 0;
}

// Copies blocks, and leaves the last ones; whether nothing stopped it.
bool FoldBlocks(const char* from, size_t size, const uint16_t* facts, int kinds,
                char* to, Progress* done) {
  constexpr size_t kBehind = 2;  // readable bytes that WideFacts asks for
  while (done->read + Block64::kSize + kBehind <= size) {
    const char* const text = from + done->read;
    char* const end = to + done->written;
    const Block64 block = Block64::Load(text);
    const uint64_t hyphens = JoiningHyphens(block, from, size, done->read);
    if (block.NonAscii() != 0) {
      if (FoldWide(block, text, size - done->read, hyphens, facts, kinds, end,
                   done)) {
        continue;
      }
      return false;
    }
    block.Folded().Store(end);
    const size_t copied = hyphens == 0
                              ? Block64::kSize
                              : static_cast<size_t>(__builtin_ctzll(hyphens));
    done->read += copied;
    done->written += copied;
    if (hyphens != 0) return false;
  }
  return true;
}

// Copies characters that are no ASCII, as long as it may.
void FoldChars(const char* from, size_t size, const uint16_t* facts, int kinds,
               char* to, Progress* done) {
  while (done->read < size && !IsAscii(from[done->read])) {
    const char* const text = from + done->read;
    const WideChar c = WideChar::At(text, size - done->read);
    const int known = FactsOf(c, facts);
    if ((known & kinds) == 0) return;
    done->read += c.size;
    if ((known & kFactAscii) != 0) {
      to[done->written++] = static_cast<char>(known >> kFactAsciiShift);
      continue;
    }
    for (size_t i = 0; i < c.size; ++i) to[done->written++] = text[i];
  }
}

Progress Fold(const char* from, size_t size, const uint16_t* facts, int kinds,
              char* to) {
  Progress done = {0, 0};
  if (!FoldBlocks(from, size, facts, kinds, to, &done)) return done;
  while (done.read < size) {
    const char c = from[done.read];
    if (c == '-' && MayJoin(from, size, done.read)) break;
    if (IsAscii(c)) {
      to[done.written++] = FoldByte(c);
      ++done.read;
      continue;
    }
    const size_t before = done.read;
    FoldChars(from, size, facts, kinds, to, &done);
    if (done.read == before) break;
  }
  return done;
}
#endif

void SetBits(uint64_t bits, size_t at, uint64_t* bitmap) {
  const size_t shift = at % 64;
  bitmap[at / 64] |= bits << shift;
  if (shift > 0) bitmap[at / 64 + 1] |= bits >> (64 - shift);
}

// Whether all that a block has beside ASCII is one dash or the like.
bool IsLoneOther(uint64_t non_ascii, const char* text, size_t left,
                 const uint16_t* facts) {
  const auto bytes = static_cast<size_t>(__builtin_popcountll(non_ascii));
  if (bytes > 3) return false;
  const auto at = static_cast<size_t>(__builtin_ctzll(non_ascii));
  if (at >= left) return true;
  const WideChar c = WideChar::At(text + at, left - at);
  return c.size == bytes && (FactsOf(c, facts) & kFactClass) == kFactOther;
}

// The first byte from `i` on whose bit is set, or `size`.
size_t NextSet(const uint64_t* bitmap, size_t size, size_t i) {
  if (i >= size) return size;
  uint64_t bits = bitmap[i / 64] & ~uint64_t{0} << (i % 64);
  for (i -= i % 64; bits == 0; bits = bitmap[i / 64]) {
    i += 64;
    if (i >= size) return size;
  }
  return i + static_cast<size_t>(__builtin_ctzll(bits));
}

size_t ClassifyWide(const char* text, size_t size, size_t begin,
                    const uint64_t* non_ascii_bitmap, const uint16_t* facts,
                    const WideClassBitmaps& bitmaps) {
  uint64_t after_single = 0;  // whether the character at i comes behind one
  size_t i = begin;
  while (i < size) {
    const Block64 block = Block64::Load(text + i);
    const uint64_t non_ascii = block.NonAscii();
    if (after_single == 0) {
      if (non_ascii == 0) {
        i = NextSet(non_ascii_bitmap, size, i + Block64::kSize);
        continue;
      }
      if (IsLoneOther(non_ascii, text + i, size - i, facts)) {
        i += Block64::kSize;
        continue;
      }
    }
    const WideChars chars = WideChars::In(block, size - i);
    const WideFacts found(chars, text + i, facts);
    const uint64_t letters = found.OfClass(kFactLetter);
    const uint64_t digits = found.OfClass(kFactDigit);
    const uint64_t singles = found.OfClass(kFactSingle);
    const uint64_t others = found.OfClass(kFactOther);
    const uint64_t stops =
        chars.stops | (chars.leads & ~(letters | digits | singles | others));
    const size_t end =
        stops == 0 ? chars.end : static_cast<size_t>(__builtin_ctzll(stops));
    const uint64_t inside = BitsBelow(end);
    SetBits(chars.Bytes(letters & inside), i, bitmaps.letters);
    SetBits(chars.Bytes(digits & inside), i, bitmaps.digits);
    SetBits(chars.Bytes(singles & inside), i, bitmaps.singles);
    const uint64_t twos = singles & ~chars.threes;
    const uint64_t threes = singles & chars.threes;
    const uint64_t barriers = singles | twos << 2 | threes << 3 | after_single;
    SetBits(barriers & inside, i, bitmaps.barriers);
    if (stops != 0) return i + end;
    after_single =
        end == 64 ? (twos >> 62 & 1) | (threes >> 61 & 1) : barriers >> end & 1;
    i += end;
  }
  if (after_single != 0) SetBits(1, size, bitmaps.barriers);
  return size;
}

size_t CountCodePoints(const char* utf8, size_t size) {
  // Continuation bytes: 0x80 to 0xBF.
  constexpr char kFirst = '\x80';
  constexpr char kCount = 0x40;
  size_t others = 0;
  size_t i = 0;
  for (; i + Block::kSize <= size; i += Block::kSize) {
    others += static_cast<size_t>(
        __builtin_popcountll(Block::Load(utf8 + i).InRange(kFirst, kCount)));
  }
  for (; i < size; ++i) {
    others += (static_cast<unsigned char>(utf8[i]) & 0xC0) == 0x80 ? 1 : 0;
  }
  return size - others;
}

bool Classify(const char* text, size_t size, const ByteClassBitmaps& bitmaps) {
  uint64_t any_non_ascii = 0;
  for (size_t word = 0; word * 64 < size; ++word) {
    uint64_t letters = 0;
    uint64_t digits = 0;
    uint64_t apostrophes = 0;
    uint64_t non_ascii = 0;
    for (size_t i = 0; i < 64; i += Block::kSize) {
      const Block block = Block::Load(text + word * 64 + i);
      letters |= block.InRange('a', 26) << i;
      digits |= block.InRange('0', 10) << i;
      apostrophes |= block.Equal('\'') << i;
      non_ascii |= block.NonAscii() << i;
    }
    const size_t left = size - word * 64;
    const uint64_t inside = left >= 64 ? ~uint64_t{0} : ~(~uint64_t{0} << left);
    bitmaps.letters[word] = letters & inside;
    bitmaps.digits[word] = digits & inside;
    bitmaps.apostrophes[word] = apostrophes & inside;
    bitmaps.non_ascii[word] = non_ascii & inside;
    any_non_ascii |= non_ascii & inside;
  }
  return any_non_ascii != 0;
}

// The bytes before and behind those of a word's bits.
uint64_t Before(uint64_t word, uint64_t previous) {
  return word << 1 | previous >> 63;
}
uint64_t Behind(uint64_t word, uint64_t next) { return word >> 1 | next << 63; }

// Loops over words that a compiler makes vectors of: each result has an array
// of its own, or that of which it needs the same word alone.
template <bool kIsWide>
size_t MarkBordersOf(const ByteClassBitmaps& bitmaps,
                     const uint64_t* __restrict__ singles,
                     const uint64_t* __restrict__ barriers, size_t words) {
  uint64_t* const __restrict__ letters = bitmaps.letters;
  uint64_t* const __restrict__ digits = bitmaps.digits;
  uint64_t* const __restrict__ inside = bitmaps.apostrophes;
  // Apostrophes count where they stand between two letters or two digits.
  const auto mark = [&](size_t w, bool is_first, bool is_last) {
    const auto joined = [&](const uint64_t* of) {
      return Before(of[w], is_first ? 0 : of[w - 1]) &
             Behind(of[w], is_last ? 0 : of[w + 1]);
    };
    const uint64_t joining = inside[w] & (joined(letters) | joined(digits));
    inside[w] = letters[w] | digits[w] | joining | (kIsWide ? singles[w] : 0);
  };
  const size_t last = words - 1;
  mark(0, true, last == 0);
  for (size_t w = 1; w < last; ++w) mark(w, false, false);
  if (last > 0) mark(last, false, true);
  const auto cut = [&](size_t w, uint64_t previous) {
    const uint64_t before = Before(inside[w], previous);
    const uint64_t barrier = kIsWide ? barriers[w] : 0;
    letters[w] = inside[w] & (~before | barrier);
    digits[w] = before & (~inside[w] | barrier);
  };
  cut(0, 0);
  for (size_t w = 1; w < words; ++w) cut(w, inside[w - 1]);
  size_t count = 0;
  for (size_t w = 0; w < words; ++w) {
    count += static_cast<size_t>(__builtin_popcountll(letters[w]));
  }
  return count;
}

size_t MarkBorders(const ByteClassBitmaps& bitmaps, const uint64_t* singles,
                   const uint64_t* barriers, size_t words) {
  return singles == nullptr
             ? MarkBordersOf<false>(bitmaps, nullptr, nullptr, words)
             : MarkBordersOf<true>(bitmaps, singles, barriers, words);
}

#if defined(__AVX512VBMI2__)
// The numbers of a word's set bits, as bytes, pressed together; then written
// sixteen at a time as offsets.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  alignas(64) uint8_t numbers[64];
  for (size_t i = 0; i < 64; ++i) numbers[i] = static_cast<uint8_t>(i);
  const __m512i places = _mm512_load_si512(numbers);
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    const uint64_t bits = bitmap[word];
    const __m512i base = _mm512_set1_epi32(static_cast<int>(word * 64));
    __m512i set = _mm512_maskz_compress_epi8(bits, places);
    const auto in_word = static_cast<size_t>(__builtin_popcountll(bits));
    for (size_t i = 0; i < in_word; i += kPositionPadding) {
      const __m512i at = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(set));
      _mm512_storeu_si512(to + count + i, _mm512_add_epi32(at, base));
      set = _mm512_alignr_epi32(set, set, 4);
    }
    count += in_word;
  }
  return count;
}
#elif defined(__AVX2__)
// The numbers of each byte's set bits, from the lowest on.
struct BitNumbers {
  uint8_t of[256][8] = {};
  constexpr BitNumbers() {
    for (size_t byte = 0; byte < 256; ++byte) {
      size_t count = 0;
      for (uint8_t bit = 0; bit < 8; ++bit) {
        if ((byte >> bit & 1) != 0) of[byte][count++] = bit;
      }
    }
  }
};
constexpr BitNumbers kBitNumbers;

// Byte after byte, looked up, without a branch on how many bits there are.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  size_t count = 0;
  __m256i base = _mm256_setzero_si256();
  for (size_t word = 0; word < words; ++word) {
    uint64_t bits = bitmap[word];
    for (int i = 0; i < 8; ++i) {
      const __m256i numbers = _mm256_cvtepu8_epi32(_mm_loadl_epi64(
          reinterpret_cast<const __m128i*>(kBitNumbers.of[bits & 0xFF])));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + count),
                          _mm256_add_epi32(numbers, base));
      base = _mm256_add_epi32(base, _mm256_set1_epi32(8));
      count += static_cast<size_t>(__builtin_popcountll(bits & 0xFF));
      bits >>= 8;
    }
  }
  return count;
}
#else
// Writes in fours, whatever is left to write: how many bits a word has cannot
// be predicted, and so only every fourth branch depends on it.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  constexpr uint64_t kTop = uint64_t{1} << 63;  // keeps ctz(0) defined
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    uint64_t bits = bitmap[word];
    const auto base = static_cast<uint32_t>(word * 64);
    const auto in_word = static_cast<size_t>(__builtin_popcountll(bits));
    constexpr size_t kStep = 4;
    for (size_t i = 0; i < in_word; i += kStep) {
      for (size_t j = 0; j < kStep; ++j) {
        to[count + i + j] =
            base + static_cast<uint32_t>(__builtin_ctzll(bits | kTop));
        bits &= bits - 1;
      }
    }
    count += in_word;
  }
  return count;
}
#endif

void HashTokens(const char* text, const uint32_t* begins, const uint32_t* ends,
                size_t count, uint64_t seed, uint64_t* hashes) {
  const TokenHasher hasher(seed);
  size_t i = 0;
#if defined(__AVX512DQ__)
  for (; i + 8 <= count; i += 8) {
    __mmask8 longer;
    _mm512_storeu_si512(hashes + i,
                        hasher.Hash8(text, begins + i, ends + i, &longer));
    for (unsigned rest = longer; rest != 0; rest &= rest - 1) {
      const size_t at = i + static_cast<size_t>(__builtin_ctz(rest));
      hashes[at] = hasher.Hash(text + begins[at], ends[at] - begins[at]);
    }
  }
#endif
  for (; i < count; ++i) {
    hashes[i] = hasher.Hash(text + begins[i], ends[i] - begins[i]);
  }
}

uint64_t Rotate(uint64_t x, unsigned bits) {
  return (x << bits) | (x >> (-bits & 63U));
}

// kCount shingles at once: few enough that their sums stay in registers. kSize
// is the size of a shingle where it is known, else 0.
template <size_t kCount, size_t kSize>
[[gnu::always_inline]] inline void CombineAt(const uint64_t* tokens, size_t k,
                                             uint64_t* shingles) {
  uint64_t sums[kCount];
  for (size_t i = 0; i < kCount; ++i) sums[i] = tokens[i];
  for (size_t j = 1; j < (kSize == 0 ? k : kSize); ++j) {
    const auto bits = static_cast<unsigned>((13 * j) & 63U);
    for (size_t i = 0; i < kCount; ++i) sums[i] += Rotate(tokens[i + j], bits);
  }
  for (size_t i = 0; i < kCount; ++i) shingles[i] = MixOnce(sums[i]);
}

template <size_t kSize>
void CombineBy(const uint64_t* tokens, size_t total, size_t k,
               uint64_t* shingles) {
  constexpr size_t kAtOnce = 16;
  size_t i = 0;
  for (; i + kAtOnce <= total; i += kAtOnce) {
    CombineAt<kAtOnce, kSize>(tokens + i, k, shingles + i);
  }
  for (; i < total; ++i) CombineAt<1, kSize>(tokens + i, k, shingles + i);
}

void Combine(const uint64_t* tokens, size_t count, size_t k,
             uint64_t* shingles) {
  constexpr size_t kUsual = 5;
  const size_t total = count - k + 1;
  if (k == kUsual) {
    CombineBy<kUsual>(tokens, total, k, shingles);
  } else {
    CombineBy<0>(tokens, total, k, shingles);
  }
}

}  // namespace

extern const TextKernels kTextKernels;
const TextKernels kTextKernels = {
    Fold,        Classify,     ClassifyWide, CountCodePoints,
    MarkBorders, BitPositions, HashTokens,   Combine};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
