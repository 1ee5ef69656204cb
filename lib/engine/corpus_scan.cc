#include "engine/corpus_scan.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <utility>

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
  std::vector<uint64_t> keys;    // for bands
  std::vector<uint64_t> packed;  // for the filter
};

// What both scans do: collects facts by block, and puts them in order.
class ScanSink : public DocumentSink {
 public:
  explicit ScanSink(const MatchOptions& options) : options_(options) {}

  void Begin(int workers) override {
    for (int i = 0; i < workers; ++i) {
      workers_.push_back({Shingler(options_.shingle), nullptr});
    }
  }

  void BeginBlock(int worker, size_t block) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    while (blocks_.size() <= block) blocks_.emplace_back();
    workers_[static_cast<size_t>(worker)].block = &blocks_[block];
  }

 protected:
  struct Worker {
    Shingler shingler;
    ScannedBlock* block;
  };

  Worker& WorkerAt(int worker) { return workers_[static_cast<size_t>(worker)]; }

  static ScannedText& Note(std::string_view text,
                           std::span<const uint64_t> hashes,
                           ScannedBlock* block) {
    block->texts.push_back({Clamp(CountCodePoints(text)), Clamp(hashes.size()),
                            Hash128(hashes.data(), hashes.size_bytes(), 0)});
    return block->texts.back();
  }

  // Calls visit(document, block, index in it) for each document, in order, and
  // frees each block when its last has gone by.
  template <typename Visit>
  CorpusScan Collect(const DocumentSource& source, Visit visit) {
    CorpusScan scan;
    scan.code_points.reserve(source.size());
    scan.shingles.reserve(source.size());
    scan.fingerprints.reserve(source.size());
    size_t last_block = 0;
    for (uint32_t d = 0; d < source.size(); ++d) {
      const DocumentSource::Place place = source.Origin(d);
      while (last_block < place.block) blocks_[last_block++] = ScannedBlock();
      const ScannedBlock& block = blocks_[place.block];
      const ScannedText& text = block.texts[place.index];
      scan.code_points.push_back(text.code_points);
      scan.shingles.push_back(text.shingles);
      scan.fingerprints.push_back(text.fingerprint);
      visit(d, block, place.index);
    }
    blocks_.clear();
    return scan;
  }

 private:
  const MatchOptions& options_;
  std::vector<Worker> workers_;
  std::mutex mutex_;
  // A deque, so that blocks stay where they are while others are begun.
  std::deque<ScannedBlock> blocks_;
};

class BandSink : public ScanSink {
 public:
  BandSink(const MatchOptions& options, const Banding& banding)
      : ScanSink(options),
        banding_(banding),
        filter_(std::make_unique<SlotFilter>(
            static_cast<size_t>(banding.slots()), options.threshold,
            SlotFilter::LossFor(options.recall))) {}

  void Add(int worker, std::string_view text) override {
    Worker& own = WorkerAt(worker);
    const auto hashes = own.shingler.Hashes(text);
    Note(text, hashes, own.block);
    uint64_t slots[kMaxSlots];
    const auto slot_count = static_cast<uint32_t>(banding_.slots());
    ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots,
                                     slot_count);
    std::vector<uint64_t>& keys = own.block->keys;
    const auto bands = static_cast<size_t>(banding_.bands);
    keys.resize(keys.size() + bands);
    BandKeys({slots, slot_count}, banding_,
             {keys.data() + keys.size() - bands, bands});
    std::vector<uint64_t>& packed = own.block->packed;
    packed.resize(packed.size() + filter_->words());
    filter_->Pack({slots, slot_count},
                  packed.data() + packed.size() - filter_->words());
  }

  CorpusScan Finish(const DocumentSource& source) {
    const auto bands = static_cast<size_t>(banding_.bands);
    std::vector<std::vector<uint64_t>> all_keys(bands);
    for (auto& keys : all_keys) keys.reserve(source.size());
    std::vector<uint32_t> documents_with_keys;
    documents_with_keys.reserve(source.size());
    filter_->Reserve(source.size());
    CorpusScan scan = Collect(
        source, [&](uint32_t d, const ScannedBlock& block, size_t index) {
          filter_->Add(block.packed.data() + index * filter_->words());
          if (block.texts[index].shingles == 0) return;
          documents_with_keys.push_back(d);
          const uint64_t* const keys = block.keys.data() + index * bands;
          for (size_t band = 0; band < bands; ++band) {
            all_keys[band].push_back(keys[band]);
          }
        });
    scan.keys = std::move(all_keys);
    scan.documents_with_keys = std::move(documents_with_keys);
    scan.filter = std::move(filter_);
    return scan;
  }

 private:
  const Banding banding_;
  std::unique_ptr<SlotFilter> filter_;
};

class JoinSink : public ScanSink {
 public:
  JoinSink(const MatchOptions& options, ShingleCounts* counts)
      : ScanSink(options), counts_(*counts) {}

  void Add(int worker, std::string_view text) override {
    Worker& own = WorkerAt(worker);
    ScannedText& noted = Note(text, own.shingler.Hashes(text), own.block);
    const auto set = own.shingler.HashedSet();
    noted.shingles = Clamp(set.size());
    counts_.Add(set);
  }

  CorpusScan Finish(const DocumentSource& source) {
    return Collect(source, [](uint32_t, const ScannedBlock&, size_t) {});
  }

 private:
  ShingleCounts& counts_;
};

}  // namespace

absl::StatusOr<CorpusScan> ScanForBands(const MatchOptions& options,
                                        const Banding& banding,
                                        DocumentSource* source) {
  BandSink sink(options, banding);
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
