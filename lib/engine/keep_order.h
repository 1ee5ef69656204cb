// Which document goes before which where one of them must go.

#ifndef WIRECOPY_ENGINE_KEEP_ORDER_H_
#define WIRECOPY_ENGINE_KEEP_ORDER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/dedup.h"

namespace wirecopy {

// All documents of a scanned source, the one to keep first. `code_points` are
// their lengths.
std::vector<uint32_t> KeepOrder(KeepPolicy policy, const DocumentSource& source,
                                std::span<const uint32_t> code_points);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_KEEP_ORDER_H_
