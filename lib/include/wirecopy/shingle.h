// Shingles: the overlapping runs of k words (or characters) whose set stands
// for a document (Broder 1997, "On the resemblance and containment of
// documents"). wirecopy keeps each as a 64-bit hash; docs/signature.md defines
// the hash to the bit.

#ifndef WIRECOPY_SHINGLE_H_
#define WIRECOPY_SHINGLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace wirecopy {

enum class ShingleUnit {
  kWord,       // k tokens (wirecopy/text.h)
  kCharacter,  // k code points of the normal form, white space runs as one
};

struct ShingleOptions {
  static constexpr int kMaxWords = 32;
  static constexpr int kMaxCharacters = 256;

  ShingleUnit unit = ShingleUnit::kWord;
  int k = 5;          // 1 to kMaxWords or kMaxCharacters
  uint64_t seed = 0;  // a secret seed keeps others from making collisions

  friend bool operator==(const ShingleOptions&,
                         const ShingleOptions&) = default;
};

// InvalidArgument where k is out of its range.
absl::Status Validate(const ShingleOptions& options);

// Turns texts into shingle hashes, one text at a time. Keeps its buffers, so
// that after the longest text nothing is allocated; not thread-safe: one a
// thread.
class Shingler {
 public:
  // Requires valid options.
  explicit Shingler(const ShingleOptions& options);
  ~Shingler();
  Shingler(Shingler&&) noexcept;
  Shingler& operator=(Shingler&&) noexcept;

  // The hashes of the shingles of `text` (any bytes), in order, repeats
  // included. A text with fewer than k tokens has one shingle, one without any
  // has none. Shingles of characters: neither has one of 4 GiB or more in
  // normal form; of words, no more has a run of 4 GiB without a space. Valid
  // until the next call. Linear.
  std::span<const uint64_t> Hashes(std::string_view text);

  // The same as a set: sorted, each hash once.
  std::span<const uint64_t> Set(std::string_view text) {
    Hashes(text);
    return HashedSet();
  }

  // The set of the text that was hashed last.
  std::span<const uint64_t> HashedSet();

  // Tokens (or characters) of the text that was hashed last.
  size_t token_count() const;

 private:
  struct Buffers;
  ShingleOptions options_;
  std::unique_ptr<Buffers> buffers_;
};

// Sorts hashes and drops repeats in place. Linear for hashes that spread
// evenly, as shingle hashes do; n log n for any. Uses *scratch for memory.
void SortDistinct(std::vector<uint64_t>* hashes,
                  std::vector<uint64_t>* scratch);

}  // namespace wirecopy

#endif  // WIRECOPY_SHINGLE_H_
