// The shingle sets of a store's documents.

#ifndef WIRECOPY_INDEX_STORED_SETS_H_
#define WIRECOPY_INDEX_STORED_SETS_H_

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "index/recent_sets.h"
#include "index/stored_documents.h"
#include "wirecopy/index.h"
#include "wirecopy/shingle.h"

namespace wirecopy {

// Takes those that are at hand, and makes others of their texts. One a thread.
class StoredSets {
 public:
  // All must outlive this.
  StoredSets(const IndexParameters& parameters,
             const StoredDocuments& documents, RecentSets* recent)
      : documents_(documents),
        recent_(*recent),
        shingler_(parameters.shingle) {}

  // Sorted and distinct; valid until the next call. As StoredDocuments::Text,
  // but that no text is read of what is at hand.
  absl::StatusOr<std::span<const uint64_t>> Of(uint32_t number);

 private:
  const StoredDocuments& documents_;
  RecentSets& recent_;
  Shingler shingler_;
  ShingleSet set_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_STORED_SETS_H_
