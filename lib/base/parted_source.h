// A source that is read part by part, and can be told what it found in one.

#ifndef WIRECOPY_BASE_PARTED_SOURCE_H_
#define WIRECOPY_BASE_PARTED_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/piece_bytes.h"
#include "wirecopy/document.h"

namespace wirecopy {

// Blocks of texts. Of each part they are numbered without gaps.
struct BlockRange {
  size_t begin = 0;
  size_t end = 0;
};

// Takes the texts of parts.
class PartSink : public DocumentSink {
 public:
  // The worker's block is whole.
  virtual void EndBlock(int worker) = 0;

  // Adds what the source has found out of a part, the same each time.
  using WriteFound = std::function<void(PieceWriter*)>;

  // All blocks of a part are whole. Any thread may call it, for several parts
  // at once.
  virtual absl::Status EndPart(size_t part, BlockRange blocks,
                               const WriteFound& found) = 0;
};

// Parts are numbered from 0 in input order. Whoever opens the same input gets
// the same ones.
class PartedSource : public DocumentSource {
 public:
  virtual size_t PartCount() = 0;
  // Roughly, to share them out by.
  virtual uint64_t PartBytes(size_t part) = 0;

  // To be called for each part once, one of the two; those that are restored
  // first.
  //
  // Reads what EndPart was given, which may be all or a part of what `found`
  // has, and says which blocks the part has now. DataLoss where it is nothing
  // that EndPart was given.
  virtual absl::StatusOr<BlockRange> RestorePart(size_t part,
                                                 PieceReader* found) = 0;
  // Reads parts, in rising order, with up to `threads` threads. Where nothing
  // is kept of them (EndParts is not called), it takes the less memory.
  virtual absl::Status ScanParts(std::span<const size_t> parts, int threads,
                                 bool keeps, PartSink* sink) = 0;

  // When all parts are there: from now on documents are known, as after Scan.
  virtual absl::Status EndParts() = 0;

  // To be called before texts of these documents are read.
  virtual absl::Status OpenTexts(std::span<const uint32_t> documents,
                                 int threads) = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_PARTED_SOURCE_H_
