#include "engine/staged_dedup.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/freed_memory.h"
#include "base/piece_bytes.h"
#include "base/scratch_file.h"
#include "base/status_macros.h"
#include "cluster/star.h"
#include "cluster/walk_batches.h"
#include "engine/dedup_result.h"
#include "engine/keep_order.h"
#include "engine/match_job.h"

namespace wirecopy {
namespace {

// The walk of stars, batch by batch.
class BatchWalk {
 public:
  BatchWalk(MatchJob* job, PartedSource* source, int threads, Stages* stages)
      : job_(*job),
        source_(*source),
        threads_(threads),
        stages_(*stages),
        result_(job->task().order.size()) {}

  // Does what is missing. Of all batches, unless this process ends here.
  absl::Status Run();

  // Of all batches, and the twins of their documents.
  absl::StatusOr<Clustering> Finish();

 private:
  struct Batch {
    WalkBatch walk;
    StageUnit unit;
  };

  void MakeBatches();
  absl::Status Walk(std::span<const size_t> missing);
  absl::Status Save(const Batch& batch, uint64_t candidates,
                    uint64_t verified) const;
  bool Read(const Batch& batch, PieceReader* in);

  MatchJob& job_;
  PartedSource& source_;
  const int threads_;
  Stages& stages_;
  std::vector<Batch> batches_;
  Clustering result_;
};

void BatchWalk::MakeBatches() {
  // Of shingles to compare: some seconds' work, or a part of little.
  constexpr uint64_t kBatches = 64;
  constexpr uint64_t kLeast = uint64_t{1} << 14;
  constexpr uint64_t kMost = uint64_t{1} << 24;
  const Buckets& buckets = *job_.buckets();
  std::vector<uint32_t> walk;
  uint64_t total = 0;
  for (const uint32_t d : job_.task().order) {
    if (job_.task().IsTwin(d) || buckets.Of(d).empty()) continue;
    walk.push_back(d);
    total += job_.scan().shingles[d];
  }
  std::vector<WalkBatch> walks =
      MakeWalkBatches(buckets, walk, job_.scan().shingles,
                      std::clamp(total / kBatches, kLeast, kMost));
  std::vector<uint64_t> costs;
  costs.reserve(walks.size());
  for (const WalkBatch& batch : walks) costs.push_back(batch.cost);
  const std::vector<uint32_t> dealt =
      DealHeaviestFirst(costs, stages_.shards());
  batches_.reserve(walks.size());
  for (size_t i = 0; i < walks.size(); ++i) {
    batches_.push_back(
        {std::move(walks[i]), {UnitName("verify.", i), dealt[i]}});
  }
}

absl::Status BatchWalk::Run() {
  // What making them takes, and they.
  constexpr uint64_t kOfDocument = 32;
  constexpr uint64_t kOfBucket = 4;
  WIRECOPY_RETURN_IF_ERROR(
      job_.CheckMemory(job_.task().order.size() * kOfDocument +
                       job_.buckets()->count() * kOfBucket));
  MakeBatches();
  std::vector<StageUnit> units;
  units.reserve(batches_.size());
  for (const Batch& batch : batches_) units.push_back(batch.unit);
  WIRECOPY_RETURN_IF_ERROR(stages_.CheckDone(Stage::kVerify, units));
  std::vector<size_t> missing;
  for (size_t i = 0; i < batches_.size(); ++i) {
    if (!stages_.Wants(Stage::kVerify, units[i])) continue;
    WIRECOPY_ASSIGN_OR_RETURN(const std::unique_ptr<StagePiece> piece,
                              stages_.Find(Stage::kVerify, units[i]));
    if (piece == nullptr) {
      missing.push_back(i);
    } else if (!Read(batches_[i], &piece->in())) {
      return stages_.Senseless(units[i], *piece);
    }
  }
  return missing.empty() ? absl::OkStatus() : Walk(missing);
}

absl::Status BatchWalk::Walk(std::span<const size_t> missing) {
  bool has_hubs = false;
  std::vector<uint32_t> to_read;
  for (const size_t i : missing) {
    const WalkBatch& batch = batches_[i].walk;
    has_hubs |= batch.has_hubs;
    to_read.insert(to_read.end(), batch.documents.begin(),
                   batch.documents.end());
  }
  WIRECOPY_RETURN_IF_ERROR(source_.OpenTexts(to_read, threads_));
  to_read = std::vector<uint32_t>();
  WIRECOPY_RETURN_IF_ERROR(job_.BeginWalk(has_hubs));
  StarWalk walk(job_.task(), *job_.keys(), &result_);
  for (const size_t i : missing) {
    const uint64_t candidates = result_.candidates;
    const uint64_t verified = result_.verified_pairs;
    walk.Walk(batches_[i].walk.documents);
    WIRECOPY_RETURN_IF_ERROR(job_.CheckRead());
    WIRECOPY_RETURN_IF_ERROR(Save(batches_[i], result_.candidates - candidates,
                                  result_.verified_pairs - verified));
  }
  return absl::OkStatus();
}

absl::Status BatchWalk::Save(const Batch& batch, uint64_t candidates,
                             uint64_t verified) const {
  std::vector<uint32_t> removed;
  std::vector<uint32_t> kept;
  std::vector<uint64_t> similarities;
  for (const uint32_t d : batch.walk.documents) {
    if (result_.kept_of[d] == d) continue;
    removed.push_back(d);
    kept.push_back(result_.kept_of[d]);
    similarities.push_back(std::bit_cast<uint64_t>(result_.similarities[d]));
  }
  return stages_.Save(batch.unit, [&](PieceWriter* out) {
    out->Add(candidates);
    out->Add(verified);
    out->AddList(removed);
    out->AddList(kept);
    out->AddList(similarities);
    return absl::OkStatus();
  });
}

bool BatchWalk::Read(const Batch& batch, PieceReader* in) {
  result_.candidates += in->Get<uint64_t>();
  result_.verified_pairs += in->Get<uint64_t>();
  std::vector<uint32_t> removed;
  std::vector<uint32_t> kept;
  std::vector<uint64_t> similarities;
  in->GetList(&removed);
  in->GetList(&kept);
  in->GetList(&similarities);
  if (!in->IsAtEnd() || removed.size() != kept.size() ||
      removed.size() != similarities.size()) {
    return false;
  }
  // In the batch's order, and each for one that stands before it there.
  const std::span<const uint32_t> rank = job_.task().rank;
  auto next = batch.walk.documents.begin();
  for (size_t i = 0; i < removed.size(); ++i) {
    next = std::find(next, batch.walk.documents.end(), removed[i]);
    if (next == batch.walk.documents.end() || kept[i] >= rank.size() ||
        rank[kept[i]] >= rank[removed[i]] || job_.task().IsTwin(kept[i]) ||
        result_.kept_of[kept[i]] != kept[i]) {
      return false;
    }
    result_.kept_of[removed[i]] = kept[i];
    result_.similarities[removed[i]] = std::bit_cast<double>(similarities[i]);
  }
  return true;
}

absl::StatusOr<Clustering> BatchWalk::Finish() {
  FollowTwins(job_.task(), &result_);
  return std::move(result_);
}

}  // namespace

absl::Status ValidateForStages(const DedupOptions& options) {
  if (options.match.exact || options.match.measure == Measure::kContainment ||
      options.cluster == ClusterMethod::kComponents) {
    return absl::InvalidArgumentError(
        "stages go with bands and star clusters: an exact join, containment "
        "and components need all documents at once");
  }
  return Validate(options.match);
}

absl::StatusOr<DedupResult> DedupInStages(const DedupOptions& options,
                                          PartedSource* source,
                                          Stages* stages) {
  WIRECOPY_RETURN_IF_ERROR(ValidateForStages(options));
  WIRECOPY_ASSIGN_OR_RETURN(
      std::unique_ptr<MatchJob> job,
      MatchJob::CreateInStages(options.match, kBytesOfStar, source, stages));
  WIRECOPY_RETURN_IF_ERROR(
      job->SetOrder(KeepOrder(options.keep, *source, job->scan().code_points)));
  BatchWalk walk(job.get(), source, options.match.threads, stages);
  WIRECOPY_RETURN_IF_ERROR(walk.Run());
  WIRECOPY_ASSIGN_OR_RETURN(const Clustering clusters, walk.Finish());
  WIRECOPY_RETURN_IF_ERROR(job->CheckRead());
  DedupResult result = MakeDedupResult(*job, clusters);
  job.reset();
  if (options.match.memory.bytes > 0) ReturnFreedMemory();
  std::vector<uint32_t> all(source->size());
  std::iota(all.begin(), all.end(), 0U);
  WIRECOPY_RETURN_IF_ERROR(source->OpenTexts(all, options.match.threads));
  return result;
}

absl::Status DoShard(const DedupOptions& options, const StageTask& task,
                     PartedSource* source, Stages* stages) {
  WIRECOPY_RETURN_IF_ERROR(ValidateForStages(options));
  if (task.stage == Stage::kSketch) {
    WIRECOPY_ASSIGN_OR_RETURN(const Banding banding, BandingFor(options.match));
    std::unique_ptr<ScratchFile> scratch;  // none without a bound on memory
    if (options.match.memory.bytes > 0) {
      WIRECOPY_ASSIGN_OR_RETURN(
          scratch, ScratchFile::Create(options.match.memory.temp_folder));
    }
    return SketchParts(options.match, banding, scratch.get(), source, stages);
  }
  WIRECOPY_ASSIGN_OR_RETURN(
      std::unique_ptr<MatchJob> job,
      MatchJob::CreateInStages(options.match, kBytesOfStar, source, stages));
  WIRECOPY_RETURN_IF_ERROR(
      job->SetOrder(KeepOrder(options.keep, *source, job->scan().code_points)));
  if (task.stage == Stage::kCandidates) return job->CheckRead();
  BatchWalk walk(job.get(), source, options.match.threads, stages);
  return walk.Run();
}

}  // namespace wirecopy
