// Furniture: what a publisher prints around its articles, whatever they say.

#ifndef WIRECOPY_FURNITURE_H_
#define WIRECOPY_FURNITURE_H_

#include <cstdint>
#include <span>

namespace wirecopy {

// Of one publisher's documents: those that have a fingerprint, and all.
struct PublisherShare {
  uint32_t with = 0;
  uint32_t documents = 0;
};

// Whether a fingerprint is furniture: it stands in three quarters of some
// publishers' documents and far less often in those of others, so that it is
// no matter of chance (a likelihood ratio test; Dunning 1993, "Accurate methods
// for the statistics of surprise and coincidence"), and most of the documents
// that have it are those publishers'. Frequency alone tells nothing: the story
// that everybody ran is frequent with everybody.
//
// `shares` has the known publishers of documents that have it, each once; in
// all so many `with` it, of as many as the corpus has. Requires
// 1 <= share.with <= share.documents <= documents, and share.with <= with.
// O(shares). Thread-safe.
bool IsFurniture(std::span<const PublisherShare> shares, uint64_t with,
                 uint64_t documents);

}  // namespace wirecopy

#endif  // WIRECOPY_FURNITURE_H_
