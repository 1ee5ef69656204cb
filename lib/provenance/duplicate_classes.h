// Members whose texts are equal, token by token. A lineage is traced between
// classes of them; within a class nothing tells anything but dates, and where
// they do not what else is known of two members (a credit).

#ifndef WIRECOPY_PROVENANCE_DUPLICATE_CLASSES_H_
#define WIRECOPY_PROVENANCE_DUPLICATE_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "provenance/clock_model.h"
#include "provenance/lineage.h"

namespace wirecopy {

struct DuplicateClasses {
  std::vector<uint32_t> class_of;  // by member
  // By class: by when what their dates state ends, those without a date last;
  // among equals by number. Of many members with dates, the earliest whose
  // clock is likely right comes before those whose clocks are not. Those that
  // may be the first follow it, and behind them come those that may by their
  // dates, but are another's by the evidence.
  std::vector<std::vector<uint32_t>> members;
  // By class: how many, from the first on, may be the first of it for all that
  // is known; all, where the family's dates tell nothing, but 1 where none of
  // the class has a date then: the first is a guess.
  std::vector<size_t> tied;
  // By class, of its first: no later than any member whose date may be as
  // early, nor earlier than one that may be the first.
  std::vector<Clock> clocks;
  // By member: how likely it is another's of its class by the evidence, where
  // their dates do not tell; 0 where that does not tell either.
  std::vector<double> told;
};

Clock ClockOf(const FamilyMember& member);
// Undated where the family's dates are not used.
Clock ClockOf(const Family& family, uint32_t member);

// Classes are numbered by their lowest members. O(members * text * log), and
// what evidence there is.
DuplicateClasses FindDuplicateClasses(const Family& family);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_DUPLICATE_CLASSES_H_
