// What may still be taken where memory is bounded.

#ifndef WIRECOPY_BASE_MEMORY_PLAN_H_
#define WIRECOPY_BASE_MEMORY_PLAN_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "wirecopy/memory_bound.h"

namespace wirecopy {

// Asks the system what the process takes, so that nobody needs to know what
// others have taken. Every answer is a ResourceExhausted error where there is
// no room; without a bound there always is. Thread-safe.
class MemoryPlan {
 public:
  // The bound outlives this.
  explicit MemoryPlan(const MemoryBound& bound) : bound_(bound) {}

  bool IsBounded() const { return bound_.bytes > 0; }

  // Whether so many bytes more may be taken.
  absl::Status Check(uint64_t more) const { return Left(more).status(); }

  // Whether the bound is kept at this moment, with nothing to spare perhaps.
  absl::Status CheckKept() const;

  // The error of what keeps to the bound, and cannot go on within it.
  absl::Status NoRoom() const;

  // These two give back what has been freed before they look, and are for
  // between two stages.

  // How many threads, of those wanted, may take so many bytes each.
  absl::StatusOr<int> Threads(int wanted, uint64_t bytes_each) const;

  // How many bytes, of those wanted, may be taken when others have had
  // `others`; at least `least`.
  absl::StatusOr<size_t> Share(size_t wanted, size_t least,
                               uint64_t others) const;

 private:
  // What is left when `more` has been taken.
  absl::StatusOr<uint64_t> Left(uint64_t more) const;
  absl::Status TooMuch(uint64_t taken) const;

  const MemoryBound& bound_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_MEMORY_PLAN_H_
