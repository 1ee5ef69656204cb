// An inverted index of a whole corpus: for every fingerprint that stands in
// more than one place, all the places.

#ifndef WIRECOPY_PASSAGE_POSTING_GROUPS_H_
#define WIRECOPY_PASSAGE_POSTING_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/winnow.h"

namespace wirecopy {

struct Posting {
  uint32_t document = 0;
  uint32_t position = 0;
};

// Immutable; safe to read from many threads.
class PostingGroups {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // documents[d] are the fingerprints of document d. Partitioned by hash into
  // parts that fit a core's cache, and grouped there: linear. The groups do
  // not depend on `threads`.
  PostingGroups(std::span<const std::span<const Fingerprint>> documents,
                int threads);

  // The groups of a document's fingerprints, in their order; kNone for those
  // that stand in one place alone.
  std::span<const uint32_t> Of(uint32_t document) const {
    return {group_of_.data() + begins_[document],
            begins_[document + 1] - begins_[document]};
  }

  // By rising document and position; two or more.
  std::span<const Posting> Members(uint32_t group) const {
    return {members_.data() + group_begins_[group],
            group_begins_[group + 1] - group_begins_[group]};
  }
  // The documents of a group's members, of which each may have several.
  size_t CountDocuments(uint32_t group) const { return documents_[group]; }
  size_t count() const { return group_begins_.size() - 1; }
  size_t documents() const { return begins_.size() - 1; }

 private:
  std::vector<size_t> begins_;        // by document, into group_of_
  std::vector<uint32_t> group_of_;    // by fingerprint
  std::vector<size_t> group_begins_;  // into members_
  std::vector<Posting> members_;
  std::vector<uint32_t> documents_;  // by group
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_POSTING_GROUPS_H_
