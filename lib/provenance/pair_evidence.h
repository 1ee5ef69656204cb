// What a pair of texts says about who copied whom.

#ifndef WIRECOPY_PROVENANCE_PAIR_EVIDENCE_H_
#define WIRECOPY_PROVENANCE_PAIR_EVIDENCE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "provenance/agencies.h"
#include "provenance/document_profile.h"
#include "provenance/evidence_passage.h"
#include "wirecopy/evidence.h"

namespace wirecopy {

struct PairEvidence {
  // The weights' sum is the log-odds of a being the source (Decide, in
  // provenance/direction.h). Always in the same order of features.
  std::vector<Evidence> evidence;
  // The agency that both texts credit and that published neither, as it is
  // shown; empty where there is none. Then both may have the text from it.
  std::string common_agency;
  // Posts and the like (docs/provenance.md) rather than articles.
  bool are_posts = false;
};

// Immutable, so that threads may share it.
class PairEvidenceFinder {
 public:
  // Names of agencies and other outlets that texts may credit, besides those
  // that are built in; publishers need not be among them.
  explicit PairEvidenceFinder(std::span<const NameGroup> more_names = {})
      : names_(more_names) {}

  // Linear in the text, which must outlive the profile: once a document.
  DocumentProfile Profile(const EvidenceDocument& document) const;

  // Linear in the passages and their runs, and in the texts' lines and what
  // they name. Exchanging a and b turns the signs of all weights, and nothing
  // else but the wording. Without dates, times say nothing.
  PairEvidence Find(const DocumentProfile& a, const DocumentProfile& b,
                    std::span<const EvidencePassage> passages,
                    bool use_dates) const;

 private:
  NameTable names_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_PAIR_EVIDENCE_H_
