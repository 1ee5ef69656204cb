// Publishers by number.

#ifndef WIRECOPY_ENGINE_PUBLISHER_NUMBERS_H_
#define WIRECOPY_ENGINE_PUBLISHER_NUMBERS_H_

#include <cstdint>
#include <vector>

#include "wirecopy/document.h"

namespace wirecopy {

// By document: from 1, or 0 where nobody is known.
std::vector<uint32_t> NumberPublishers(const DocumentSource& source);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PUBLISHER_NUMBERS_H_
