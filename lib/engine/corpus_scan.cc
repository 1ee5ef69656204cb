#include "engine/corpus_scan.h"

#include <algorithm>
#include <limits>

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

// What both scans do: collects facts by block, and puts them in order.
class ScanSink : public DocumentSink {
 public:
  explicit ScanSink(const MatchOptions& options) : options_(options) {}

  void Begin(size_t blocks, int workers) override {
    texts_.resize(blocks);
    for (int i = 0; i < workers; ++i) shinglers_.emplace_back(options_.shingle);
  }

  CorpusScan Finish(const DocumentSource& source) {
    CorpusScan scan;
    for (uint32_t d = 0; d < source.size(); ++d) {
      const DocumentSource::Place place = source.Origin(d);
      const ScannedText& text = texts_[place.block][place.index];
      scan.code_points.push_back(text.code_points);
      scan.shingles.push_back(text.shingles);
      scan.fingerprints.push_back(text.fingerprint);
    }
    return scan;
  }

 protected:
  Shingler& ShinglerOf(int worker) {
    return shinglers_[static_cast<size_t>(worker)];
  }

  ScannedText& Note(size_t block, std::string_view text,
                    std::span<const uint64_t> hashes) {
    texts_[block].push_back({Clamp(CountCodePoints(text)), Clamp(hashes.size()),
                             Hash128(hashes.data(), hashes.size_bytes(), 0)});
    return texts_[block].back();
  }

 private:
  const MatchOptions& options_;
  std::vector<std::vector<ScannedText>> texts_;
  std::vector<Shingler> shinglers_;
};

class BandSink : public ScanSink {
 public:
  BandSink(const MatchOptions& options, const Banding& banding)
      : ScanSink(options),
        banding_(banding),
        filter_(std::make_unique<SlotFilter>(
            static_cast<size_t>(banding.slots()), options.threshold)) {}

  void Begin(size_t blocks, int workers) override {
    ScanSink::Begin(blocks, workers);
    keys_.resize(blocks);
    packed_.resize(blocks);
  }

  void Add(int worker, size_t block, std::string_view text) override {
    const auto hashes = ShinglerOf(worker).Hashes(text);
    Note(block, text, hashes);
    uint64_t slots[kMaxSlots];
    const auto slot_count = static_cast<uint32_t>(banding_.slots());
    ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots,
                                     slot_count);
    std::vector<uint64_t>& keys = keys_[block];
    const auto bands = static_cast<size_t>(banding_.bands);
    keys.resize(keys.size() + bands);
    BandKeys({slots, slot_count}, banding_,
             {keys.data() + keys.size() - bands, bands});
    std::vector<uint64_t>& packed = packed_[block];
    packed.resize(packed.size() + filter_->words());
    filter_->Pack({slots, slot_count},
                  packed.data() + packed.size() - filter_->words());
  }

  CorpusScan Finish(const DocumentSource& source) {
    CorpusScan scan = ScanSink::Finish(source);
    filter_->Reserve(source.size());
    for (uint32_t d = 0; d < source.size(); ++d) {
      if (scan.shingles[d] > 0) scan.documents_with_keys.push_back(d);
      const DocumentSource::Place place = source.Origin(d);
      filter_->Add(packed_[place.block].data() +
                   place.index * filter_->words());
    }
    scan.filter = std::move(filter_);
    const auto bands = static_cast<size_t>(banding_.bands);
    scan.keys.resize(bands);
    for (auto& keys : scan.keys) keys.reserve(scan.documents_with_keys.size());
    for (const uint32_t d : scan.documents_with_keys) {
      const DocumentSource::Place place = source.Origin(d);
      const uint64_t* const keys =
          keys_[place.block].data() + place.index * bands;
      for (size_t band = 0; band < bands; ++band) {
        scan.keys[band].push_back(keys[band]);
      }
    }
    return scan;
  }

 private:
  const Banding banding_;
  std::unique_ptr<SlotFilter> filter_;
  // By block, text by text.
  std::vector<std::vector<uint64_t>> keys_;
  std::vector<std::vector<uint64_t>> packed_;
};

class JoinSink : public ScanSink {
 public:
  JoinSink(const MatchOptions& options, ShingleCounts* counts)
      : ScanSink(options), counts_(*counts) {}

  void Add(int worker, size_t block, std::string_view text) override {
    Shingler& shingler = ShinglerOf(worker);
    ScannedText& noted = Note(block, text, shingler.Hashes(text));
    const auto set = shingler.HashedSet();
    noted.shingles = Clamp(set.size());
    counts_.Add(set);
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
  auto counts =
      std::make_unique<ShingleCounts>(source->ByteBound() / kBytesPerShingle);
  JoinSink sink(options, counts.get());
  WIRECOPY_RETURN_IF_ERROR(source->Scan(options.threads, &sink));
  CorpusScan scan = sink.Finish(*source);
  scan.counts = std::move(counts);
  return scan;
}

}  // namespace wirecopy
