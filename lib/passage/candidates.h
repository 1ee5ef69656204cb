// Which documents a document may share passages with, and where.

#ifndef WIRECOPY_PASSAGE_CANDIDATES_H_
#define WIRECOPY_PASSAGE_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/hits.h"
#include "passage/posting_groups.h"

namespace wirecopy {

// Looks candidates up. Keeps its buffers; one a thread.
class CandidateFinder {
 public:
  // With fingerprints of `gram` tokens, of hits that follow one another on one
  // diagonal without a gap, and so lie in one run, only the first counts. 0
  // keeps all.
  explicit CandidateFinder(const PostingGroups& groups, uint32_t gram = 0)
      : groups_(groups), gram_(gram) {}

  // Hits are of the one that comes first as a, and of the other as b.
  struct Candidate {
    uint32_t document = 0;
    std::span<Hit> hits;
  };

  // Another index of the same documents.
  struct MoreGroups {
    const PostingGroups* groups = nullptr;  // null for none
    uint32_t gram = 0;
    std::span<const Fingerprint> fingerprints;  // of the document
  };

  // Of each fingerprint, the first document that has it, and all of no more
  // than kFewDocuments: those before `document`, by rising number. What few
  // documents have tells who copied from whom, and pairs of few are few. Valid
  // until the next call, as are those of All.
  static constexpr size_t kFewDocuments = 10;
  std::span<Candidate> First(std::span<const Fingerprint> fingerprints,
                             uint32_t document);

  // All documents before this one that share a fingerprint, but for those
  // that more than `most_documents` have; or any fingerprint of `more`.
  std::span<Candidate> All(std::span<const Fingerprint> fingerprints,
                           uint32_t document, size_t most_documents) {
    return All(fingerprints, document, most_documents, {});
  }
  std::span<Candidate> All(std::span<const Fingerprint> fingerprints,
                           uint32_t document, size_t most_documents,
                           const MoreGroups& more);

  // The same of those behind it.
  std::span<Candidate> AllBehind(std::span<const Fingerprint> fingerprints,
                                 uint32_t document, size_t most_documents,
                                 const MoreGroups& more);

 private:
  enum class Take { kNone, kFirst, kAll };
  enum class Side { kBefore, kBehind };
  struct FoundHit {
    uint32_t document = 0;
    Hit hit;
  };
  struct Occurrence {
    uint32_t group = 0;
    uint32_t position = 0;
    Before before;
  };

  // A group's positions in the document: occurrences_[begin..end).
  struct Repeated {
    uint32_t first = 0;  // position
    size_t begin = 0;
    size_t end = 0;
  };

  // What was found with a document: how many hits, and where in this document
  // the stretch lies that the last ones cover, on which diagonal.
  struct Found {
    uint32_t count = 0;
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t diagonal = 0;
  };

  // By the first position, so that hits come nearly in the order in which
  // anchors are grown from them.
  void CollectOccurrences(const PostingGroups& groups,
                          std::span<const Fingerprint> fingerprints,
                          uint32_t document);
  // Adds a hit at this document's `position`, but where the last one with the
  // other document tells of the same run.
  void AddHit(uint32_t other, uint32_t position, uint32_t gram, const Hit& hit);
  // Adds the hits of this document's positions with all members', which are
  // others'.
  template <Side kSide>
  void AddHitsWith(std::span<const Posting> members, uint32_t gram);
  // The same with one other's, where either has several.
  template <Side kSide>
  void AddPairings(std::span<const Posting> of_other, uint32_t gram);
  // The members before which something else stands. Valid until the next call.
  std::span<const Posting> WithoutThose(Before before,
                                        std::span<const Posting> members);
  std::span<Candidate> Gather();
  // choose(group) says of which of a fingerprint's documents.
  template <Side kSide, typename Choose>
  void Find(const PostingGroups& groups, uint32_t gram,
            std::span<const Fingerprint> fingerprints, uint32_t document,
            Choose choose);
  template <Side kSide>
  std::span<Candidate> FindAll(std::span<const Fingerprint> fingerprints,
                               uint32_t document, size_t most_documents,
                               const MoreGroups& more);

  const PostingGroups& groups_;
  const uint32_t gram_;
  std::vector<Occurrence> occurrences_;
  std::vector<Repeated> repeated_;
  std::vector<uint32_t> positions_;
  std::vector<Posting> others_;
  std::vector<uint32_t> other_positions_;
  std::vector<Hit> new_hits_;
  std::vector<FoundHit> found_;
  std::vector<Found> of_document_;  // counts are 0 between calls
  std::vector<uint32_t> documents_;
  std::vector<Hit> hits_;
  std::vector<Candidate> candidates_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_CANDIDATES_H_
