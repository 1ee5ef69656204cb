// The passages of a document that others had before it.

#ifndef WIRECOPY_INDEX_PASSAGE_FINDER_H_
#define WIRECOPY_INDEX_PASSAGE_FINDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/batch.h"
#include "passage/pair_report.h"
#include "passage/token_aligner.h"
#include "wirecopy/offsets.h"

namespace wirecopy {

// Keeps its buffers, and documents that it has read, for what many take text
// from comes again and again; one a thread. Numbers of documents that have been
// committed are never used twice, so that it may go from batch to batch; those
// of a batch that came to nothing are, and then it may not.
class PassageFinder {
 public:
  // Documents that are kept.
  static constexpr size_t kSides = 64;

  // Texts of `most_kept` bytes at most are kept. `finds_runs` as in
  // IndexOptions::answers_runs.
  PassageFinder(const PassageOptions& options, OffsetUnit unit, bool finds_runs,
                size_t most_kept)
      : unit_(unit),
        least_run_(finds_runs ? std::optional(options.min_words)
                              : std::nullopt),
        most_kept_(most_kept),
        aligner_(options),
        report_(options),
        seed_(options.seed),
        later_(options.seed) {}

  // Aligns `text` with the documents of the decision's hits, whose texts the
  // batch has.
  absl::Status Find(std::string_view text, const Decision& decision,
                    const Batch& batch, std::vector<SeenPassage>* passages);

 private:
  // An earlier document.
  struct Side {
    explicit Side(uint64_t seed) : reader(seed) {}
    uint32_t document = 0;
    std::string text;
    SideReader reader;
    OffsetConverter offsets;
  };

  // Valid until the next call.
  absl::StatusOr<const Side*> SideOf(uint32_t document, const Batch& batch);
  absl::Status AlignWith(uint32_t document, const Batch& batch,
                         std::vector<SeenPassage>* passages);
  absl::Status Add(const Side& side, const Batch& batch,
                   std::vector<SeenPassage>* passages);
  // Adds the runs of a passage of the report.
  void AddRuns(const Side& side, size_t passage, std::vector<SeenRun>* runs);
  // Not only codes, which different words may have alike by chance.
  bool HaveSameWords(const Side& side, const TokenRun& run) const;

  const OffsetUnit unit_;
  const std::optional<int> least_run_;  // in words; none where none are found
  const size_t most_kept_;
  TokenAligner aligner_;
  PairReport report_;
  const uint64_t seed_;
  SideReader later_;
  OffsetConverter offsets_;
  std::vector<Hit> hits_;
  // By the number's remainder; null where there was none yet.
  std::array<std::unique_ptr<Side>, kSides> sides_;
};

// Finders that are at rest, none of which has read what is not committed.
// Thread-safe.
class PassageFinderPool {
 public:
  PassageFinderPool(const PassageOptions& passages, const IndexOptions& options)
      : passages_(passages),
        unit_(options.offsets),
        finds_runs_(options.answers_runs),
        most_kept_(MostKept(options.most_text_bytes)) {}

  std::unique_ptr<PassageFinder> Take();
  void GiveBack(std::unique_ptr<PassageFinder> finder);
  // That one that was taken does not come back.
  void Lose();
  size_t at_rest();

 private:
  const PassageOptions passages_;
  const OffsetUnit unit_;
  const bool finds_runs_;
  // Bytes of a text that a finder keeps.
  static size_t MostKept(size_t most_text_bytes);

  const size_t most_kept_;
  std::mutex mutex_;
  size_t made_ = 0;
  std::vector<std::unique_ptr<PassageFinder>> resting_;  // has room for all
};

// Some finders of a pool, which has them back at the end, unless they are
// dropped before.
class LentFinders {
 public:
  LentFinders(PassageFinderPool* pool, int count);
  ~LentFinders();
  LentFinders(const LentFinders&) = delete;
  LentFinders& operator=(const LentFinders&) = delete;
  void Drop();

  PassageFinder* Of(int worker) const {
    return finders_[static_cast<size_t>(worker)].get();
  }

 private:
  PassageFinderPool& pool_;
  std::vector<std::unique_ptr<PassageFinder>> finders_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_PASSAGE_FINDER_H_
