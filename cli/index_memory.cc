#include "cli/index_memory.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy::cli {
namespace {

// Parts of the bound. What is left is for the program, what RocksDB merges in
// the background, ids, and gaps between what was freed.
constexpr uint64_t kPartForCache = 8;
constexpr uint64_t kPartForWrites = 8;
constexpr uint64_t kPartForBatch = 4;
constexpr uint64_t kForBackground = uint64_t{12} << 20;
// More threads are not started: each keeps texts, and merges files besides.
constexpr uint64_t kForThread = uint64_t{32} << 20;

// What a batch takes while it is decided, for each byte of its texts: shingles
// of eight bytes; a fingerprint for every two words, its list, where it stands
// in a table, and what is written of it; and the places where passages may be.
constexpr uint64_t kCostOfByte = 32;
constexpr uint64_t kCostOfByteWithPassages = 48;
// And for each document: what is known of it, and lists of bands.
constexpr uint64_t kCostOfDocument = uint64_t{8} << 10;
constexpr uint64_t kCostOfBand = 700;

}  // namespace

void IndexMemory::ShareWith(bool answers_passages, IndexOptions* options) {
  if (!plan_.IsBounded()) return;
  most_batch_ = bound_.bytes / kPartForBatch;
  cost_of_byte_ = answers_passages ? kCostOfByteWithPassages : kCostOfByte;
  most_document_ = std::max<uint64_t>(1, most_batch_ / cost_of_byte_);
  options->cache_bytes = static_cast<size_t>(bound_.bytes / kPartForCache);
  options->write_bytes = static_cast<size_t>(bound_.bytes / kPartForWrites);
  options->most_text_bytes = static_cast<size_t>(most_document_);
  options->threads = static_cast<int>(std::clamp<uint64_t>(
      bound_.bytes / kForThread, 1, static_cast<uint64_t>(options->threads)));
  write_bytes_ = options->write_bytes;
  index_bytes_ = options->cache_bytes;
}

absl::Status IndexMemory::CheckOpened(const Index& index, bool is_read_only) {
  if (!plan_.IsBounded()) return absl::OkStatus();
  const auto bands = static_cast<uint64_t>(index.parameters().banding.bands);
  cost_of_document_ = kCostOfDocument + kCostOfBand * bands;
  constexpr uint64_t kLeastPart = 4;  // of a batch
  return plan_.Check(index_bytes_ + (is_read_only ? 0 : write_bytes_) +
                     kForBackground + most_batch_ / kLeastPart);
}

absl::Status IndexMemory::BeginBatch() {
  if (!plan_.IsBounded()) return absl::OkStatus();
  WIRECOPY_ASSIGN_OR_RETURN(
      left_, plan_.Share(static_cast<size_t>(most_batch_),
                         static_cast<size_t>(CostOf(0)), /*others=*/0));
  is_empty_ = true;
  return absl::OkStatus();
}

absl::StatusOr<bool> IndexMemory::Take(uint64_t bytes) {
  if (!plan_.IsBounded()) return true;
  if (bytes > most_document_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("a document of more than ", most_document_,
                     " bytes takes more memory than there may be; a smaller "
                     "--max-document rejects it"));
  }
  const uint64_t cost = CostOf(bytes);
  if (cost > left_ && !is_empty_) return false;
  // The first one needs what it needs.
  if (cost > left_) WIRECOPY_RETURN_IF_ERROR(plan_.Check(cost));
  left_ -= std::min(cost, left_);
  is_empty_ = false;
  return true;
}

}  // namespace wirecopy::cli
