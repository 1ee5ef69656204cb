// Prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant
// 2007): candidates with a recall of one by construction.
//
// Order all shingles from rare to frequent. If two sets share at least o
// shingles, the first |A| - o + 1 of A (its prefix) and those of B have one in
// common. Prefixes are made of rare shingles, so that their lists are short
// even where all documents share a page of boilerplate.

#ifndef WIRECOPY_LSH_PREFIX_INDEX_H_
#define WIRECOPY_LSH_PREFIX_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "lsh/candidate_keys.h"
#include "lsh/posting_lists.h"
#include "lsh/shingle_counts.h"
#include "lsh/visited.h"

namespace wirecopy {

// Finds the shingles by which a set must be found.
class PrefixSelector {
 public:
  // `counts` covers every document that will be asked for or inserted, and
  // outlives this.
  explicit PrefixSelector(const ShingleCounts& counts) : counts_(counts) {}

  // The rarest |set| - least_shared + 1 shingles, of equally rare ones the
  // lowest, as far as more than one document may have them; rising, as the set
  // is. Valid until the next call. Linear on average.
  std::span<const uint64_t> Select(std::span<const uint64_t> set,
                                   size_t least_shared);

 private:
  std::pair<uint32_t, size_t> HighestCount(size_t length);

  const ShingleCounts& counts_;
  std::vector<uint32_t> count_of_;  // by shingle of the set
  std::vector<uint32_t> ranked_;
  std::vector<uint64_t> prefix_;
};

// Candidates for a resemblance of at least the threshold: documents are filed
// and asked for under the shingles of their prefixes.
class PrefixKeys : public CandidateKeys {
 public:
  PrefixKeys(const ShingleCounts& counts, double threshold)
      : selector_(counts), threshold_(threshold) {}

  std::unique_ptr<CandidateKeys> Another() const override {
    return std::make_unique<PrefixKeys>(*this);
  }
  bool MayMatch(uint32_t) const override { return true; }
  bool MayPair(uint32_t, uint32_t) override { return true; }
  void Append(uint32_t document, std::span<const uint64_t> set,
              std::vector<uint64_t>* keys) override;

 private:
  PrefixSelector selector_;
  double threshold_;
};

// Candidates for containment: which documents may have a share of at least the
// threshold of their own set in a given one, of those that were inserted.
class ContainmentIndex {
 public:
  ContainmentIndex(const ShingleCounts& counts, size_t document_count,
                   double threshold)
      : selector_(counts), visited_(document_count), threshold_(threshold) {}

  void Insert(uint32_t document, std::span<const uint64_t> set);
  void Clear() { postings_ = PostingLists(); }

  // Appends the documents that may be contained in `set`, each once, in no
  // particular order.
  void Contained(std::span<const uint64_t> set,
                 std::vector<uint32_t>* candidates);

 private:
  PrefixSelector selector_;
  PostingLists postings_;
  Visited visited_;
  double threshold_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_PREFIX_INDEX_H_
