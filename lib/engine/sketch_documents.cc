#include "engine/sketch_documents.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "base/parallel.h"
#include "base/status_macros.h"
#include "sketch/sketch_kernels.h"

namespace wirecopy {
namespace {

// Enough for every thread to find work, and 32 MiB at most.
constexpr uint32_t kBatch = 4096;

struct Worker {
  std::unique_ptr<TextReader> reader;
  Shingler shingler;
};

}  // namespace

absl::Status SketchDocuments(
    const SignatureParameters& parameters, int threads,
    const DocumentSource& source, ProgressListener* progress,
    const std::function<absl::Status(const DocumentSketch&)>& visit) {
  const auto slot_count = static_cast<size_t>(parameters.slots);
  std::vector<Worker> workers;
  workers.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    workers.push_back({source.NewReader(), Shingler(parameters.shingle)});
  }
  const size_t most = std::min(kBatch, source.size());
  std::vector<uint64_t> slots(most * slot_count);
  std::vector<uint64_t> shingles(most);
  for (uint32_t begin = 0; begin < source.size(); begin += kBatch) {
    const uint32_t count = std::min(kBatch, source.size() - begin);
    ParallelFor(threads, count, [&](int worker, size_t i) {
      Worker& own = workers[static_cast<size_t>(worker)];
      const auto document = begin + static_cast<uint32_t>(i);
      const auto hashes = own.shingler.Hashes(own.reader->Text(document));
      ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(),
                                       slots.data() + i * slot_count,
                                       static_cast<uint32_t>(slot_count));
      shingles[i] = own.shingler.HashedSet().size();
    });
    WIRECOPY_RETURN_IF_ERROR(source.ReadError());
    for (uint32_t i = 0; i < count; ++i) {
      WIRECOPY_RETURN_IF_ERROR(
          visit({begin + i,
                 shingles[i],
                 {slots.data() + i * slot_count, slot_count}}));
    }
    if (progress != nullptr) {
      progress->Advance("sketching", begin + count, source.size());
    }
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
