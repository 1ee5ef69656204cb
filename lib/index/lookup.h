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
#include "index/postings.h"
#include "index/stored_documents.h"
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

// Whether candidates come from passages, too: where bands left documents out,
// and always where there are no bands.
bool AsksPrints(const IndexParameters& parameters,
                std::span<const BandList> bands);

// The documents that a fingerprint brings together with others: all that have
// it, or where these are many the first.
size_t CountBroughtTogether(const PrintList& list);

// Sorts, and drops repeats.
void SortDistinct(std::vector<uint32_t>* documents);

struct Lookup {
  Analysis analysis;
  std::optional<uint32_t> held;  // under its id
  Hash128Value held_content;
  // As the store has them, by band and by fingerprint; empty where it has not.
  std::vector<std::string> bands;
  std::vector<std::string> prints;
  // With documents of the store, by their numbers.
  std::vector<SetComparison> comparisons;

  const SetComparison* With(uint32_t document) const;
};

// Looks documents up. Keeps its buffers; one a thread.
class LookupMaker {
 public:
  // All must outlive this.
  LookupMaker(const IndexParameters& parameters,
              const StoredDocuments& documents)
      : parameters_(parameters), documents_(documents), analyzer_(parameters) {}

  absl::Status Make(const Document& document, Lookup* out);

 private:
  absl::Status FindHeld(const Document& document, Lookup* out);
  // The store's lists for these keys, of so many bytes each.
  absl::Status ReadLists(Table table, size_t key_bytes,
                         std::span<const uint64_t> keys,
                         std::vector<std::string>* lists);
  absl::Status FindCandidates(const Lookup& lookup);
  absl::Status CompareWithCandidates(Lookup* out);

  const IndexParameters& parameters_;
  const StoredDocuments& documents_;
  Analyzer analyzer_;
  std::string key_bytes_;
  std::vector<std::string_view> keys_;
  std::vector<BandList> band_lists_;
  PrintList print_list_;
  std::vector<uint32_t> candidates_;
  std::vector<uint32_t> sharers_;  // of fingerprints
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_LOOKUP_H_
