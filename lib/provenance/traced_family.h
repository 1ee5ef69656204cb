// A family while its lineage is traced: one text for each class of members that
// are alike, and what is known of every parent that a text may have.

#ifndef WIRECOPY_PROVENANCE_TRACED_FAMILY_H_
#define WIRECOPY_PROVENANCE_TRACED_FAMILY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "provenance/candidate_parents.h"
#include "provenance/clock_model.h"
#include "provenance/duplicate_classes.h"
#include "provenance/lineage.h"

namespace wirecopy {

// Everything by class. The family must outlive it.
struct TracedFamily {
  // Describes every text from all that it may come from (candidate_pairs.h).
  explicit TracedFamily(const Family& of);

  size_t size() const { return texts.size(); }

  // By their clocks; `unknown` where they say nothing.
  bool Precedes(uint32_t source, uint32_t copy, bool unknown) const;
  // Whether less than half of the child is from it; null: nothing is.
  bool GivesLittle(const Candidate* source, uint32_t child) const;

  // Null where it is none.
  const Candidate* Find(uint32_t parent, uint32_t child) const;
  Candidate* Find(uint32_t parent, uint32_t child);

  const Family& family;
  DuplicateClasses classes;
  std::vector<std::span<const TokenCode>> texts;
  CandidateTable table;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_TRACED_FAMILY_H_
