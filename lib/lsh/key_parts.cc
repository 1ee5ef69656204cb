#include "lsh/key_parts.h"

#include <algorithm>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace wirecopy {
namespace {

unsigned BitsFor(size_t documents) {
  constexpr size_t kPartSize = 32768;  // 256 KB, and as much to find buckets in
  constexpr unsigned kMostBits = 12;
  unsigned bits = 0;
  while (bits < kMostBits && (documents >> bits) > kPartSize) ++bits;
  return bits;
}

// Copies 64 bytes, aligned to 16, past the caches where that can be said: they
// are not read again before much else is written.
void StreamLine(const void* line, void* to) {
#ifdef __SSE2__
  const auto* const from = static_cast<const __m128i*>(line);
  auto* const out = static_cast<__m128i*>(to);
  for (int i = 0; i < 4; ++i)
    _mm_stream_si128(out + i, _mm_load_si128(from + i));
#else
  std::memcpy(to, line, 64);
#endif
}

}  // namespace

KeyParts::KeyParts(size_t documents)
    : bits_(BitsFor(documents)),
      begins_(count()),
      ends_(count()),
      lines_(count()),
      entries_(documents + count() * (kLineSize - 1)) {}

void KeyParts::FindBegins(std::span<const uint32_t> keys) {
  ends_.assign(count(), 0);
  for (const uint32_t key : keys) ++ends_[PartOf(key)];
  size_t begin = 0;
  for (size_t part = 0; part < count(); ++part) {
    begins_[part] = begin;
    begin += (ends_[part] + kLineSize - 1) / kLineSize * kLineSize;
  }
}

void KeyParts::Scatter(std::span<const uint32_t> keys,
                       std::span<const uint32_t> documents) {
  for (size_t i = 0; i < keys.size(); ++i) {
    entries_[ends_[PartOf(keys[i])]++] = {keys[i], documents[i]};
  }
}

// What goes to one part is gathered in a line of its own and leaves by the
// whole line, so that memory need not be read before it is written (Balkesen,
// Teubner, Alonso and Özsu 2013; Polychroniou and Ross 2014).
void KeyParts::ScatterByLines(std::span<const uint32_t> keys,
                              std::span<const uint32_t> documents) {
  for (size_t i = 0; i < keys.size(); ++i) {
    const size_t part = PartOf(keys[i]);
    const size_t end = ++ends_[part];
    Line& line = lines_[part];
    line.entries[(end - 1) % kLineSize] = {keys[i], documents[i]};
    if (end % kLineSize == 0) StreamLine(&line, &entries_[end - kLineSize]);
  }
  for (size_t part = 0; part < count(); ++part) {
    const size_t left = ends_[part] % kLineSize;
    std::copy_n(lines_[part].entries, left,
                entries_.data() + ends_[part] - left);
  }
}

void KeyParts::Partition(std::span<const uint32_t> keys,
                         std::span<const uint32_t> documents) {
  // Fewer entries stay in the cache from their writing to their reading.
  constexpr size_t kLeastByLines = size_t{1} << 21;
  FindBegins(keys);
  ends_ = begins_;
  if (keys.size() < kLeastByLines) {
    Scatter(keys, documents);
  } else {
    ScatterByLines(keys, documents);
  }
}

}  // namespace wirecopy
