// What becomes of a document by an index's answer, where an index is what a
// stream of documents is de-duplicated with.

#ifndef WIRECOPY_ENGINE_INDEX_VERDICT_H_
#define WIRECOPY_ENGINE_INDEX_VERDICT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/document.h"
#include "wirecopy/index.h"
#include "wirecopy/text.h"

namespace wirecopy {

// What passages that were seen before do to a document that is no duplicate.
enum class PassageUse {
  kNone,
  kRemove,    // their runs are cut out; a document that has no word left goes
  kAnnotate,  // they are noted
  kDrop,      // it goes
};

struct IndexVerdictOptions {
  PassageUse passages = PassageUse::kNone;
  // Passages and runs of fewer words (as PassageOptions counts) do not count.
  uint32_t min_words = 0;
  // Whether passages that only documents have that nobody has kept are cut,
  // too.
  bool cuts_by_unkept = false;
  // Whether a document that is present is kept again, where it was kept when
  // it was added; the answer is to say so (IndexOptions::repeats_answers).
  bool keeps_present = true;
};

// A stretch of a text that was seen before: passages, or runs, that overlap or
// touch.
struct SeenSpan {
  size_t begin = 0;  // in the unit of the answer's places
  size_t end = 0;
  // Of its passage, or run, with the most words, of equals the first.
  DocumentId other;
  uint32_t words = 0;
  double identity = 0;
};

struct IndexVerdict {
  // Why a document goes; none where it is kept.
  struct Removal {
    DocumentId kept;  // what it is a duplicate of, or has most from
    // Exact; by passages, the share of its bytes that lies in its spans.
    double similarity = 0;
    bool is_by_passages = false;
  };
  std::optional<Removal> removal;
  // Rising, apart; none of a duplicate. Of runs where they are cut, else of
  // passages.
  std::vector<SeenSpan> spans;
  std::vector<SeenSpan> cuts;  // where spans are noted: what would be cut
};

// Words that differ within a passage are in its span, and in none of its runs.
std::vector<SeenSpan> JoinPassages(std::span<const SeenPassage> passages,
                                   uint32_t min_words);
std::vector<SeenSpan> JoinRuns(std::span<const SeenPassage> passages,
                               uint32_t min_words, bool with_unkept);

// Where passages are removed or dropped by, the answer's places are in bytes;
// where they are removed or noted, it has runs. Linear in the text, where these
// are removed.
IndexVerdict JudgeAnswer(const Document& document, const IndexAnswer& answer,
                         const IndexVerdictOptions& options);

// What is to be cut, and a text without it.
std::vector<ByteSpan> CutsOf(std::span<const SeenSpan> spans);
std::string WithoutCuts(std::string_view text, std::span<const ByteSpan> cuts);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_INDEX_VERDICT_H_
