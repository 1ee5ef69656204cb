// What the store has for a document, before it is decided what becomes of it:
// the part of the work that documents of a batch can do side by side.

#ifndef WIRECOPY_INDEX_LOOKUP_H_
#define WIRECOPY_INDEX_LOOKUP_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "index/analysis.h"
#include "index/candidate_reader.h"
#include "index/pending_lists.h"
#include "index/stored_documents.h"
#include "index/stored_sets.h"
#include "wirecopy/similarity.h"

namespace wirecopy {

// How a document compares with one that is held.
struct SetComparison {
  uint32_t document = 0;
  bool reaches = false;   // the threshold
  double similarity = 0;  // exact where it does
};

// By the measure of the index; `a` is the document that is added.
SetComparison CompareSets(const IndexParameters& parameters, uint32_t document,
                          std::span<const uint64_t> a,
                          std::span<const uint64_t> b);

// By the same measure, whatever the threshold.
double Similarity(const IndexParameters& parameters,
                  std::span<const uint64_t> a, std::span<const uint64_t> b);

struct Lookup {
  Analysis analysis;
  std::optional<uint32_t> held;  // under its id
  Hash128Value held_content;
  // With documents of the store, by their numbers.
  std::vector<SetComparison> comparisons;

  // Nothing more is asked about what is there already, unless its batch changes
  // it before; then the rest is read in its turn.
  bool is_present() const { return held && held_content == analysis.content; }
  const SetComparison* With(uint32_t document) const;
};

// Looks documents up. Keeps its buffers; one a thread.
class LookupMaker {
 public:
  // All must outlive this.
  LookupMaker(const IndexParameters& parameters,
              const StoredDocuments& documents, RecentSets* recent)
      : parameters_(parameters),
        documents_(documents),
        analyzer_(parameters),
        sets_(parameters, documents, recent) {}

  // All but the comparisons.
  absl::Status Begin(const Document& document, Lookup* out);
  // These, with what the lists of a batch that has read them name.
  absl::Status Compare(const PendingLists& bands, const PendingLists& prints,
                       Lookup* out);

 private:
  const IndexParameters& parameters_;
  const StoredDocuments& documents_;
  Analyzer analyzer_;
  StoredSets sets_;
  CandidateReader reader_;
  std::vector<uint32_t> candidates_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_LOOKUP_H_
