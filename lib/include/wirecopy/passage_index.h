// Passages of documents that come one after another.

#ifndef WIRECOPY_PASSAGE_INDEX_H_
#define WIRECOPY_PASSAGE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "wirecopy/passage.h"

namespace wirecopy {

// An index in memory, which answers for each document what of its text earlier
// ones had: those that had a fingerprint of it first, and all that have one
// which no more than ten documents have (as wirecopy/passages.h does for a
// corpus at once). So a document costs its length and a few alignments, however
// many copies came before.
//
// Keeps the texts, and some five times their size besides. Not thread-safe.
class PassageIndex {
 public:
  // Requires valid options.
  explicit PassageIndex(const PassageOptions& options);
  ~PassageIndex();
  PassageIndex(PassageIndex&&) noexcept;
  PassageIndex& operator=(PassageIndex&&) noexcept;

  struct Match {
    uint32_t document = 0;  // an earlier one, numbered from 0 as added
    Passage passage;        // a: in the earlier document; b: in this one
  };

  // What a text (any bytes) shares with the documents of the index, by rising
  // document and place in it. Valid until the next call.
  std::span<const Match> Query(std::string_view text);

  // The same, and then adds a copy of the text, as document size() - 1 from
  // then on. Fewer than 2^32 - 1 documents.
  std::span<const Match> Add(std::string_view text);

  size_t size() const;
  // The text of a document; valid until the index goes.
  std::string_view Text(uint32_t document) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_INDEX_H_
