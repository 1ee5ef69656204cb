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

// Which fingerprint stands before one in its document, and how near: two
// documents that have a fingerprint behind the same one, as near, have the same
// Before, and no others have.
class Before {
 public:
  Before() = default;  // none that is known
  // `distance` tokens behind one of `group`. None where one of these is too
  // large to be kept, or 0.
  Before(uint32_t group, uint32_t distance) {
    if (group > (0xFFFFFFFF >> kDistanceBits)) return;
    if (distance == 0 || distance >= 1U << kDistanceBits) return;
    bits_ = group << kDistanceBits | distance;
  }

  bool is_known() const { return bits_ != 0; }
  uint32_t group() const { return bits_ >> kDistanceBits; }
  uint32_t distance() const { return bits_ & ((1U << kDistanceBits) - 1); }
  friend bool operator==(Before, Before) = default;

 private:
  static constexpr unsigned kDistanceBits = 5;
  uint32_t bits_ = 0;
};

struct Posting {
  uint32_t document = 0;
  uint32_t position = 0;
  Before before;  // known of those alone that Befores tells of
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

  // What stands before a document's fingerprints, in their order. Known where
  // both are in groups of which the document has one member each.
  std::span<const Before> Befores(uint32_t document) const {
    return {before_.data() + begins_[document],
            begins_[document + 1] - begins_[document]};
  }

  // By rising document and position; two or more.
  std::span<const Posting> Members(uint32_t group) const {
    return {members_.data() + group_begins_[group],
            group_begins_[group + 1] - group_begins_[group]};
  }
  // The documents of a group's members, of which each may have several.
  size_t CountDocuments(uint32_t group) const { return documents_[group]; }
  // Have the processor fetch what Members and CountDocuments need of a group,
  // and then its last members.
  void Prefetch(uint32_t group) const {
    __builtin_prefetch(&group_begins_[group + 1]);
    __builtin_prefetch(&documents_[group]);
  }
  void PrefetchLast(uint32_t group) const {
    __builtin_prefetch(&members_[group_begins_[group + 1] - 1]);
  }
  size_t count() const { return group_begins_.size() - 1; }
  size_t documents() const { return begins_.size() - 1; }

 private:
  struct Part;

  // Makes one of the parts, but for what stands before fingerprints; tells of
  // each whether it is the only one of its document in a group.
  std::vector<uint8_t> Join(std::vector<Part>* parts, int threads);
  void FindBefores(std::span<const std::span<const Fingerprint>> documents,
                   std::span<const uint8_t> is_alone, int threads);

  std::vector<size_t> begins_;        // by document, into group_of_
  std::vector<uint32_t> group_of_;    // by fingerprint
  std::vector<Before> before_;        // by fingerprint
  std::vector<size_t> group_begins_;  // into members_
  std::vector<Posting> members_;
  std::vector<uint32_t> documents_;  // by group
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_POSTING_GROUPS_H_
