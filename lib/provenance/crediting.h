// Attribution as evidence: which text of a pair credits the other.

#ifndef WIRECOPY_PROVENANCE_CREDITING_H_
#define WIRECOPY_PROVENANCE_CREDITING_H_

#include <span>
#include <string>
#include <vector>

#include "provenance/document_profile.h"
#include "provenance/evidence_passage.h"
#include "wirecopy/evidence.h"

namespace wirecopy {

// What a text that says that it has something from the other's publisher weighs
// (a stated prior): papers also quote each other's other articles, so not more
// than once in 50.
inline constexpr double kNamesPublisher = 4;

// "attribution": one text names the other's publisher or address as where it
// has something from; or, where the publishers are unknown, one text has
// put a credit into what it copied, or speaks as the outlet that the other
// credits. One piece for each text that does. O(names * runs' logarithm).
void AppendAttribution(const DocumentProfile& a, const DocumentProfile& b,
                       std::span<const EvidencePassage> passages,
                       std::vector<Evidence>* evidence);

// The agency that both credit and that published neither; empty where none,
// where both are one publisher's, and where one text may be the agency's own:
// its publisher is unknown, and it has the name in its dateline alone, as the
// other has not.
std::string FindCommonAgency(const DocumentProfile& a, const DocumentProfile& b,
                             const NameTable& names);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CREDITING_H_
