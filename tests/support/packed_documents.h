// Slot filters for tests of what stands behind them.

#ifndef WIRECOPY_TESTS_SUPPORT_PACKED_DOCUMENTS_H_
#define WIRECOPY_TESTS_SUPPORT_PACKED_DOCUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lsh/slot_filter.h"

namespace wirecopy::oracle {

// One that holds that many documents alike, all of which pass with all.
inline SlotFilter OpenFilter(size_t documents) {
  SlotFilter filter(64, 0.5, 1e-6);
  const std::vector<uint64_t> packed(filter.words());
  for (size_t i = 0; i < documents; ++i) filter.Add(packed.data());
  return filter;
}

// One in which only documents with the same group pass.
inline SlotFilter GroupFilter(const std::vector<uint64_t>& groups) {
  SlotFilter filter(64, 1, 1e-6);
  for (const uint64_t group : groups) {
    const std::vector<uint64_t> packed(filter.words(), group);
    filter.Add(packed.data());
  }
  return filter;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PACKED_DOCUMENTS_H_
