// Which documents of the index may be similar to one.

#ifndef WIRECOPY_INDEX_CANDIDATE_READER_H_
#define WIRECOPY_INDEX_CANDIDATE_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/analysis.h"
#include "index/postings.h"
#include "wirecopy/index.h"

namespace wirecopy {

// The documents, at the list's beginning, that a fingerprint brings together
// with others: all that have it, or where these are many the first.
size_t CountBroughtTogether(const PrintList& list);
// The same as it was when the document of this number came, or comes next.
size_t CountBroughtTogether(const PrintList& list, uint32_t before);

// Sorts, and drops repeats.
void SortDistinct(std::vector<uint32_t>* documents);

// Keeps its buffers; one a thread.
class CandidateReader {
 public:
  // A list, valid until the next call.
  using ListOf = absl::FunctionRef<absl::StatusOr<std::string_view>(uint64_t)>;
  // What a document is a duplicate of, or itself; nothing where it does not
  // count.
  using OriginalOf =
      absl::FunctionRef<absl::StatusOr<std::optional<uint32_t>>(uint32_t)>;

  // Finds the documents of its bands; where those left some out, and always
  // where there are no bands, what shares fingerprints with it, too. Rising.
  absl::Status Find(const IndexParameters& parameters, const Analysis& analysis,
                    ListOf bands, ListOf prints, OriginalOf original_of,
                    std::vector<uint32_t>* candidates);

 private:
  absl::Status AddSharers(const Analysis& analysis, ListOf prints,
                          OriginalOf original_of,
                          std::vector<uint32_t>* candidates);

  PrintList print_list_;
  std::vector<uint32_t> sharers_;  // of fingerprints
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_CANDIDATE_READER_H_
