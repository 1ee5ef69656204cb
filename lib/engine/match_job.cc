#include "engine/match_job.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "base/freed_memory.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "engine/begin_stage.h"

namespace wirecopy {
namespace {

// With fewer bytes of sets at hand a search would make sets and little else.
constexpr size_t kLeastCache = size_t{4} << 20;

}  // namespace

absl::StatusOr<Banding> BandingFor(const MatchOptions& options) {
  // What the filter loses, the bands must find on top.
  const double kept = 1 - SlotFilter::LossFor(options.recall);
  return ChooseBanding(options.threshold, options.recall / kept);
}

absl::Status Validate(const MatchOptions& options) {
  if (!(options.threshold > 0 && options.threshold <= 1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "threshold ", options.threshold, ": must be above 0 and at most 1"));
  }
  if (!(options.recall > 0 && options.recall < 1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "recall ", options.recall, ": must be above 0 and below 1"));
  }
  if (options.threads < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.threads, " threads: must be at least 1"));
  }
  return Validate(options.shingle);
}

MatchJob::MatchJob(const MatchOptions& options,
                   const ClusteringBytes& clustering, DocumentSource* source)
    : options_(options),
      clustering_(clustering),
      source_(*source),
      memory_(options.memory) {}

absl::StatusOr<std::unique_ptr<MatchJob>> MatchJob::Create(
    const MatchOptions& options, const ClusteringBytes& clustering,
    DocumentSource* source) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  auto job = absl::WrapUnique(new MatchJob(options, clustering, source));
  WIRECOPY_RETURN_IF_ERROR(job->Scan());
  return job;
}

absl::StatusOr<std::unique_ptr<MatchJob>> MatchJob::CreateInStages(
    const MatchOptions& options, const ClusteringBytes& clustering,
    PartedSource* source, Stages* stages) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  auto job = absl::WrapUnique(new MatchJob(options, clustering, source));
  job->parted_ = source;
  job->stages_ = stages;
  WIRECOPY_RETURN_IF_ERROR(job->Scan());
  return job;
}

absl::Status MatchJob::Scan() {
  if (memory_.IsBounded()) {
    WIRECOPY_ASSIGN_OR_RETURN(scratch_,
                              ScratchFile::Create(options_.memory.temp_folder));
  }
  if (options_.exact || options_.measure == Measure::kContainment) {
    WIRECOPY_ASSIGN_OR_RETURN(scan_, ScanForJoin(options_, &source_));
  } else {
    WIRECOPY_ASSIGN_OR_RETURN(banding_, BandingFor(options_));
    WIRECOPY_ASSIGN_OR_RETURN(
        scan_,
        stages_ != nullptr
            ? ScanPartsForBands(options_, *banding_, scratch_.get(), parted_,
                                stages_)
            : ScanForBands(options_, *banding_, scratch_.get(), &source_));
    WIRECOPY_RETURN_IF_ERROR(MemoryError());
  }
  ReturnFreedMemory();
  text_sets_ = std::make_unique<TextSets>(source_, options_, scan_.shingles);
  return absl::OkStatus();
}

void MatchJob::NoteMemoryError(const absl::Status& error) {
  const std::lock_guard<std::mutex> lock(memory_mutex_);
  memory_error_.Update(error);
}

absl::Status MatchJob::MemoryError() const {
  const std::lock_guard<std::mutex> lock(memory_mutex_);
  if (!memory_error_.ok() || scratch_ == nullptr) return memory_error_;
  return scratch_->status();
}

absl::Status MatchJob::SetOrder(std::vector<uint32_t> order) {
  BeginStage(options_.progress, "verify");
  order_ = std::move(order);
  // What the order was made from.
  scan_.code_points = std::vector<uint32_t>();
  rank_.resize(order_.size());
  for (uint32_t i = 0; i < order_.size(); ++i) rank_[order_[i]] = i;
  task_ = {order_, rank_, twin_of_, options_.threshold, nullptr};
  const std::vector<uint32_t> twins = FindTwins();
  if (stages_ != nullptr) return SetOrderInStages(twins);
  VerifyTwins(twins);
  ReturnFreedMemory();
  if (banding_) WIRECOPY_RETURN_IF_ERROR(FindBuckets(/*in_stages=*/false));
  return BeginWalk(/*counts_hubs=*/true);
}

absl::Status MatchJob::CheckRead() const {
  WIRECOPY_RETURN_IF_ERROR(source_.ReadError());
  return MemoryError();
}

namespace {

// Sets of documents that compare and hash as their fingerprints do.
struct FingerprintHash {
  const std::vector<Hash128Value>& fingerprints;
  size_t operator()(uint32_t d) const { return fingerprints[d].low; }
};
struct FingerprintEqual {
  const std::vector<Hash128Value>& fingerprints;
  bool operator()(uint32_t a, uint32_t b) const {
    return fingerprints[a] == fingerprints[b];
  }
};

}  // namespace

// Takes all that have an equal fingerprint for twins, and returns those that
// are not the first of their kind.
std::vector<uint32_t> MatchJob::FindTwins() {
  twin_of_.resize(order_.size());
  task_.twin_of = twin_of_;
  std::vector<uint32_t> twins;
  {
    absl::flat_hash_set<uint32_t, FingerprintHash, FingerprintEqual> first(
        0, FingerprintHash{scan_.fingerprints},
        FingerprintEqual{scan_.fingerprints});
    for (const uint32_t d : order_) {
      const bool is_empty = scan_.shingles[d] == 0;
      twin_of_[d] = is_empty ? d : *first.insert(d).first;
      if (twin_of_[d] != d) twins.push_back(d);
    }
  }
  scan_.fingerprints = std::vector<Hash128Value>();
  return twins;
}

// A hash is no proof: whoever knows the seed can make two texts agree.
void MatchJob::VerifyTwins(std::span<const uint32_t> twins) {
  struct Worker {
    std::unique_ptr<TextReader> reader;
    std::unique_ptr<TextReader> other_reader;
    Shingler shingler;
  };
  std::vector<Worker> workers;
  workers.reserve(static_cast<size_t>(options_.threads));
  for (int i = 0; i < options_.threads; ++i) {
    workers.push_back(
        {source_.NewReader(), source_.NewReader(), Shingler(options_.shingle)});
  }
  ParallelFor(options_.threads, twins.size(), [&](int worker, size_t i) {
    Worker& own = workers[static_cast<size_t>(worker)];
    const uint32_t d = twins[i];
    const std::string_view text = own.reader->Text(d);
    const std::string_view other = own.other_reader->Text(twin_of_[d]);
    if (text == other) return;
    const auto set = own.shingler.Set(text);
    const std::vector<uint64_t> kept_set(set.begin(), set.end());
    const auto other_set = own.shingler.Set(other);
    if (!std::equal(kept_set.begin(), kept_set.end(), other_set.begin(),
                    other_set.end())) {
      twin_of_[d] = d;
    }
  });
  for (const uint32_t d : twins) twin_count_ += twin_of_[d] != d ? 1 : 0;
}

absl::Status MatchJob::BeginWalk(bool counts_hubs) {
  if (!banding_) {
    WIRECOPY_RETURN_IF_ERROR(MakeCache(0));
    keys_ = std::make_unique<PrefixKeys>(*scan_.counts, options_.threshold);
  } else {
    GiveEarlySets();
    WIRECOPY_RETURN_IF_ERROR(CountHubs(counts_hubs));
    keys_ = std::make_unique<BandCandidates>(*buckets_, *filter_, *scan_.counts,
                                             options_.threshold);
  }
  ReturnFreedMemory();
  task_.sets = cache_.get();
  return MemoryError();
}

// With what threads make a set in, of the largest document perhaps.
uint64_t MatchJob::BytesOfClustering() const {
  constexpr uint64_t kOfThread = uint64_t{2} << 20;
  // With its text, as read and as folded; then one that waits, with its keys.
  constexpr uint64_t kOfShingle = 32 + 16;
  uint64_t most = 0;
  for (uint32_t d = 0; d < order_.size(); ++d) {
    const bool is_read = buckets_ == nullptr || !buckets_->Of(d).empty();
    if (is_read) most = std::max<uint64_t>(most, scan_.shingles[d]);
  }
  const uint64_t keys = buckets_ == nullptr ? 0 : buckets_->MemberCount();
  return order_.size() * clustering_.of_document + keys * clustering_.of_key +
         static_cast<uint64_t>(options_.threads) *
             (kOfThread + most * kOfShingle);
}

// Beside `others` bytes that have been taken and not yet been touched.
absl::Status MatchJob::MakeCache(uint64_t others) {
  // Sets come and go in all sizes, and leave gaps that nobody fills; and about
  // an eighth as many wait for their turn (SetCache::HashesAhead).
  constexpr double kFilled = 0.6;
  const auto with_gaps = [](size_t bytes) {
    return static_cast<size_t>(static_cast<double>(bytes) / kFilled);
  };
  WIRECOPY_ASSIGN_OR_RETURN(
      const size_t room,
      memory_.Share(with_gaps(options_.cache_bytes), with_gaps(kLeastCache),
                    BytesOfClustering() + others));
  const size_t bytes =
      std::min(options_.cache_bytes,
               static_cast<size_t>(static_cast<double>(room) * kFilled));
  cache_ = std::make_unique<SetCache>(text_sets_.get(), bytes);
  if (memory_.IsBounded()) {
    // What is filed under shingles cannot be foretold.
    const uint64_t part = options_.memory.bytes / 16;
    SetCache::Watch watch;
    watch.is_short = [this, part](bool is_full) {
      return !memory_.Check(is_full ? 0 : part).ok();
    };
    watch.is_kept = [this] { return memory_.CheckKept().ok(); };
    watch.fail = [this] { NoteMemoryError(memory_.NoRoom()); };
    watch.least = kLeastCache;
    watch.least_to_file = std::max<size_t>(kLeastCache, part);
    cache_->WatchMemory(std::move(watch));
  }
  return absl::OkStatus();
}

// Those of documents that will be compared.
void MatchJob::GiveEarlySets() {
  ShingleSetList early;
  for (auto& [d, set] : std::exchange(scan_.early_sets, {})) {
    if (task_.IsTwin(d) || buckets_->Of(d).empty()) continue;
    early.emplace_back(d, std::move(set));
  }
  text_sets_->GiveEarlySets(std::move(early));
}

namespace {

// Keys that nobody shares: buckets of them are soon found, and take no memory.
void WriteDifferentKeys(size_t first, std::span<uint32_t> keys) {
  constexpr uint32_t kOdd = 0x9E3779B1;  // so that products differ, too
  for (size_t i = 0; i < keys.size(); ++i) {
    keys[i] = static_cast<uint32_t>(first + i) * kOdd;
  }
}

}  // namespace

absl::Status MatchJob::FindBuckets(bool in_stages) {
  BeginStage(options_.progress, "band");
  // Without twins: they meet only the documents that they equal.
  std::vector<uint32_t> documents;
  for (uint32_t d = 0; d < twin_of_.size(); ++d) {
    if (scan_.shingles[d] > 0 && twin_of_[d] == d) documents.push_back(d);
  }
  filter_ = std::make_unique<SlotFilter>(*scan_.signatures, options_.threshold,
                                         SlotFilter::LossFor(options_.recall));
  WIRECOPY_ASSIGN_OR_RETURN(
      const int threads,
      memory_.Threads(options_.threads,
                      documents.size() * Buckets::kBytesOfThread));
  std::atomic<bool> is_in_vain = false;  // where memory_error_ is one
  const auto keys_of_band = [&](size_t band, size_t first,
                                std::span<uint32_t> keys) {
    if (first == 0) {  // once a band is often enough
      const absl::Status room = memory_.Check(0);
      NoteMemoryError(room);
      if (!room.ok()) is_in_vain = true;
    }
    if (is_in_vain) {
      WriteDifferentKeys(first, keys);
      return;
    }
    scan_.signatures->BandKeys(
        band, std::span(documents).subspan(first, keys.size()), keys);
  };
  if (in_stages) {
    WIRECOPY_ASSIGN_OR_RETURN(
        const std::vector<Buckets::Band> bands,
        FindBandsInStages(keys_of_band, documents, threads));
    if (stages_->EndsWith(Stage::kCandidates)) return MemoryError();
    buckets_ = std::make_unique<Buckets>(bands, order_.size());
  } else {
    buckets_ = std::make_unique<Buckets>(static_cast<size_t>(banding_->bands),
                                         keys_of_band, documents, order_.size(),
                                         filter_.get(), threads);
  }
  BeginStage(options_.progress, "verify");
  return MemoryError();
}

absl::Status MatchJob::CountHubs(bool counts_hubs) {
  std::vector<uint32_t> in_hubs;
  for (uint32_t d = 0; counts_hubs && d < order_.size(); ++d) {
    if (IsInHub(*buckets_, d)) in_hubs.push_back(d);
  }
  WIRECOPY_ASSIGN_OR_RETURN(const size_t bytes, MakeCounts(in_hubs));
  WIRECOPY_RETURN_IF_ERROR(MakeCache(bytes));
  ForEachSet(in_hubs, cache_.get(), [this](uint32_t d, const ShingleSet& set) {
    scan_.counts->AddAlone(*set);
    // It will be looked at again, and soon.
    cache_->Put(d, set);
  });
  return absl::OkStatus();
}

// For the shingles of these documents; returns what the counters will take.
absl::StatusOr<size_t> MatchJob::MakeCounts(
    std::span<const uint32_t> documents) {
  // Few counters make a search slower, and never wrong.
  constexpr size_t kLeast = size_t{1} << 20;
  size_t shingles = 0;
  for (const uint32_t d : documents) shingles += scan_.shingles[d];
  WIRECOPY_ASSIGN_OR_RETURN(
      const size_t bytes,
      memory_.Share(ShingleCounts::BytesFor(shingles), kLeast,
                    kLeastCache + BytesOfClustering()));
  while (ShingleCounts::BytesFor(shingles) > bytes) shingles /= 2;
  scan_.counts = std::make_unique<ShingleCounts>(shingles);
  return ShingleCounts::BytesFor(shingles);
}

std::unique_ptr<ContainmentIndex> MatchJob::NewContainmentIndex() const {
  return std::make_unique<ContainmentIndex>(*scan_.counts, order_.size(),
                                            options_.threshold);
}

std::unique_ptr<ContainmentIndex> MatchJob::MakeContainmentIndex() {
  auto index = NewContainmentIndex();
  std::vector<uint32_t> singles;
  for (uint32_t d = 0; d < order_.size(); ++d) {
    if (!task_.IsTwin(d)) singles.push_back(d);
  }
  ForEachSet(
      singles, cache_.get(),
      [&index](uint32_t d, const ShingleSet& set) { index->Insert(d, *set); });
  return index;
}

MatchStats MatchJob::Stats(uint64_t candidates, uint64_t verified_pairs) const {
  MatchStats stats;
  stats.candidates = candidates + twin_count_;
  stats.verified_pairs = verified_pairs + twin_count_;
  stats.banding = banding_;
  if (banding_) {
    stats.expected_recall =
        CandidateProbability(options_.threshold, *banding_) *
        (1 - filter_->loss());
  }
  return stats;
}

}  // namespace wirecopy
