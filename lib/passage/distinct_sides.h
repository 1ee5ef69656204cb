// The sides of a corpus's passages, of which many are the same.

#ifndef WIRECOPY_PASSAGE_DISTINCT_SIDES_H_
#define WIRECOPY_PASSAGE_DISTINCT_SIDES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/room.h"
#include "passage/passage_places.h"
#include "passage/token_text.h"

namespace wirecopy {

// Each span of tokens that is a side of a passage, once. What many documents
// have, each of them has in common with each other: of the sides of all pairs
// of a large family, one in twenty is a span of its own.
//
// Passage p has the sides 2 p (a) and 2 p + 1 (b), below 2^32 in all.
class DistinctSides {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  struct Side {
    TokenSpan tokens;
    // The first of the passages' sides that is this one; kNone where none of
    // those that were kept is.
    uint32_t first = kNone;
  };

  // Who looks at what belongs to the sides b of one passage after another,
  // which is anywhere in memory, does well to fetch so many passages ahead.
  static constexpr size_t kPassagesAhead = 16;

  DistinctSides() = default;  // of no passages

  // Of `passages` passages, by rising a, which is never behind b. places_of
  // tells their places, on any thread and more than once. Linear.
  DistinctSides(size_t passages,
                absl::FunctionRef<PassagePlaces(size_t passage)> places_of,
                int threads);
  DistinctSides(std::span<const PassagePlaces> passages, int threads)
      : DistinctSides(
            passages.size(), [passages](size_t i) { return passages[i]; },
            threads) {}

  // Documents that may have some: no later one has.
  size_t documents() const { return begins_.size() - 1; }
  // By rising first side, until some are kept.
  std::span<const Side> Of(size_t document) const {
    return std::span(sides_).subspan(begins_[document],
                                     begins_[document + 1] - begins_[document]);
  }

  // How many there are in all.
  size_t size() const { return sides_.size(); }
  // The place of a side of a passage, which is the document's, among all.
  size_t PlaceOf(uint32_t document, size_t side) const {
    return begins_[document] + numbers_[side];
  }
  // Where a document's begin among all.
  size_t BeginOf(size_t document) const { return begins_[document]; }

  // Passage `to` becomes what `from` is, which is no less. Threads may ask for
  // others meanwhile.
  void Move(size_t from, size_t to) {
    numbers_[2 * to] = numbers_[2 * from];
    numbers_[2 * to + 1] = numbers_[2 * from + 1];
  }
  // Leaves only the first of the passages, which these are. Linear.
  void Keep(std::span<const PassagePlaces> passages, int threads);

 private:
  std::vector<size_t> begins_ = {0};  // by document, into sides_
  std::vector<Side> sides_;
  // By side; written all over, document by document.
  HugeRoom<uint32_t> numbers_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_DISTINCT_SIDES_H_
