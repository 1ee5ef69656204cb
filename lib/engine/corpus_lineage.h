// The lineage of all families of a corpus, and the ways up in it.

#ifndef WIRECOPY_ENGINE_CORPUS_LINEAGE_H_
#define WIRECOPY_ENGINE_CORPUS_LINEAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "wirecopy/trace.h"

namespace wirecopy {

// Of a document: the first with the same text, which may be itself, and whether
// nothing tells which of the two is the earlier one.
struct Twin {
  uint32_t first = 0;
  bool is_like_first = true;
};

class CorpusLineage {
 public:
  CorpusLineage() = default;
  // Records may come in any order, with the families that they were found in,
  // and each one's twin. Makes the lineage whole: see Settle.
  CorpusLineage(std::vector<std::pair<LineageRecord, Twin>> records,
                std::span<const uint32_t> rank);

  // By document.
  std::vector<LineageRecord>& records() { return records_; }
  const std::vector<LineageRecord>& records() const { return records_; }
  uint32_t families() const { return families_; }

  // Null for a document without a family. O(1), as is Find.
  const LineageRecord* Of(uint32_t document) const;
  LineageRecord* Find(uint32_t document);

  // The first document with the same text; itself without a family.
  uint32_t TextOf(uint32_t document) const;
  // Which document speaks for this one: the first of those with its text that
  // nothing tells from it. What is said of copies of the one holds for the
  // other.
  uint32_t SpeakerOf(uint32_t document) const;

  // Numbers families anew, within those that there are. What shared passages
  // join may hold several: a digest has parents in two. A document belongs with
  // its first parent, with those of its absent source, and where it is
  // undecided with whatever its parent may be, or with others of which nothing
  // is known.
  void NumberFamilies();
  // After parents were changed: nothing goes back to itself. A parent behind
  // the first that goes back to its copy, by whatever parents, is none; those
  // of documents of lower rank go first. Then families, origins and depths are
  // set anew. First parents alone must make no cycle. Linear, but for what is
  // on cycles or below them.
  void Settle(std::span<const uint32_t> rank);

  // All that it goes back to, by way of parents; in order. O(their number).
  std::vector<uint32_t> Ancestors(uint32_t document) const;
  // How many generations are above it, by the longest way; 0 without a parent.
  // As Settle left it.
  uint32_t DepthOf(uint32_t document) const;
  // How sure it is that `copy` goes back to `source` by way of parents, by the
  // likeliest way; 0 where it does not. Looks at no more than what lies between
  // their depths, as Settle left them.
  double Descends(uint32_t copy, uint32_t source) const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // Sets depths; returns the records that are on cycles or below them.
  std::vector<uint32_t> FindDepths();
  // Sets all origins anew, from statuses and parents.
  void FindOrigins();
  void DropCycles(std::vector<uint32_t> suspects,
                  std::span<const uint32_t> rank);

  std::vector<LineageRecord> records_;
  uint32_t families_ = 0;
  std::vector<Twin> twins_;         // by record
  std::vector<uint32_t> place_of_;  // in records_, by document; kNone
  std::vector<uint32_t> depths_;    // by record
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_CORPUS_LINEAGE_H_
