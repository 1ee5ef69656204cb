// Slot filters for tests of what stands behind them.

#ifndef WIRECOPY_TESTS_SUPPORT_PACKED_DOCUMENTS_H_
#define WIRECOPY_TESTS_SUPPORT_PACKED_DOCUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lsh/packed_signatures.h"
#include "lsh/slot_filter.h"

namespace wirecopy::oracle {

// Signatures and the filter over them. Stays where it is.
class PackedDocuments {
 public:
  PackedDocuments(const Banding& banding, double threshold, double loss)
      : signatures_(banding), filter_(signatures_, threshold, loss) {}
  PackedDocuments(const PackedDocuments&) = delete;
  PackedDocuments& operator=(const PackedDocuments&) = delete;

  // Only documents with the same group pass.
  explicit PackedDocuments(const std::vector<uint64_t>& groups)
      : PackedDocuments({8, 8}, 1, 1e-6) {
    for (const uint64_t group : groups) {
      Add(std::vector<uint64_t>(signatures_.packing().slots(), group));
    }
  }

  // Adds a document with these slots.
  void Add(const std::vector<uint64_t>& slots) {
    // What was there before must not matter.
    std::vector<uint64_t> packed(signatures_.packing().words(), ~uint64_t{0});
    signatures_.packing().Pack(slots, packed.data());
    signatures_.Add(signatures_.Keep(packed));
  }

  const PackedSignatures& signatures() const { return signatures_; }
  const SlotFilter& filter() const { return filter_; }

 private:
  PackedSignatures signatures_;
  SlotFilter filter_;
};

// Documents that are all alike.
inline std::vector<uint64_t> OneGroup(size_t documents) {
  return std::vector<uint64_t>(documents);
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PACKED_DOCUMENTS_H_
