#include "engine/corpus_scan.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/piece_bytes.h"
#include "base/status_macros.h"
#include "engine/early_sets.h"
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
  EarlySets early_sets;
};

// What both scans do: collects facts by block, and puts them in order.
class ScanSink : public PartSink {
 public:
  explicit ScanSink(const MatchOptions& options) : options_(options) {}

  void Begin(int workers) override {
    workers_.clear();
    for (int i = 0; i < workers; ++i) {
      workers_.push_back({Shingler(options_.shingle), 0, {}});
    }
  }

  void BeginBlock(int worker, size_t block) override {
    Worker& own = WorkerAt(worker);
    StoreBlock(&own);
    own.block = block;
  }

  void EndBlock(int worker) override { StoreBlock(&WorkerAt(worker)); }

  absl::Status EndPart(size_t, BlockRange, const WriteFound&) override {
    return absl::OkStatus();
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

  // A part's blocks, which are whole and stay where they are.
  std::vector<ScannedBlock*> BlocksOf(BlockRange range) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (blocks_.size() < range.end) blocks_.resize(range.end);
    std::vector<ScannedBlock*> blocks;
    blocks.reserve(range.end - range.begin);
    for (size_t i = range.begin; i < range.end; ++i) {
      blocks.push_back(&blocks_[i]);
    }
    return blocks;
  }

  // Nobody settles a block meanwhile.
  template <typename Task>
  void WithBlocks(Task task) {
    const std::lock_guard<std::mutex> lock(mutex_);
    task();
  }

  // Every block, and nothing else of what the scan took.
  std::deque<ScannedBlock> TakeBlocks() {
    for (Worker& worker : workers_) StoreBlock(&worker);
    workers_ = std::vector<Worker>();
    return std::move(blocks_);
  }

  // Puts the facts in order.
  static absl::StatusOr<CorpusScan> Collect(
      const DocumentSource& source, const std::deque<ScannedBlock>& blocks) {
    CorpusScan scan;
    scan.code_points.reserve(source.size());
    scan.shingles.reserve(source.size());
    scan.fingerprints.reserve(source.size());
    for (uint32_t d = 0; d < source.size(); ++d) {
      const DocumentSource::Place place = source.Origin(d);
      if (place.block >= blocks.size() ||
          place.index >= blocks[place.block].texts.size()) {
        return absl::DataLossError(
            "what was kept of the input's documents and of their texts does "
            "not go together");
      }
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
    scanned.early_sets.Clear();
    const std::lock_guard<std::mutex> lock(mutex_);
    if (blocks_.size() <= worker->block) blocks_.resize(worker->block + 1);
    Settle(&copy);
    blocks_[worker->block] = std::move(copy);
  }

  const MatchOptions& options_;
  std::vector<Worker> workers_;
  std::mutex mutex_;
  std::deque<ScannedBlock> blocks_;
};

class BandSink : public ScanSink {
 public:
  BandSink(const MatchOptions& options, const Banding& banding,
           ScratchFile* scratch)
      : ScanSink(options),
        signatures_(std::make_unique<PackedSignatures>(banding, scratch)) {}

  // Some sets are kept from now on.
  void KeepEarlySets(uint64_t expected_bytes, size_t most_bytes) {
    early_.emplace(signatures_->packing(), expected_bytes, most_bytes);
  }

  void Add(int worker, std::string_view text) override {
    Worker& own = WorkerAt(worker);
    const auto hashes = own.shingler.Hashes(text);
    const ScannedText& noted = Note(text, hashes, &own);
    uint64_t slots[kMaxSlots];
    const SlotPacking& packing = signatures_->packing();
    ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots,
                                     static_cast<uint32_t>(packing.slots()));
    std::vector<uint64_t>& packed = own.scanned.packed;
    packed.resize(packed.size() + packing.words());
    uint64_t* const signature = packed.data() + packed.size() - packing.words();
    packing.Pack({slots, packing.slots()}, signature);
    if (early_ &&
        early_->Chooses(signature, noted.fingerprint, hashes.size())) {
      own.scanned.early_sets.Add(own.scanned.texts.size() - 1,
                                 own.shingler.HashedSet());
    }
  }

  absl::StatusOr<CorpusScan> Finish(const DocumentSource& source) {
    std::deque<ScannedBlock> blocks = TakeBlocks();
    WIRECOPY_ASSIGN_OR_RETURN(CorpusScan scan, Collect(source, blocks));
    signatures_->Reserve(source.size());
    for (uint32_t d = 0; d < source.size(); ++d) {
      const DocumentSource::Place place = source.Origin(d);
      ScannedBlock& block = blocks[place.block];
      signatures_->Add(signatures_->Behind(block.first_signature, place.index));
      if (ShingleSet set = block.early_sets.Take(place.index)) {
        scan.early_sets.emplace_back(d, std::move(set));
      }
    }
    scan.signatures = std::move(signatures_);
    return scan;
  }

 protected:
  void Settle(ScannedBlock* block) override { KeepSignature(block); }

  void KeepSignatures(std::span<ScannedBlock* const> blocks) {
    WithBlocks([&] {
      for (ScannedBlock* const block : blocks) KeepSignature(block);
    });
  }

  const PackedSignatures& signatures() const { return *signatures_; }
  // Of a packed signature.
  size_t words() const { return signatures_->packing().words(); }

  void KeepSignature(ScannedBlock* block) {
    block->first_signature =
        signatures_->Keep(std::exchange(block->packed, {}));
  }

 private:
  std::unique_ptr<PackedSignatures> signatures_;
  std::optional<EarlyChoice> early_;
};

// Saves each part when it is whole.
class SavingSink : public BandSink {
 public:
  // Where nothing is kept, what is saved is forgotten.
  SavingSink(const MatchOptions& options, const Banding& banding,
             ScratchFile* scratch, bool keeps,
             const std::vector<StageUnit>& units, Stages* stages)
      : BandSink(options, banding, scratch),
        scratch_(scratch),
        keeps_(keeps),
        units_(units),
        stages_(*stages) {}

  absl::Status EndPart(size_t part, BlockRange range,
                       const WriteFound& found) override {
    const std::vector<ScannedBlock*> blocks = BlocksOf(range);
    const auto write = [&](PieceWriter* out) {
      PieceWriter size([](std::string_view) {});
      found(&size);
      out->Add<uint64_t>(size.size());
      found(out);
      for (const ScannedBlock* const block : blocks) Append(*block, out);
      return scratch_ == nullptr ? absl::OkStatus() : scratch_->status();
    };
    WIRECOPY_RETURN_IF_ERROR(stages_.Save(units_[part], write));
    if (!keeps_) {
      for (ScannedBlock* const block : blocks) *block = ScannedBlock();
    } else if (scratch_ == nullptr) {
      KeepSignatures(blocks);
    }
    return absl::OkStatus();
  }

  // A part as it was saved.
  absl::Status RestorePart(size_t part, StagePiece* piece,
                           PartedSource* source) {
    PieceReader& in = piece->in();
    const auto size = in.Get<uint64_t>();
    const uint64_t before = in.left();
    const absl::StatusOr<BlockRange> range = source->RestorePart(part, &in);
    if (absl::IsDataLoss(range.status())) {
      return stages_.Senseless(units_[part], *piece);
    }
    WIRECOPY_RETURN_IF_ERROR(range.status());
    if (before - in.left() != size) in.Fail();
    for (ScannedBlock* const block : BlocksOf(*range)) {
      Read(&in, block);
      KeepSignatures({&block, 1});
    }
    if (!in.IsAtEnd()) return stages_.Senseless(units_[part], *piece);
    return absl::OkStatus();
  }

 protected:
  // In memory not before the part is saved, and perhaps forgotten.
  void Settle(ScannedBlock* block) override {
    if (scratch_ != nullptr) KeepSignature(block);
  }

 private:
  void Append(const ScannedBlock& block, PieceWriter* out) const {
    out->Add<uint64_t>(block.texts.size());
    for (const ScannedText& text : block.texts) {
      out->Add(text.code_points);
      out->Add(text.shingles);
      out->Add(text.fingerprint.low);
      out->Add(text.fingerprint.high);
    }
    if (scratch_ == nullptr) return out->AddList(block.packed);
    std::vector<uint64_t> packed(block.texts.size() * words());
    signatures().ReadKept(block.first_signature, packed);
    out->AddList(packed);
  }

  void Read(PieceReader* in, ScannedBlock* block) const {
    const auto count = in->Get<uint64_t>();
    block->texts.reserve(in->MostOf(count, kBytesOfText));
    for (uint64_t i = 0; i < count && in->ok(); ++i) {
      ScannedText text = {};
      text.code_points = in->Get<uint32_t>();
      text.shingles = in->Get<uint32_t>();
      text.fingerprint.low = in->Get<uint64_t>();
      text.fingerprint.high = in->Get<uint64_t>();
      block->texts.push_back(text);
    }
    in->GetList(&block->packed);
    if (block->packed.size() != block->texts.size() * words()) in->Fail();
  }

  static constexpr size_t kBytesOfText = 24;  // in a piece, and little more

  ScratchFile* const scratch_;  // null for memory
  const bool keeps_;
  const std::vector<StageUnit>& units_;
  Stages& stages_;
};

// A unit for each part.
std::vector<StageUnit> PartUnits(PartedSource* source, const Stages& stages) {
  std::vector<uint64_t> bytes(source->PartCount());
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = source->PartBytes(i);
  const std::vector<uint32_t> dealt = DealInRuns(bytes, stages.shards());
  std::vector<StageUnit> units;
  units.reserve(bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i) {
    units.push_back({UnitName("sketch.", i), dealt[i]});
  }
  return units;
}

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

  absl::StatusOr<CorpusScan> Finish(const DocumentSource& source) {
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
  if (options.memory.bytes == 0) {
    sink.KeepEarlySets(source->ExpectedBytes(), options.cache_bytes / 2);
  }
  WIRECOPY_RETURN_IF_ERROR(source->Scan(options.threads, &sink));
  return sink.Finish(*source);
}

absl::StatusOr<CorpusScan> ScanPartsForBands(const MatchOptions& options,
                                             const Banding& banding,
                                             ScratchFile* scratch,
                                             PartedSource* source,
                                             Stages* stages) {
  const std::vector<StageUnit> units = PartUnits(source, *stages);
  WIRECOPY_RETURN_IF_ERROR(stages->CheckDone(Stage::kSketch, units));
  SavingSink sink(options, banding, scratch, /*keeps=*/true, units, stages);
  std::vector<size_t> missing;
  for (size_t part = 0; part < units.size(); ++part) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::unique_ptr<StagePiece> piece,
                              stages->Find(Stage::kSketch, units[part]));
    if (piece == nullptr) {
      missing.push_back(part);
      continue;
    }
    WIRECOPY_RETURN_IF_ERROR(sink.RestorePart(part, piece.get(), source));
  }
  WIRECOPY_RETURN_IF_ERROR(
      source->ScanParts(missing, options.threads, /*keeps=*/true, &sink));
  WIRECOPY_RETURN_IF_ERROR(source->EndParts());
  return sink.Finish(*source);
}

absl::Status SketchParts(const MatchOptions& options, const Banding& banding,
                         ScratchFile* scratch, PartedSource* source,
                         Stages* stages) {
  const std::vector<StageUnit> units = PartUnits(source, *stages);
  SavingSink sink(options, banding, scratch, /*keeps=*/false, units, stages);
  std::vector<size_t> missing;
  for (size_t part = 0; part < units.size(); ++part) {
    if (!stages->Makes(Stage::kSketch, units[part])) continue;
    WIRECOPY_ASSIGN_OR_RETURN(const std::unique_ptr<StagePiece> piece,
                              stages->Find(Stage::kSketch, units[part]));
    if (piece == nullptr) missing.push_back(part);
  }
  return source->ScanParts(missing, options.threads, /*keeps=*/false, &sink);
}

absl::StatusOr<CorpusScan> ScanForJoin(const MatchOptions& options,
                                       DocumentSource* source) {
  constexpr uint64_t kBytesPerShingle = 6;  // of ordinary text
  constexpr uint64_t kPartForCounts = 8;    // of bounded memory
  uint64_t expected = source->ExpectedBytes() / kBytesPerShingle;
  const uint64_t bound = options.memory.bytes;
  while (bound > 0 && expected > 0 &&
         ShingleCounts::BytesFor(expected) > bound / kPartForCounts) {
    expected /= 2;
  }
  auto counts = std::make_unique<ShingleCounts>(expected);
  JoinSink sink(options, counts.get());
  WIRECOPY_RETURN_IF_ERROR(source->Scan(options.threads, &sink));
  WIRECOPY_ASSIGN_OR_RETURN(CorpusScan scan, sink.Finish(*source));
  scan.counts = std::move(counts);
  return scan;
}

}  // namespace wirecopy
