// What a pair of texts says about who copied whom.

#ifndef WIRECOPY_PROVENANCE_PAIR_EVIDENCE_H_
#define WIRECOPY_PROVENANCE_PAIR_EVIDENCE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "wirecopy/evidence.h"
#include "wirecopy/passage.h"

namespace wirecopy {

// When a document says that it was published.
struct PublicationTime {
  bool is_known = false;
  absl::Time time;
  // A date alone, or a time without its zone: right within a day or so.
  bool is_uncertain = false;
};

// A document as far as evidence goes. Empty where nothing is known.
struct EvidenceDocument {
  std::string_view text;  // valid UTF-8
  std::string_view title;
  std::string_view publisher;
  std::string_view url;
  std::string_view canonical;    // rel=canonical: where the text belongs
  std::string_view is_based_on;  // schema.org isBasedOn: what it was made from
  PublicationTime published;
};

// The passages of a pair, all of them, in the order of a, and what is equal in
// each (of b's places too, runs are in order within a passage).
struct EvidencePassage {
  ByteSpan a;
  ByteSpan b;
  PassageKind kind = PassageKind::kCopy;
  std::span<const EqualRun> runs;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_PAIR_EVIDENCE_H_
