// The passages of a document that others had before it.

#ifndef WIRECOPY_INDEX_PASSAGE_FINDER_H_
#define WIRECOPY_INDEX_PASSAGE_FINDER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "index/batch.h"
#include "passage/pair_report.h"
#include "passage/token_aligner.h"
#include "wirecopy/offsets.h"

namespace wirecopy {

// Keeps its buffers; one a thread.
class PassageFinder {
 public:
  PassageFinder(const PassageOptions& options, OffsetUnit unit)
      : unit_(unit),
        aligner_(options),
        report_(options),
        earlier_(options.seed),
        later_(options.seed) {}

  // Aligns `text` with the documents of these hits (by number), whose texts the
  // batch has.
  absl::Status Find(std::string_view text,
                    std::span<const std::pair<uint32_t, Hit>> hits,
                    const Batch& batch, std::vector<SeenPassage>* passages);

 private:
  absl::Status AlignWith(uint32_t document, const Batch& batch,
                         std::vector<SeenPassage>* passages);
  absl::Status Add(uint32_t document, std::string_view other_text,
                   const Batch& batch, std::vector<SeenPassage>* passages);

  const OffsetUnit unit_;
  TokenAligner aligner_;
  PairReport report_;
  SideReader earlier_;
  SideReader later_;
  OffsetConverter offsets_;
  OffsetConverter other_offsets_;
  std::vector<Hit> hits_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_PASSAGE_FINDER_H_
