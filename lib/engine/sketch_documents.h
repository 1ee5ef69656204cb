// Signatures of every document of a source.

#ifndef WIRECOPY_ENGINE_SKETCH_DOCUMENTS_H_
#define WIRECOPY_ENGINE_SKETCH_DOCUMENTS_H_

#include <cstdint>
#include <functional>
#include <span>

#include "absl/status/status.h"
#include "wirecopy/document.h"
#include "wirecopy/signature.h"

namespace wirecopy {

struct DocumentSketch {
  uint32_t document = 0;
  uint64_t shingles = 0;  // distinct ones
  std::span<const uint64_t> slots;
};

// Calls visit for every document of a source that has been scanned, in order;
// stops at the first error that it returns. Reads the texts again and holds
// the signatures of some thousand documents, however many there are. Requires
// valid parameters; `progress` may be null.
absl::Status SketchDocuments(
    const SignatureParameters& parameters, int threads,
    const DocumentSource& source, ProgressListener* progress,
    const std::function<absl::Status(const DocumentSketch&)>& visit);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_SKETCH_DOCUMENTS_H_
