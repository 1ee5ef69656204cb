// The persistent index: documents that stay on disk, each answered against all
// that were added before it.
//
// docs/index.md says what is on disk, what a crash leaves, and what it costs.

#ifndef WIRECOPY_INDEX_H_
#define WIRECOPY_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "wirecopy/banding.h"
#include "wirecopy/document.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy {

// Of docs/index.md: an index of another version is refused.
inline constexpr uint32_t kIndexFormatVersion = 1;

// What an index is made with, and keeps.
struct IndexParameters {
  // At least so similar is a duplicate: in (0, 1], by the measure. Containment
  // is of the added document in an earlier one.
  double threshold = 0.8;
  Measure measure = Measure::kJaccard;
  // Of pairs right at the threshold, the share that bands are to find.
  // Containment goes without bands: it looks where passages are.
  double recall = 0.999;
  ShingleOptions shingle;
  // Whether passages are found; containment needs them.
  bool has_passages = true;
  PassageOptions passage;  // its seed is the shingles'

  // Chosen by Create from the threshold and the recall; none for containment.
  Banding banding;
};

absl::Status Validate(const IndexParameters& parameters);

// OK where both are the same but for their banding, which follows from the
// rest; FailedPrecondition that names the first that differs, and both values.
absl::Status CheckSame(const IndexParameters& held,
                       const IndexParameters& asked);

// A document that was a duplicate when it came is an orphan once what it was
// one of has been removed or revised, and it is one of nothing else: whoever
// keeps documents by their answers has kept nothing of it, nor of its own
// duplicates. So what is added is compared with orphans for passages alone, and
// takes their place: those that reach the threshold with it are its duplicates
// from then on. An orphan, or a duplicate of one, that is added once more is
// kept then (IndexAnswer::was_orphan), unless it is a duplicate of what is
// kept. To a question an orphan is a document like any other.
enum class IndexStatus {
  kNew,        // nothing of it was seen before
  kPassages,   // no duplicate, but some of its passages were seen before
  kDuplicate,  // an earlier document reaches the threshold
  kRevision,   // its id is held with another text, which it takes the place of
  kPresent,    // its id is held with this very text: nothing was added
};

// Its name in records: "new", "duplicate". Thread-safe.
std::string_view IndexStatusName(IndexStatus status);

// A stretch of a passage that is the same word for word in both documents: as
// Tokenize reads them, so but for case, marks and white space.
struct SeenRun {
  // As in SeenPassage. A run that follows another one at once in this document
  // begins where that ends.
  size_t begin = 0;
  size_t end = 0;
  uint32_t words = 0;  // tokens
  // Their length in thirds of a word: what sizes in PassageOptions are compared
  // with, in which a token of one character is two thirds.
  uint32_t thirds = 0;
};

// A passage that another document had before.
struct SeenPassage {
  DocumentId other;
  // Begin inclusive, end exclusive, in the index's unit of offsets.
  size_t begin = 0;
  size_t end = 0;
  size_t other_begin = 0;
  size_t other_end = 0;
  uint32_t words = 0;  // as in Passage
  uint32_t edits = 0;
  PassageKind kind = PassageKind::kCopy;
  uint32_t thirds = 0;  // of the words, as in SeenRun
  // Unless IndexOptions asks for runs, these are not looked for:
  // Whether the other document was a duplicate, or an orphan, when this one was
  // decided upon: who keeps one of each has kept nothing of it. Or, of one that
  // is none, whether a document before it that had some of its text is gone:
  // who cuts what was seen before has not kept all of it.
  bool other_is_unkept = false;
  // Runs of as many words as a passage of the index has at least, rising,
  // apart. Where words on both sides of one would run together without it, as
  // Latin ones around Han, its last word is none of it.
  std::vector<SeenRun> runs;
};

struct IndexAnswer {
  IndexStatus status = IndexStatus::kNew;
  // Its id in the index, where that is not the document's: a made id
  // (Document::has_made_id) that is held with another text is no revision of
  // that, but gets '#' and 16 hexadecimal digits that follow from its text.
  std::optional<DocumentId> held_as;
  // Of what is present: whether it was an orphan, or a duplicate of one, so
  // that it is only now that somebody keeps it.
  bool was_orphan = false;
  // The document that this one is a duplicate of: of those that are duplicates
  // of nothing, the most similar one. A revision may have one too, and so has
  // what is present where the index holds it as a duplicate.
  std::optional<DocumentId> of;
  double similarity = 0;         // exact, to it
  double former_similarity = 0;  // of a revision, to the text that it replaces
  // By the other documents' order of adding, then place.
  std::vector<SeenPassage> passages;
};

// A document as the index holds it.
struct StoredDocument {
  DocumentId id;
  std::string text;
  std::optional<absl::Time> published;
  bool published_is_uncertain = false;
  std::string publisher;  // empty where it is not known, as the next two
  std::string url;
  std::string title;
  std::optional<DocumentId> of;  // what it is a duplicate of
  double similarity = 0;         // exact, to that
  bool is_orphan = false;        // as above
};

struct IndexInfo {
  uint64_t documents = 0;
  uint64_t duplicates = 0;  // of these, duplicates of another
  uint64_t orphans = 0;     // and orphans, which are none
  uint64_t text_bytes = 0;
  uint64_t disk_bytes = 0;  // of all files
  // How often a document was not filed under a band, because as many as are
  // looked at were; such documents are found by their passages instead.
  uint64_t unfiled_bands = 0;
};

struct IndexOptions {
  int threads = 1;
  // For parts of the index that are kept at hand, a quarter of it for shingle
  // sets of documents that others were compared with last.
  size_t cache_bytes = size_t{256} << 20;
  // For what has been added and is in no file yet (but in a log, on disk).
  size_t write_bytes = size_t{224} << 20;
  // Texts of more bytes are neither added nor read for a comparison, which is
  // then a ResourceExhausted error, as is a change that leaves more than a
  // sixteenth as many duplicates to be decided upon anew; what else a call
  // takes is in proportion to its texts. 0 for no bound but that of Add.
  size_t most_text_bytes = 0;
  OffsetUnit offsets = OffsetUnit::kCodePoint;
  // Whether answers have passages. Without them documents are filed by theirs
  // all the same, but kPassages is never the answer.
  bool answers_passages = true;
  // Whether their passages have runs, and say which others nobody has kept.
  bool answers_runs = false;
  // Whether a document that is present gets the whole answer that it got when
  // it was added, but for its status: not only what it is a duplicate of, but
  // also its passages in documents before it. That is the very answer unless
  // one of these, or one with the same passages, has been removed or revised
  // since.
  bool repeats_answers = false;
};

struct IndexState;

// Query, Get and Info may be called from several threads at once, also beside a
// change; what changes the index, from one at a time. Errors name the folder:
// NotFound where there is no index, DataLoss where one is damaged,
// FailedPrecondition where it is open for writing already, PermissionDenied,
// ResourceExhausted (a full disk). After an error of a change all of it has
// been done or nothing, and the index is to be opened anew.
//
// An open index does not outlive fork(): in the new process all of it but
// parameters() is FailedPrecondition, and Close and the end leave the files
// alone, and some memory and descriptors behind. What was forked from a process
// that has had an index open may open one anew for reading, and, unless it
// executes a program, for writing none.
class Index {
 public:
  enum class Access { kRead, kWrite };

  // Makes an empty index in a folder that does not exist, or is empty.
  static absl::Status Create(const std::string& folder,
                             const IndexParameters& parameters);

  // One process may write; others read, each the state that was committed when
  // it opened.
  static absl::StatusOr<std::unique_ptr<Index>> Open(
      const std::string& folder, Access access, const IndexOptions& options);
  ~Index();

  const IndexParameters& parameters() const;

  // Answers for each document and adds it, in order: a document is compared
  // with those before it in the same call, too. All of them are on disk when
  // this returns, or none is. The answers do not depend on how documents are
  // divided into calls, nor on threads. Texts are UTF-8 of less than 1 GiB, ids
  // of less than 64 KiB; InvalidArgument names one that is not.
  absl::StatusOr<std::vector<IndexAnswer>> Add(
      std::span<const Document> documents);

  // What Add would answer for each of them alone, adding nothing, were there no
  // orphans.
  absl::StatusOr<std::vector<IndexAnswer>> Query(
      std::span<const Document> documents) const;

  // A document; none where its id is not held.
  absl::StatusOr<std::optional<StoredDocument>> Get(const DocumentId& id) const;

  // Each orphan, in the order of adding; ends with the first error of `visit`,
  // and with that. To add what it visits once more is to keep it.
  absl::Status VisitOrphans(
      const std::function<absl::Status(const StoredDocument&)>& visit) const;

  // Removes documents, and says of each whether it was there. What was a
  // duplicate of one is compared with the others again, which may leave
  // orphans.
  absl::StatusOr<std::vector<bool>> Remove(std::span<const DocumentId> ids);

  absl::StatusOr<IndexInfo> Info() const;

  // Reads everything: checksums of files, and whether the tables hold what the
  // documents say they must, and nothing else. DataLoss says what is wrong.
  absl::Status Verify() const;

  // Gives back what removed documents and revisions have left on disk, and
  // files documents where others made room for them.
  absl::Status Compact();

  // Closes the files; what it cannot write is an error. Implied by the end of
  // the object, which says nothing. All but parameters() is FailedPrecondition
  // after it, and to close once more does nothing. Not beside another call.
  absl::Status Close();

 private:
  explicit Index(std::unique_ptr<IndexState> state);

  std::unique_ptr<IndexState> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_H_
