#include "base/memory_plan.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "absl/strings/str_cat.h"
#include "base/freed_memory.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

// 0 where the system does not say.
uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t all = 0;
  uint64_t resident = 0;
  if (!(statm >> all >> resident)) return 0;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

uint64_t Mebibytes(uint64_t bytes) { return (bytes + (1 << 20) - 1) >> 20; }

}  // namespace

// A sixteenth is left alone, for what nobody asks for: stacks, what is read and
// written piece by piece, gaps between what was freed.
absl::StatusOr<uint64_t> MemoryPlan::Left(uint64_t more) const {
  constexpr uint64_t kPartLeftAlone = 16;
  if (!IsBounded()) return std::numeric_limits<uint64_t>::max();
  const uint64_t taken = ResidentBytes() + more + bound_.bytes / kPartLeftAlone;
  if (taken <= bound_.bytes) return bound_.bytes - taken;
  return TooMuch(taken);
}

absl::Status MemoryPlan::CheckKept() const {
  const uint64_t taken = IsBounded() ? ResidentBytes() : 0;
  return taken <= bound_.bytes ? absl::OkStatus() : TooMuch(taken);
}

absl::Status MemoryPlan::NoRoom() const {
  return TooMuch(std::max(ResidentBytes(), bound_.bytes) + 1);
}

absl::Status MemoryPlan::TooMuch(uint64_t taken) const {
  return absl::ResourceExhaustedError(absl::StrCat(
      "this needs ", Mebibytes(taken), " MiB of memory or more, and may take ",
      Mebibytes(bound_.bytes)));
}

absl::StatusOr<int> MemoryPlan::Threads(int wanted, uint64_t bytes_each) const {
  if (IsBounded()) ReturnFreedMemory();
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t left, Left(bytes_each));
  const uint64_t others = left / std::max<uint64_t>(bytes_each, 1);
  return 1 + static_cast<int>(
                 std::min<uint64_t>(others, static_cast<uint64_t>(wanted - 1)));
}

absl::StatusOr<size_t> MemoryPlan::Share(size_t wanted, size_t least,
                                         uint64_t others) const {
  if (IsBounded()) ReturnFreedMemory();
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t left,
                            Left(others + std::min(wanted, least)));
  const uint64_t most = std::min(wanted, least) + std::min(left, wanted);
  return static_cast<size_t>(std::min<uint64_t>(wanted, most));
}

}  // namespace wirecopy
