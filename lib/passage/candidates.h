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
  explicit CandidateFinder(const PostingGroups& groups) : groups_(groups) {}

  struct Candidate {
    uint32_t document = 0;
    std::span<Hit> hits;  // a: in the candidate, b: in the document
  };

  // Of each fingerprint, the first document that has it, and all of no more
  // than kFewDocuments: those before `document`, by rising number. What few
  // documents have tells who copied from whom, and pairs of few are few. Valid
  // until the next call, as are those of All.
  static constexpr size_t kFewDocuments = 10;
  std::span<Candidate> First(std::span<const Fingerprint> fingerprints,
                             uint32_t document);

  // All documents before this one that share a fingerprint, but for those
  // that more than `most_documents` have.
  std::span<Candidate> All(std::span<const Fingerprint> fingerprints,
                           uint32_t document, size_t most_documents);

 private:
  enum class Take { kNone, kFirst, kAll };
  struct FoundHit {
    uint32_t document = 0;
    Hit hit;
  };
  struct Occurrence {
    uint32_t group;
    uint32_t position;
  };

  // A group's positions in the document: occurrences_[begin..end).
  struct Repeated {
    uint32_t first = 0;  // position
    size_t begin = 0;
    size_t end = 0;
  };

  // By the first position, so that hits come nearly in the order in which
  // anchors are grown from them.
  void CollectOccurrences(std::span<const Fingerprint> fingerprints,
                          uint32_t document);
  // Adds the hits of this document's positions with one other's.
  void AddHitsWith(std::span<const Posting> members,
                   std::span<const uint32_t> positions);
  std::span<Candidate> Gather();
  // choose(group) says of which of a fingerprint's documents.
  template <typename Choose>
  std::span<Candidate> Find(std::span<const Fingerprint> fingerprints,
                            uint32_t document, Choose choose);

  const PostingGroups& groups_;
  std::vector<Occurrence> occurrences_;
  std::vector<Repeated> repeated_;
  std::vector<uint32_t> positions_;
  std::vector<uint32_t> other_positions_;
  std::vector<Hit> new_hits_;
  std::vector<FoundHit> found_;
  std::vector<size_t> counts_;  // by document; 0 between calls
  std::vector<uint32_t> documents_;
  std::vector<Hit> hits_;
  std::vector<Candidate> candidates_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_CANDIDATES_H_
