// Folding, and the classes of what it copies, for the text layer's kernels.
//
// Keeps the rules of base/kernel_set.h, for files that are compiled once per
// instruction set alone.

#ifndef WIRECOPY_TEXT_FOLD_KERNEL_H_
#define WIRECOPY_TEXT_FOLD_KERNEL_H_

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/byte_block.h"
#include "base/kernel_set.h"
#include "text/text_kernels.h"
#include "text/wide_chars_kernel.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

inline bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

inline bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

inline bool MayBeLetter(char c) { return IsLetter(c) || !IsAscii(c); }

// The hyphens of a block of text at `i` that may join two words: what is before
// the text is not known here.
inline uint64_t JoiningHyphens(const Block64& block, const char* from,
                               size_t size, size_t i) {
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

// Whether folding stopped at `i` because of a joining hyphen, which has a byte
// behind it, and `kinds` say that it is to be left out.
inline bool JoinsWords(const char* from, size_t i, int kinds) {
  return (kinds & kJoinsWords) != 0 && from[i] == '-' && i > 0 &&
         IsLetter(from[i - 1]) && IsLetter(from[i + 1]);
}

using Progress = TextKernels::Progress;

inline void SetBits(uint64_t bits, size_t at, uint64_t* word, uint64_t* next) {
  *word |= bits << at % 64;
  *next |= bits >> 1 >> (63 - at % 64);
}

// The classes of characters of a block, of which `kept` are the bytes that go
// to `place`.
[[gnu::always_inline]] inline void SetClasses(const WideChars& chars,
                                              const WideFacts& found,
                                              uint64_t live, uint64_t kept,
                                              size_t place,
                                              WideClassMap* classes) {
  const uint64_t letters = found.OfClass(kFactLetter) & live;
  const uint64_t digits = found.OfClass(kFactDigit) & live;
  const uint64_t singles = found.OfClass(kFactSingle) & live;
  const uint64_t marks = found.OfClass(kFactMark) & live;
  if ((letters | digits | singles | marks) == 0) return;
  classes->has_any = true;
  WideClasses* const word = classes->words + place / 64;
  WideClasses* const next = word + 1;
  SetBits(Extract(chars.Bytes(letters), kept), place, &word->letters,
          &next->letters);
  if (singles != 0) {
    SetBits(Extract(chars.Bytes(singles), kept), place, &word->singles,
            &next->singles);
    SetBits(Extract(singles, kept), place, &word->starts, &next->starts);
  }
  if ((digits | marks) != 0) {
    SetBits(Extract(chars.Bytes(digits), kept), place, &word->digits,
            &next->digits);
    SetBits(Extract(marks, kept), place, &word->marks, &next->marks);
  }
}

// The same for a single character.
inline void SetClass(int facts, size_t size, size_t place,
                     WideClassMap* classes) {
  if ((facts & kFactClass) == kFactOther) return;
  classes->has_any = true;
  WideClasses* const word = classes->words + place / 64;
  WideClasses* const next = word + 1;
  const uint64_t bytes = BitsBelow(size);
  switch (facts & kFactClass) {
    case kFactLetter:
      return SetBits(bytes, place, &word->letters, &next->letters);
    case kFactDigit:
      return SetBits(bytes, place, &word->digits, &next->digits);
    case kFactSingle:
      SetBits(bytes, place, &word->singles, &next->singles);
      return SetBits(1, place, &word->starts, &next->starts);
    case kFactMark:
      return SetBits(1, place, &word->marks, &next->marks);
    default:
      return;
  }
}

#if defined(__AVX512VBMI2__)
inline Block LoadUpTo(const char* text, size_t left) {
  return left >= Block::kSize ? Block::Load(text) : Block::LoadPart(text, left);
}

// Copies what it can of a block of which some is no ASCII; a block ends behind
// its last whole character. Whether that was all of it: the branch lets the
// processor go on with the next block before it knows. `stops` are its joining
// hyphens.
[[gnu::always_inline]] inline bool FoldWide(
    const Block& block, const char* text, size_t left, uint64_t stops,
    const uint16_t* facts, int kinds, char* to, size_t place,
    WideClassMap* classes, Progress* done) {
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
  _mm512_storeu_si512(to + place, _mm512_maskz_compress_epi8(kept, folded));
  SetClasses(chars, found, BitsBelow(read) & ~ascii, kept, place, classes);
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
                                             int kinds, char* to, size_t place,
                                             WideClassMap* classes,
                                             Progress* done) {
  const auto at = static_cast<size_t>(__builtin_ctzll(others));
  const WideChar c = WideChar::At(text + at, left - at);
  const int known = FactsOf(c, facts);
  size_t read = at + c.size;
  if ((known & kinds) == 0 || read > Block::kSize) return false;
  block.Folded().Store(to + place);
  size_t written = read;
  if ((known & kFactAscii & kinds) != 0) {
    to[place + at] = static_cast<char>(known >> kFactAsciiShift);
    written = at + 1;
  } else {
    SetClass(known, c.size, place + at, classes);
    if (read < Block::kSize && others >> read == 0) {
      read = left < Block::kSize ? left : Block::kSize;
      written = read;
    }
  }
  done->read += read;
  done->written += written;
  return true;
}

// Copies blocks up to one that is ASCII, or as far as it may: whether that was
// up to such a block or to the end. A function of its own leaves the registers
// to the loop that calls it, which most text never leaves.
[[gnu::noinline]] inline bool FoldWideBlocks(const char* from, size_t size,
                                             const uint16_t* facts, int kinds,
                                             char* to, size_t place,
                                             WideClassMap* classes,
                                             Progress* progress) {
  // Few bytes that are no ASCII are sooner taken one by one.
  constexpr int kFewBytes = 6;
  Progress done = *progress;
  bool goes_on = true;
  while (done.read < size) {
    const size_t left = size - done.read;
    const char* const text = from + done.read;
    const Block block = LoadUpTo(text, left);
    const uint64_t others = block.NonAscii();
    if (others == 0) break;
    const size_t end = place + done.written;
    const uint64_t hyphens = JoiningHyphens(block, from, size, done.read);
    if (__builtin_popcountll(others) <= kFewBytes && hyphens == 0 &&
        FoldFirst(block, others, text, left, facts, kinds, to, end, classes,
                  &done)) {
      continue;
    }
    if (FoldWide(block, text, left, hyphens, facts, kinds, to, end, classes,
                 &done)) {
      continue;
    }
    goes_on = JoinsWords(from, done.read, kinds);
    if (!goes_on) break;
    ++done.read;
  }
  *progress = done;
  return goes_on;
}

inline Progress Fold(const char* from, size_t size, const uint16_t* facts,
                     int kinds, char* to, size_t place, WideClassMap* classes) {
  size_t read = 0;
  size_t written = 0;
  while (read < size) {
    const size_t left = size - read;
    const Block block = LoadUpTo(from + read, left);
    if (block.NonAscii() != 0) {
      Progress done = {read, written};
      const bool goes_on =
          FoldWideBlocks(from, size, facts, kinds, to, place, classes, &done);
      read = done.read;
      written = done.written;
      if (!goes_on) break;
      continue;
    }
    block.Folded().Store(to + place + written);
    const uint64_t hyphens = JoiningHyphens(block, from, size, read);
    if (hyphens == 0) {
      const size_t whole = left < Block::kSize ? left : Block::kSize;
      read += whole;
      written += whole;
      continue;
    }
    const auto before = static_cast<size_t>(__builtin_ctzll(hyphens));
    read += before;
    written += before;
    if (!JoinsWords(from, read, kinds)) break;
    ++read;
  }
  return {read, written};
}
#else
inline char FoldByte(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 0x20);
  return c >= '\t' && c <= '\r' ? ' ' : c;
}

// Whether a hyphen at `i` may join two words.
inline bool MayJoin(const char* from, size_t size, size_t i) {
  return (i == 0 || MayBeLetter(from[i - 1])) && i + 1 < size &&
         MayBeLetter(from[i + 1]);
}

// Copies what it can of a block of which some is no ASCII; a block ends behind
// its last whole character. Whether that was all of it. `stops` are its joining
// hyphens.
inline bool FoldWide(const Block64& block, const char* text, size_t left,
                     uint64_t stops, const uint16_t* facts, int kinds, char* to,
                     size_t place, WideClassMap* classes, Progress* done) {
  const WideChars chars = WideChars::In(block, left);
  const WideFacts found(chars, text, facts);
  uint64_t ascii = (kinds & kFactAscii) != 0 ? found.Ascii() : 0;
  stops |= chars.stops | (chars.leads & ~ascii & ~found.Inert());
  stops &= BitsBelow(chars.end);
  const size_t read =
      stops == 0 ? chars.end : static_cast<size_t>(__builtin_ctzll(stops));
  ascii &= BitsBelow(read);
  done->read += read;
  const uint64_t kept =
      BitsBelow(read) & ~(ascii << 1 | (ascii & chars.threes) << 2);
  SetClasses(chars, found, BitsBelow(read) & ~ascii, kept, place, classes);
  to += place;
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
inline bool FoldBlocks(const char* from, size_t size, const uint16_t* facts,
                       int kinds, char* to, size_t place, WideClassMap* classes,
                       Progress* done) {
  constexpr size_t kBehind = 2;  // readable bytes that WideFacts asks for
  while (done->read + Block64::kSize + kBehind <= size) {
    const char* const text = from + done->read;
    const size_t end = place + done->written;
    const Block64 block = Block64::Load(text);
    const uint64_t hyphens = JoiningHyphens(block, from, size, done->read);
    if (block.NonAscii() != 0) {
      if (FoldWide(block, text, size - done->read, hyphens, facts, kinds, to,
                   end, classes, done)) {
        continue;
      }
      if (!JoinsWords(from, done->read, kinds)) return false;
      ++done->read;
      continue;
    }
    block.Folded().Store(to + end);
    const size_t copied = hyphens == 0
                              ? Block64::kSize
                              : static_cast<size_t>(__builtin_ctzll(hyphens));
    done->read += copied;
    done->written += copied;
    if (hyphens == 0) continue;
    if (!JoinsWords(from, done->read, kinds)) return false;
    ++done->read;
  }
  return true;
}

// Copies characters that are no ASCII, as long as it may.
inline void FoldChars(const char* from, size_t size, const uint16_t* facts,
                      int kinds, char* to, size_t place, WideClassMap* classes,
                      Progress* done) {
  while (done->read < size && !IsAscii(from[done->read])) {
    const char* const text = from + done->read;
    const WideChar c = WideChar::At(text, size - done->read);
    const int known = FactsOf(c, facts);
    if ((known & kinds) == 0) return;
    done->read += c.size;
    const size_t end = place + done->written;
    if ((known & kFactAscii & kinds) != 0) {
      to[end] = static_cast<char>(known >> kFactAsciiShift);
      ++done->written;
      continue;
    }
    SetClass(known, c.size, end, classes);
    for (size_t i = 0; i < c.size; ++i) to[end + i] = text[i];
    done->written += c.size;
  }
}

inline Progress Fold(const char* from, size_t size, const uint16_t* facts,
                     int kinds, char* to, size_t place, WideClassMap* classes) {
  Progress done = {0, 0};
  if (!FoldBlocks(from, size, facts, kinds, to, place, classes, &done)) {
    return done;
  }
  while (done.read < size) {
    const char c = from[done.read];
    if (c == '-' && MayJoin(from, size, done.read)) {
      if (!JoinsWords(from, done.read, kinds)) break;
      ++done.read;
      continue;
    }
    if (IsAscii(c)) {
      to[place + done.written++] = FoldByte(c);
      ++done.read;
      continue;
    }
    const size_t before = done.read;
    FoldChars(from, size, facts, kinds, to, place, classes, &done);
    if (done.read == before) break;
  }
  return done;
}
#endif

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE

#endif  // WIRECOPY_TEXT_FOLD_KERNEL_H_
