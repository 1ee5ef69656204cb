// Marks of quoted mail and the lines that introduce it.

#ifndef WIRECOPY_PROVENANCE_QUOTING_H_
#define WIRECOPY_PROVENANCE_QUOTING_H_

#include <vector>

#include "provenance/layout.h"
#include "provenance/text_profile.h"
#include "wirecopy/evidence.h"

namespace wirecopy {

// "quote_marks": the passages stand deeper behind marks (">") in one text than
// in the other. "introduced": a line such as "So-and-so writes:" stands right
// before a passage in one text alone. Linear in the lines.
void AppendQuoting(const TextProfile& a, const Layout& a_layout,
                   const TextProfile& b, const Layout& b_layout,
                   std::vector<Evidence>* evidence);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_QUOTING_H_
