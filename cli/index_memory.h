// How a bound on memory is shared out in a run with an index.

#ifndef WIRECOPY_CLI_INDEX_MEMORY_H_
#define WIRECOPY_CLI_INDEX_MEMORY_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/memory_plan.h"
#include "wirecopy/index.h"
#include "wirecopy/memory_bound.h"

namespace wirecopy::cli {

// Without a bound everything has room.
class IndexMemory {
 public:
  explicit IndexMemory(const MemoryBound& bound)
      : bound_(bound), plan_(bound_) {}
  IndexMemory(const IndexMemory&) = delete;
  IndexMemory& operator=(const IndexMemory&) = delete;

  // Takes its part of the bound for the index, which is opened with `options`
  // then.
  void ShareWith(bool answers_passages, IndexOptions* options);

  // That there is room for what the index has not taken yet, and for some
  // documents. ResourceExhausted where the bound is too low.
  absl::Status CheckOpened(const Index& index, bool is_read_only);

  // Begins a batch: looks how much it may take.
  absl::Status BeginBatch();
  // Takes room for another document of so many bytes; false where the batch is
  // to end before it. ResourceExhausted where not even it alone has room.
  absl::StatusOr<bool> Take(uint64_t bytes);

 private:
  uint64_t CostOf(uint64_t bytes) const {
    return cost_of_document_ + cost_of_byte_ * bytes;
  }

  const MemoryBound bound_;
  const MemoryPlan plan_;
  uint64_t index_bytes_ = 0;  // what it will take, full
  uint64_t write_bytes_ = 0;  // of it, where it is added to
  uint64_t most_batch_ = 0;
  uint64_t most_document_ = 0;
  uint64_t cost_of_byte_ = 0;
  uint64_t cost_of_document_ = 0;
  // Of the batch that has begun.
  uint64_t left_ = 0;
  bool is_empty_ = true;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_INDEX_MEMORY_H_
