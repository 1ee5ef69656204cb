// A batch of changes in memory: what the store holds, and what is to become of
// it. Documents are decided upon one after another, each against all before it.

#ifndef WIRECOPY_INDEX_BATCH_H_
#define WIRECOPY_INDEX_BATCH_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/candidate_reader.h"
#include "index/lookup.h"
#include "index/pending_lists.h"
#include "passage/hits.h"

namespace wirecopy {

// What is known of a document once its turn has come.
struct Decision {
  IndexStatus status = IndexStatus::kNew;
  std::optional<DocumentId> held_as;  // as in IndexAnswer
  bool was_orphan = false;
  std::optional<uint32_t> of;
  double similarity = 0;
  double former_similarity = 0;
  // The documents that passages are to be looked for in, by number, and where
  // fingerprints agree (a: there, b: here).
  std::vector<std::pair<uint32_t, Hit>> hits;
  // Of these documents those of which nobody has kept anything, for they were
  // duplicates when they came, and those of which it may be not all
  // (DocumentRecord::may_be_cut), rising; where passages are to have runs.
  std::vector<uint32_t> unkept;
};

class Batch {
 public:
  // What is asked is compared with all that is held. What is added is compared
  // with what has been kept, and takes the place of orphans.
  enum class Use { kChange, kQuestion };

  // All but the options must outlive this. `counts` is what the store has.
  Batch(Use use, const IndexParameters& parameters,
        const StoredDocuments& stored, const IndexCounts& counts,
        const IndexOptions& options, RecentSets* recent);

  // Reads what the store has under the bands and fingerprints of these.
  absl::Status Prefetch(std::span<const Lookup> lookups, int threads);
  const PendingLists& bands() const { return bands_; }
  const PendingLists& prints() const { return prints_; }

  // Decides upon the next document, which must outlive this, and takes it in.
  absl::StatusOr<Decision> Add(const Document& document, Lookup lookup);

  // Removes a document; false where there is none.
  absl::StatusOr<bool> Remove(const DocumentId& id);

  // Whether there is anything to write.
  bool changes_anything() const { return changes_anything_; }
  const IndexCounts& counts() const { return counts_; }

  // Writes all of it into `changes`.
  void Write(Store::Changes* changes);
  // Once these are in the store, and nothing more is asked of this: has the
  // sets at hand of added documents that later ones are compared with, as far
  // as there is memory.
  void GiveSets() noexcept;

  // Of any document that a decision names, also where it was removed since.
  // Thread-safe while nothing is added.
  absl::StatusOr<DocumentId> Id(uint32_t number) const;
  absl::StatusOr<std::string> Text(uint32_t number) const;

 private:
  // A document that was added: number - first_.
  struct Fresh {
    const Document* document = nullptr;  // none under a number of kept_since
    Analysis analysis;
  };
  // What reaches the threshold with a document.
  struct Similar {
    uint32_t document;
    double similarity;
  };
  // Documents that are duplicates of nothing, by number. To a question all of
  // them are kept.
  struct Found {
    std::vector<Similar> kept;
    std::vector<Similar> orphans;
    // Those that may be duplicates of the document: for containment, which is
    // not the same both ways, all that were looked at.
    std::vector<uint32_t> may_lose_places;
  };

  // Lists of a damaged store may name any number.
  bool IsFresh(uint32_t number) const {
    return number >= first_ && number - first_ < fresh_.size() &&
           fresh_[number - first_].document != nullptr;
  }
  absl::StatusOr<uint32_t> TakeNumber(Fresh fresh);
  absl::StatusOr<std::optional<uint32_t>> Find(const DocumentId& id) const;
  // The document by the id that it is to be held under: one of renamed_ where
  // its own was made and is another text's.
  absl::StatusOr<const Document*> Named(const Document& document,
                                        const Analysis& analysis);
  absl::StatusOr<DocumentRecord> Record(uint32_t number) const;
  // The analysis of a document; of the store's one, made in *made.
  absl::StatusOr<const Analysis*> AnalysisOf(uint32_t number, Analysis* made);

  absl::StatusOr<Found> FindSimilar(const Analysis& analysis,
                                    const Lookup* lookup);
  static std::optional<Similar> MostSimilar(const std::vector<Similar>& found);
  absl::StatusOr<std::vector<uint32_t>> Candidates(const Analysis& analysis);
  // The list of a fingerprint; to a question without what it would revise.
  // Valid until the next call.
  absl::StatusOr<std::string_view> PrintsOf(uint64_t key);
  absl::StatusOr<SetComparison> Compare(const Analysis& analysis,
                                        const Lookup* lookup,
                                        uint32_t candidate);
  // With the documents that were added before this number; what was kept of
  // them is what it was when another was the next.
  absl::Status CollectHits(const Analysis& analysis, uint32_t before,
                           uint32_t next, Decision* decision);
  absl::Status NoteUnkept(uint32_t next, Decision* decision);
  // Whether something was kept nowhere that was cut out of a document that has
  // been kept.
  absl::StatusOr<bool> MayBeCut(uint32_t number, const DocumentRecord& record);

  // A document that is held with this very text.
  absl::Status AddAgain(uint32_t held, DocumentRecord record,
                        const Analysis& analysis, Decision* decision);
  // What was decided upon it.
  absl::Status Repeat(uint32_t held, const DocumentRecord& record,
                      const Analysis& analysis, Decision* decision);
  // Whether it is an orphan, or a duplicate of one: nobody has kept it.
  absl::StatusOr<bool> IsOfOrphans(const DocumentRecord& record) const;
  absl::Status Keep(uint32_t held, DocumentRecord* record,
                    const Analysis& analysis, std::vector<uint32_t> orphans);

  absl::Status FileBands(uint32_t number, const Analysis& analysis);
  // Whether a list left it out.
  absl::StatusOr<bool> FilePrints(uint32_t number, const Analysis& analysis);
  // Returns its number.
  absl::StatusOr<uint32_t> File(const Document& document, Lookup lookup,
                                const Decision& decision);
  // Takes a document out of all lists; what was a duplicate of it goes to
  // *duplicates.
  absl::Status Unfile(uint32_t number, const DocumentRecord& record,
                      std::vector<uint32_t>* duplicates);
  // Of a document that goes, and what shares fingerprints with it.
  absl::Status MarkCut(uint32_t gone, std::vector<uint32_t> sharers);
  absl::Status FindDuplicates(uint32_t number,
                              std::vector<uint32_t>* duplicates);
  // Finds out anew what these are duplicates of: of what is kept, or else of an
  // orphan, or they are orphans themselves.
  absl::Status Redecide(std::vector<uint32_t> duplicates);
  // That memory suffices for so many more.
  absl::Status CheckRoom(size_t redecided);
  // Makes orphans duplicates of another document, one that is kept, as far as
  // they are.
  absl::Status TakePlaces(uint32_t number, const Analysis& analysis,
                          std::span<const uint32_t> orphans);
  absl::Status UnfileBands(uint32_t number, const Analysis& analysis);
  void BeOrphan(bool is_orphan, DocumentRecord* record);
  void EndDuplicate(uint32_t number, DocumentRecord* record);
  void MakeDuplicate(uint32_t number, const Similar& of,
                     DocumentRecord* record);

  void WriteDocuments(Store::Changes* changes);

  const IndexParameters& parameters_;
  const StoredDocuments& stored_;
  const bool is_question_;
  const uint32_t first_;
  const bool answers_passages_;
  const bool answers_runs_;
  const bool repeats_answers_;
  const size_t most_text_bytes_;
  IndexCounts counts_;
  bool changes_anything_ = false;
  Analyzer analyzer_;
  RecentSets& recent_;
  StoredSets sets_;
  std::vector<Fresh> fresh_;
  std::deque<Document> renamed_;  // which fresh ones may be
  absl::flat_hash_map<uint32_t, DocumentRecord> records_;  // new and changed
  absl::flat_hash_map<uint32_t, DocumentRecord> removed_;
  absl::flat_hash_set<uint32_t> replaced_;  // orphans that are none any more
  // What MayBeCut found out by lists, as these are now.
  absl::flat_hash_map<uint32_t, bool> cut_beyond_lists_;
  // By the key of the id.
  absl::flat_hash_map<std::string, std::optional<uint32_t>> ids_;
  // Duplicates that became so here, by what they are duplicates of.
  absl::flat_hash_map<uint32_t, std::vector<uint32_t>> duplicates_;
  std::vector<std::string> dropped_duplicates_;  // keys
  size_t redecided_ = 0;
  PendingLists bands_;
  PendingLists prints_;
  CandidateReader reader_;
  PrintList print_list_;
  std::string prints_left_;
  std::vector<Hit> hits_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_BATCH_H_
