// Pairs of texts with their passages, for tests of evidence.

#ifndef WIRECOPY_TESTS_SUPPORT_EVIDENCE_PAIR_H_
#define WIRECOPY_TESTS_SUPPORT_EVIDENCE_PAIR_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "provenance/pair_evidence.h"
#include "wirecopy/passage.h"

namespace wirecopy::oracle {

// Two texts as the aligner sees them.
class AlignedTexts {
 public:
  AlignedTexts(std::string_view a, std::string_view b) {
    const auto found = aligner_.Align(a, b);
    for (size_t i = 0; i < found.size(); ++i) {
      passages_.push_back(
          {found[i].a, found[i].b, found[i].kind, aligner_.Runs(i)});
    }
  }
  const std::vector<EvidencePassage>& passages() const { return passages_; }

 private:
  PassageAligner aligner_{PassageOptions()};
  std::vector<EvidencePassage> passages_;
};

inline PairEvidence FindEvidence(const PairEvidenceFinder& finder,
                                 const EvidenceDocument& a,
                                 const EvidenceDocument& b,
                                 bool use_dates = true) {
  const AlignedTexts texts(a.text, b.text);
  return finder.Find(finder.Profile(a), finder.Profile(b), texts.passages(),
                     use_dates);
}

inline PairEvidence FindEvidence(const EvidenceDocument& a,
                                 const EvidenceDocument& b) {
  return FindEvidence(PairEvidenceFinder(), a, b);
}

inline PairEvidence FindEvidence(std::string_view a, std::string_view b) {
  EvidenceDocument a_document;
  EvidenceDocument b_document;
  a_document.text = a;
  b_document.text = b;
  return FindEvidence(a_document, b_document);
}

// The weights of a feature, summed; 0 where there is none.
inline double WeightOf(const PairEvidence& found, std::string_view feature) {
  double weight = 0;
  for (const Evidence& piece : found.evidence) {
    if (piece.feature == feature) weight += piece.weight;
  }
  return weight;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_EVIDENCE_PAIR_H_
