#include "lsh/key_parts.h"

#include <algorithm>
#include <cstring>

#ifdef __x86_64__
#include <emmintrin.h>
#endif

namespace wirecopy {
namespace {

unsigned BitsFor(size_t documents) {
  constexpr size_t kPartSize = 16384;  // 128 KB, and as much to find buckets in
  constexpr unsigned kMostBits = 12;
  unsigned bits = 0;
  while (bits < kMostBits && (documents >> bits) > kPartSize) ++bits;
  return bits;
}

// Copies 64 bytes, aligned to 8, past the caches where that can be said: they
// are not read again before much else is written. By the entry, since reading
// more at once would wait until what was written last is in the cache.
void StreamLine(const void* line, void* to) {
#ifdef __x86_64__
  const auto* const from = static_cast<const long long*>(line);
  auto* const out = static_cast<long long*>(to);
  for (int i = 0; i < 8; ++i) _mm_stream_si64(out + i, from[i]);
#else
  std::memcpy(to, line, 64);
#endif
}

// Fewer entries stay in the cache from their writing to their reading.
constexpr size_t kLeastPastCaches = size_t{1} << 21;

}  // namespace

KeyParts::KeyParts(size_t documents, size_t other_lists)
    : bits_(BitsFor(documents)),
      passes_caches_(documents >= kLeastPastCaches),
      lines_(count()),
      sizes_(count()),
      parts_(count()),
      blocks_(documents, count() + other_lists) {}

// What goes to one part is gathered in a line of its own and leaves by the
// whole line, so that memory need not be read before it is written (Balkesen,
// Teubner, Alonso and Özsu 2013; Polychroniou and Ross 2014).
void KeyParts::Add(std::span<const uint32_t> keys,
                   std::span<const uint32_t> documents) {
  // Locals, which nothing that is written to can be.
  const unsigned shift = 32 - bits_;
  uint32_t* const sizes = sizes_.data();
  Line* const lines = lines_.data();
  for (size_t i = 0; i < keys.size(); ++i) {
    const auto part = static_cast<size_t>(uint64_t{keys[i]} >> shift);
    const size_t size = ++sizes[part];
    Line& line = lines[part];
    line.entries[(size - 1) % kLineSize] = {keys[i], documents[i]};
    if (size % kLineSize != 0) continue;
    KeyedDocument* const to = parts_[part].Append(kLineSize, &blocks_);
    if (passes_caches_) {
      StreamLine(&line, to);
    } else {
      std::memcpy(to, &line, sizeof(line));
    }
  }
}

void KeyParts::Finish() {
  for (size_t part = 0; part < count(); ++part) {
    const size_t left = sizes_[part] % kLineSize;
    sizes_[part] = 0;
    if (left == 0) continue;
    std::copy_n(lines_[part].entries, left,
                parts_[part].Append(left, &blocks_));
  }
}

}  // namespace wirecopy
