// Looks up what a text says of an outlet, by any of the outlet's names.

#ifndef WIRECOPY_PROVENANCE_NAMING_INDEX_H_
#define WIRECOPY_PROVENANCE_NAMING_INDEX_H_

#include <cstdint>
#include <span>
#include <vector>

#include "provenance/attribution.h"

namespace wirecopy {

// Files the namings of one text under hashes of their names and of these'
// beginnings and ends. O(n log n) for n namings.
class NamingIndex {
 public:
  NamingIndex() = default;
  explicit NamingIndex(std::span<const Naming> namings);

  // The first of `namings`, which the index was made of, whose role is in
  // [least, most] and whose name may be the same outlet's (NameSame; names as
  // texts have them, without initials). Null where there is none. O(log n):
  // of namings under one hash that are another's after all, a few are passed.
  const Naming* Find(std::span<const Naming> namings, const OutletName& name,
                     NamingRole least, NamingRole most) const;

 private:
  struct Entry {
    uint64_t key = 0;
    NamingRole role = NamingRole::kMention;
    uint32_t naming = 0;
  };
  std::vector<Entry> entries_;  // sorted
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_NAMING_INDEX_H_
