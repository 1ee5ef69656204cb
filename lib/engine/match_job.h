// What de-duplication and the similarity report have in common: a scanned
// corpus, its twins, its sets and the keys that bring candidates together.

#ifndef WIRECOPY_ENGINE_MATCH_JOB_H_
#define WIRECOPY_ENGINE_MATCH_JOB_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "base/memory_plan.h"
#include "base/scratch_file.h"
#include "cluster/clustering.h"
#include "engine/corpus_scan.h"
#include "engine/text_sets.h"
#include "lsh/band_candidates.h"
#include "lsh/buckets.h"
#include "lsh/prefix_index.h"
#include "lsh/slot_filter.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

// The bands that a search with these options goes by.
absl::StatusOr<Banding> BandingFor(const MatchOptions& options);

// Made by Create; its parts refer to one another, so it stays where it is.
class MatchJob {
 public:
  // Scans the source. Both must outlive the job. `clustering` is what whoever
  // goes by the keys is going to take, of which a bound on memory leaves room.
  static absl::StatusOr<std::unique_ptr<MatchJob>> Create(
      const MatchOptions& options, const ClusteringBytes& clustering,
      DocumentSource* source);

  // The same, by bands, with what `stages` has of it; those outlive the job
  // too. SetOrder then does what is this process's up to the candidates, and
  // BeginWalk comes after it.
  static absl::StatusOr<std::unique_ptr<MatchJob>> CreateInStages(
      const MatchOptions& options, const ClusteringBytes& clustering,
      PartedSource* source, Stages* stages);

  MatchJob(const MatchJob&) = delete;
  MatchJob& operator=(const MatchJob&) = delete;

  // Sets the order in which documents are preferred, and finds the twins. To
  // be called before what follows. ResourceExhausted where memory's bound is
  // too low.
  absl::Status SetOrder(std::vector<uint32_t> order);

  // Makes keys() and what task() needs to read sets. Without `counts_hubs`, for
  // walks that meet no document of a hub.
  absl::Status BeginWalk(bool counts_hubs);

  // Whether all that was read so far was read as it is.
  absl::Status CheckRead() const;

  // Whether what was set aside could be written, and read again, and memory
  // kept to its bound: what was found counts only then.
  absl::Status MemoryError() const;

  // Whether so many bytes more may be taken.
  absl::Status CheckMemory(uint64_t more) const { return memory_.Check(more); }

  const ClusterTask& task() const { return task_; }
  const CorpusScan& scan() const { return scan_; }

  // With bands, once there is an order; null before, and without them.
  const Buckets* buckets() const { return buckets_.get(); }

  // For resemblance.
  CandidateKeys* keys() { return keys_.get(); }
  // For containment: empty, or with every document that is nobody's twin.
  std::unique_ptr<ContainmentIndex> NewContainmentIndex() const;
  std::unique_ptr<ContainmentIndex> MakeContainmentIndex();

  MatchStats Stats(uint64_t candidates, uint64_t verified_pairs) const;

 private:
  MatchJob(const MatchOptions& options, const ClusteringBytes& clustering,
           DocumentSource* source);
  absl::Status Scan();
  std::vector<uint32_t> FindTwins();
  void VerifyTwins(std::span<const uint32_t> twins);
  absl::Status VerifyTwinsInStages(std::span<const uint32_t> twins,
                                   bool* are_twins);
  absl::Status MakeTwinUnits(
      std::span<const StageUnit> units, std::span<const size_t> missing,
      const std::function<std::span<const uint32_t>(size_t)>& twins_of);
  absl::Status SetOrderInStages(const std::vector<uint32_t>& twins);
  absl::Status FindBuckets(bool in_stages);
  absl::StatusOr<std::vector<Buckets::Band>> FindBandsInStages(
      const Buckets::KeysOfBand& keys_of_band,
      std::span<const uint32_t> documents, int threads);
  absl::Status CountHubs(bool counts_hubs);
  uint64_t BytesOfClustering() const;
  absl::Status MakeCache(uint64_t others);
  void GiveEarlySets();
  absl::StatusOr<size_t> MakeCounts(std::span<const uint32_t> documents);
  void NoteMemoryError(const absl::Status& error);

  const MatchOptions& options_;
  const ClusteringBytes clustering_;
  DocumentSource& source_;
  PartedSource* parted_ = nullptr;  // the source, where there are stages
  Stages* stages_ = nullptr;
  const MemoryPlan memory_;
  std::unique_ptr<ScratchFile> scratch_;  // null where memory has no bound
  mutable std::mutex memory_mutex_;       // threads find bands side by side
  absl::Status memory_error_;             // the first that a clustering met
  std::optional<Banding> banding_;
  CorpusScan scan_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> rank_;
  std::vector<uint32_t> twin_of_;
  std::unique_ptr<TextSets> text_sets_;
  std::unique_ptr<SetCache> cache_;
  std::unique_ptr<SlotFilter> filter_;  // null without bands; like buckets_
  std::unique_ptr<Buckets> buckets_;
  std::unique_ptr<CandidateKeys> keys_;
  uint64_t twin_count_ = 0;  // pairs of a document and its twin
  ClusterTask task_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_MATCH_JOB_H_
