#include "engine/corpus_scan.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "base/hash.h"
#include "base/status_macros.h"
#include "sketch/sketch_kernels.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

uint32_t Clamp(size_t n) {
  return static_cast<uint32_t>(
      std::min<size_t>(n, std::numeric_limits<uint32_t>::max()));
}

struct ScannedText {
  uint32_t code_points;
  uint32_t shingles;
  Hash128Value fingerprint;
};

// What is known of one block's texts, text by text.
struct ScannedBlock {
  std::vector<ScannedText> texts;
  std::vector<uint64_t> packed;  // signatures, until they are kept
  PackedSignatures::Place first_signature = 0;
};

// What both scans do: collects facts by block, and puts them in order.
class ScanSink : public DocumentSink {
 public:
  explicit ScanSink(const MatchOptions& options) : options_(options) {}

  void Begin(int workers) override {
    for (int i = 0; i < workers; ++i) {
      workers_.push_back({Shingler(options_.shingle), 0, {}});
    }
  }

  void BeginBlock(int worker, size_t block) override {
    Worker& own = WorkerAt(worker);
    StoreBlock(&own);
    own.block = block;
  }

 protected:
  struct Worker {
    Shingler shingler;
    size_t block;
    ScannedBlock scanned;  // its memory serves one block after another
  };

  Worker& WorkerAt(int worker) { return workers_[static_cast<size_t>(worker)]; }

  static ScannedText& Note(std::string_view text,
                           std::span<const uint64_t> hashes, Worker* worker) {
    std::vector<ScannedText>& texts = worker->scanned.texts;
    texts.push_back({Clamp(CountCodePoints(text)), Clamp(hashes.size()),
                     Hash128(hashes.data(), hashes.size_bytes(), 0)});
    return texts.back();
  }

  // Told of each block when it is whole; calls do not overlap.
  virtual void Settle(ScannedBlock* /*block*/) {}

  // Every block, and nothing else of what the scan took.
  std::vector<ScannedBlock> TakeBlocks() {
    for (Worker& worker : workers_) StoreBlock(&worker);
    workers_ = std::vector<Worker>();
    return std::move(blocks_);
  }

  // Puts the facts in order.
  static CorpusScan Collect(const DocumentSource& source,
                            std::span<const ScannedBlock> blocks) {
    CorpusScan scan;
    scan.code_points.reserve(source.size());
    scan.shingles.reserve(source.size());
    scan.fingerprints.reserve(source.size());
    for (uint32_t d = 0; d < source.size(); ++d) {
      const DocumentSource::Place place = source.Origin(d);
      const ScannedText& text = blocks[place.block].texts[place.index];
      scan.code_points.push_back(text.code_points);
      scan.shingles.push_back(text.shingles);
      scan.fingerprints.push_back(text.fingerprint);
    }
    return scan;
  }

 private:
  // Copies what a worker has found of its block, so that it takes no more
  // memory than it must.
  void StoreBlock(Worker* worker) {
    ScannedBlock& scanned = worker->scanned;
    if (scanned.texts.empty()) return;
    ScannedBlock copy = scanned;
    scanned.texts.clear();
    scanned.packed.clear();
    const std::lock_guard<std::mutex> lock(mutex_);
    if (blocks_.size() <= worker->block) blocks_.resize(worker->block + 1);
    Settle(&copy);
    blocks_[worker->block] = std::move(copy);
  }

  const MatchOptions& options_;
  std::vector<Worker> workers_;
  std::mutex mutex_;
  std::vector<ScannedBlock> blocks_;
};

class BandSink : public ScanSink {
 public:
  BandSink(const MatchOptions& options, const Banding& banding,
           ScratchFile* scratch)
      : ScanSink(options),
        signatures_(std::make_unique<PackedSignatures>(banding, scratch)) {}

  void Add(int worker, std::string_view text) override {
    Worker& own = WorkerAt(worker);
    const auto hashes = own.shingler.Hashes(text);
    Note(text, hashes, &own);
    uint64_t slots[kMaxSlots];
    const SlotPacking& packing = signatures_->packing();
    ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots,
                                     static_cast<uint32_t>(packing.slots()));
    std::vector<uint64_t>& packed = own.scanned.packed;
    packed.resize(packed.size() + packing.words());
    packing.Pack({slots, packing.slots()},
                 packed.data() + packed.size() - packing.words());
  }

  CorpusScan Finish(const DocumentSource& source) {
    const std::vector<ScannedBlock> blocks = TakeBlocks();
    CorpusScan scan = Collect(source, blocks);
    signatures_->Reserve(source.size());
    for (uint32_t d = 0; d < source.size(); ++d) {
      const DocumentSource::Place place = source.Origin(d);
      signatures_->Add(signatures_->Behind(blocks[place.block].first_signature,
                                           place.index));
    }
    scan.signatures = std::move(signatures_);
    return scan;
  }

 protected:
  void Settle(ScannedBlock* block) override {
    block->first_signature =
        signatures_->Keep(std::exchange(block->packed, {}));
  }

 private:
  std::unique_ptr<PackedSignatures> signatures_;
};

class JoinSink : public ScanSink {
 public:
  JoinSink(const MatchOptions& options, ShingleCounts* counts)
      : ScanSink(options), counts_(*counts) {}

  void Add(int worker, std::string_view text) override {
    Worker& own = WorkerAt(worker);
    ScannedText& noted = Note(text, own.shingler.Hashes(text), &own);
    const auto set = own.shingler.HashedSet();
    noted.shingles = Clamp(set.size());
    counts_.Add(set);
  }

  CorpusScan Finish(const DocumentSource& source) {
    return Collect(source, TakeBlocks());
  }

 private:
  ShingleCounts& counts_;
};

}  // namespace

absl::StatusOr<CorpusScan> ScanForBands(const MatchOptions& options,
                                        const Banding& banding,
                                        ScratchFile* scratch,
                                        DocumentSource* source) {
  BandSink sink(options, banding, scratch);
  WIRECOPY_RETURN_IF_ERROR(source->Scan(options.threads, &sink));
  return sink.Finish(*source);
}

absl::StatusOr<CorpusScan> ScanForJoin(const MatchOptions& options,
                                       DocumentSource* source) {
  constexpr uint64_t kBytesPerShingle = 6;  // of ordinary text
  auto counts = std::make_unique<ShingleCounts>(source->ExpectedBytes() /
                                                kBytesPerShingle);
  JoinSink sink(options, counts.get());
  WIRECOPY_RETURN_IF_ERROR(source->Scan(options.threads, &sink));
  CorpusScan scan = sink.Finish(*source);
  scan.counts = std::move(counts);
  return scan;
}

}  // namespace wirecopy
