// Furniture: what a publisher prints around its articles, whatever they say.

#ifndef WIRECOPY_PASSAGE_FURNITURE_H_
#define WIRECOPY_PASSAGE_FURNITURE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/anchors.h"
#include "passage/posting_groups.h"
#include "passage/token_aligner.h"
#include "passage/winnow.h"

namespace wirecopy {

// Which fingerprints are furniture: those that stand in three quarters of some
// publishers' documents and far less often in those of others, so that it is
// no matter of chance (a likelihood ratio test; Dunning 1993, "Accurate methods
// for the statistics of surprise and coincidence"), if most of their documents
// are those publishers'. Frequency alone tells nothing: the story that
// everybody ran is frequent with everybody.
//
// publishers[d] is a number of document d's publisher, 0 where nobody knows.
// By group of `groups`.
std::vector<bool> FindFurniture(const PostingGroups& groups,
                                std::span<const uint32_t> publishers,
                                int threads);

// The stretches of a document that its furniture covers, from paragraph to
// paragraph where these are near. `fingerprints` are the document's, n-grams of
// `gram` tokens; `paragraphs` the tokens that begin one, `size` all its tokens.
std::vector<TokenSpan> FurnitureSpans(const std::vector<bool>& is_furniture,
                                      std::span<const uint32_t> groups,
                                      std::span<const Fingerprint> fingerprints,
                                      size_t gram,
                                      std::span<const uint32_t> paragraphs,
                                      uint32_t size);

// A part of a passage that lies within furniture, or outside of it.
struct PassagePart {
  TokenPassage tokens;
  bool is_furniture = false;
};

// Cuts a passage, which is made of `runs`, where furniture begins or ends on
// either side. Replaces *parts.
void CutAtFurniture(const TokenPassage& passage, const TokenPair& pair,
                    std::span<const TokenRun> runs,
                    std::span<const TokenSpan> furniture_a,
                    std::span<const TokenSpan> furniture_b,
                    std::vector<PassagePart>* parts);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_FURNITURE_H_
