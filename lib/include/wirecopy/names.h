// What wirecopy's records call clusters, families and passages that say the
// same: 16 hexadecimal digits, made from ids and places alone. Names therefore
// outlive other orders of input and other runs, and all programs give the same.

#ifndef WIRECOPY_NAMES_H_
#define WIRECOPY_NAMES_H_

#include <cstddef>
#include <string>

#include "wirecopy/document.h"

namespace wirecopy {

// Of a cluster, from the id of the document that is kept; of a family, from the
// smallest id of its members.
std::string ClusterName(const DocumentId& kept);

// Of an absent source, from the smallest id of the documents made from it:
// "absent-" and the digits.
std::string AbsentSourceName(const DocumentId& smallest);

// Of a group of passages, from where it stands first: the document, and the
// place in it in the unit of offsets that records have.
std::string PassageGroupName(const DocumentId& first, size_t begin, size_t end);

}  // namespace wirecopy

#endif  // WIRECOPY_NAMES_H_
