// How what blocks hold becomes documents, in input order: who has which id.

#ifndef WIRECOPY_IO_CORPUS_MERGING_H_
#define WIRECOPY_IO_CORPUS_MERGING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "io/corpus.h"

namespace wirecopy {

// The ids that are taken: numbers of documents, which stand for their ids.
class Corpus::Ids {
 public:
  // At most, of a table that is a power of two in size and for the most part
  // full.
  static constexpr size_t kBytesOfDocument = 12;

  Ids(const Corpus& corpus, size_t most)
      : corpus_(corpus), taken_(most, Hash{corpus}, Equal{corpus}) {}

  // Makes room for so many.
  void Reserve(size_t most) { taken_.reserve(most); }

  // Takes the id of the document that comes next; false where another has it.
  bool Take(const Document& place) {
    std::string made;
    const Key key = corpus_.KeyOf(place, &made);
    bool is_new = false;
    taken_.lazy_emplace(key, [&](const auto& make) {
      is_new = true;
      make(corpus_.size());
    });
    return is_new;
  }

 private:
  struct Hash {
    using is_transparent = void;
    const Corpus& corpus;
    size_t operator()(const Key& key) const { return absl::Hash<Key>()(key); }
    size_t operator()(uint32_t document) const {
      std::string made;
      return (*this)(corpus.KeyOf(corpus.documents_[document], &made));
    }
  };
  struct Equal {
    using is_transparent = void;
    const Corpus& corpus;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t document, const Key& key) const {
      std::string made;
      return corpus.KeyOf(corpus.documents_[document], &made) == key;
    }
  };

  const Corpus& corpus_;
  absl::flat_hash_set<uint32_t, Hash, Equal> taken_;
};

// How far blocks have been gone through.
struct Corpus::Merging {
  Merging(const Corpus& corpus, size_t most) : ids(corpus, most) {}

  Ids ids;
  uint64_t lines = 0;  // before the block, in its file
  size_t last_file = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CORPUS_MERGING_H_
