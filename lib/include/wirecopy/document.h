// Documents as the engine meets them: records, and the interface to wherever
// their texts are.

#ifndef WIRECOPY_DOCUMENT_H_
#define WIRECOPY_DOCUMENT_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace wirecopy {

// A document's name: a string or an integer, written out as it came in.
struct DocumentId {
  bool is_integer = false;
  std::string text;  // an integer's digits, or the string itself

  // NOLINTNEXTLINE(modernize-use-nullptr): of the compiler's own making
  friend bool operator==(const DocumentId&, const DocumentId&) = default;
  // Strings before integers; strings by their bytes, integers by their value.
  friend std::strong_ordering operator<=>(const DocumentId& a,
                                          const DocumentId& b);
};

// Told how far a long job is. Called from any thread, not too often.
class ProgressListener {
 public:
  virtual ~ProgressListener() = default;

  // `done` of `total` units (bytes read, documents verified) of a stage.
  virtual void Advance(std::string_view stage, uint64_t done,
                       uint64_t total) = 0;

  // From here on the job is at another stage. Of de-duplication and pairs:
  // "band", where candidates are looked for; "verify", where they are compared;
  // "write", where pairs are given to whoever asked. Of passages: "seed", where
  // fingerprints are put in order; "align", where documents that share some are
  // aligned; "report", where what was found is described and put into groups.
  // Of a trace besides: "lineage", where families are given their trees;
  // "verdicts", where each pair is decided. A stage may come again. Called on
  // the thread that called the job, after the scan.
  virtual void BeginStage(std::string_view /*stage*/) {}
};

// Takes texts as a source finds them.
class DocumentSink {
 public:
  virtual ~DocumentSink() = default;

  // Called once, first: what follows will name workers below `workers`. Calls
  // of one worker never overlap; those of different workers do.
  virtual void Begin(int workers) = 0;

  // From here on the worker adds the texts of this block. Blocks are numbered
  // from 0 in input order, without gaps; each is begun once.
  virtual void BeginBlock(int worker, size_t block) = 0;

  // The next text (any bytes) of the worker's block.
  virtual void Add(int worker, std::string_view text) = 0;
};

// What a document says of itself besides its text. Empty where it does not.
struct DocumentDetails {
  std::string_view title;
  std::string_view url;
  std::string_view canonical;    // the address that the text belongs to
  std::string_view is_based_on;  // what it was made from (schema.org isBasedOn)
  // Its time of publication is a date alone (then that is its midnight in UTC),
  // or without a zone.
  bool published_is_uncertain = false;
};

// Reads texts again. One a thread.
class TextReader {
 public:
  virtual ~TextReader() = default;

  // The text of a document; valid until the next call. Empty where it cannot
  // be read any more, which the source's ReadError then tells.
  virtual std::string_view Text(uint32_t document) = 0;

  // Of the document whose text was read last; valid as long as that.
  virtual DocumentDetails Details() const { return {}; }
};

// A collection of documents. Numbers run from 0 in input order.
class DocumentSource {
 public:
  virtual ~DocumentSource() = default;

  // Reads everything once, with up to `threads` threads, and gives every text
  // to the sink. What follows may be called when this has returned OK, from
  // any thread. Some of the texts given to the sink may turn out to be no
  // documents (their id was taken): Origin tells which are.
  virtual absl::Status Scan(int threads, DocumentSink* sink) = 0;

  // Fewer than 2^32 - 1.
  virtual uint32_t size() const = 0;

  // A document was the index-th text of its block.
  struct Place {
    size_t block = 0;
    size_t index = 0;
  };
  virtual Place Origin(uint32_t document) const = 0;

  virtual DocumentId Id(uint32_t document) const = 0;
  virtual std::optional<absl::Time> Published(uint32_t document) const = 0;
  // Empty where it is not known. Valid as long as the source.
  virtual std::string_view Publisher(uint32_t /*document*/) const { return {}; }
  virtual std::unique_ptr<TextReader> NewReader() const = 0;

  // About how many bytes of text there are, known before Scan: a hint for how
  // much memory to take.
  virtual uint64_t ExpectedBytes() const = 0;

  // The first error that a reader met. What was made of the texts counts only
  // when this is OK.
  virtual absl::Status ReadError() const { return absl::OkStatus(); }
};

// A document in memory.
struct Document {
  DocumentId id;
  std::string_view text;
  std::optional<absl::Time> published;
  std::string_view publisher = {};
  DocumentDetails details = {};
  // It had no id, and this one says where it stood (its line, its row): another
  // input's document may stand there, too. What an index makes of that:
  // IndexAnswer::held_as.
  bool has_made_id = false;
};

// Documents in memory, whose ids the caller keeps distinct. The span and the
// texts must outlive the source.
std::unique_ptr<DocumentSource> NewMemorySource(
    std::span<const Document> documents);

}  // namespace wirecopy

#endif  // WIRECOPY_DOCUMENT_H_
