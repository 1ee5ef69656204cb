// Where furniture (wirecopy/furniture.h) stands in documents.

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
#include "wirecopy/furniture.h"

namespace wirecopy {

// How many documents a corpus has of each publisher, by number, and in all.
struct PublisherCounts {
  std::vector<uint32_t> of;
  uint64_t documents = 0;
};
PublisherCounts CountPublishers(std::span<const uint32_t> publishers);

// Which fingerprints are furniture, by group of `groups`. publishers[d] is a
// number of document d's publisher, 0 where nobody knows; `counts` are the
// corpus's, of which these documents may be a part.
std::vector<bool> FindFurniture(const PostingGroups& groups,
                                std::span<const uint32_t> publishers,
                                const PublisherCounts& counts, int threads);

// The stretches of a document that its furniture covers, from paragraph to
// paragraph where these are near. `furniture` are its fingerprints that are, in
// order, n-grams of `gram` tokens; `paragraphs` the tokens that begin one,
// `size` all its tokens.
std::vector<TokenSpan> FurnitureSpans(std::span<const Fingerprint> furniture,
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
