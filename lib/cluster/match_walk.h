// Finds what each document matches among those before it, on several threads.

#ifndef WIRECOPY_CLUSTER_MATCH_WALK_H_
#define WIRECOPY_CLUSTER_MATCH_WALK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "cluster/clustering.h"
#include "lsh/candidate_keys.h"
#include "lsh/posting_lists.h"

namespace wirecopy {

// A document that reaches the threshold with the one that is walked over.
struct Match {
  uint32_t document = 0;
  Overlap overlap;  // its `a` is of the one that is walked over
};

// Documents come in batches. All threads together compare a batch's with those
// that were filed before it; then one takes them in order, compares them with
// those of the batch, which are few, and files them. So matches do not depend
// on how many threads there are, nor on where batches end.
class MatchWalk {
 public:
  // Both outlive this. As many threads as the sets' loader has workers.
  MatchWalk(const ClusterTask& task, const CandidateKeys& keys);
  ~MatchWalk();
  MatchWalk(const MatchWalk&) = delete;
  MatchWalk& operator=(const MatchWalk&) = delete;

  // Called with a document and its matches among those that are filed, in no
  // particular order; says whether to file it, too.
  using Take = std::function<bool(uint32_t, std::span<const Match>)>;

  // Takes each document, in order. Where memory is full before the end, those
  // that could not be filed are taken again, with their matches among those
  // that are filed then (see WalkInRounds), so that each pair is met once.
  // Documents of different calls meet where memory never was full; so each call
  // is for those that share no key with others.
  void Walk(std::span<const uint32_t> documents, const Take& take);

  // Pairs compared so far.
  uint64_t candidates() const { return candidates_; }

 private:
  struct Asked;
  struct Worker;

  size_t WalkOnce(std::span<const uint32_t> documents, const Take& take);
  size_t BatchSize(std::span<const uint32_t> documents, size_t before) const;
  void Ask(uint32_t document, Worker* worker, Asked* asked);
  template <typename SetOf>
  void CompareMet(const Asked& asked, Worker* worker, const SetOf& set_of,
                  std::vector<Match>* matches) const;
  const ShingleSet& FetchedOrHeld(uint32_t document, Worker* worker);
  void Settle(const Asked& asked, bool may_file, const Take& take);
  void PrefetchKeys(const Asked& asked) const;
  void MeetBatch(const Asked& asked);
  void EndBatch();

  const ClusterTask& task_;
  SetCache& sets_;
  const uint64_t small_keys_;
  PostingLists postings_;
  size_t posted_before_ = 0;  // before the batch
  std::vector<Worker> workers_;
  std::vector<Asked> batch_;
  std::vector<Match> matches_;  // of the document that is taken
  bool notes_uses_ = false;
  uint64_t candidates_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_MATCH_WALK_H_
