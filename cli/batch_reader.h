// The documents of a corpus, a batch at a time.

#ifndef WIRECOPY_CLI_BATCH_READER_H_
#define WIRECOPY_CLI_BATCH_READER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/index_memory.h"
#include "io/corpus.h"
#include "wirecopy/document.h"

namespace wirecopy::cli {

class BatchReader {
 public:
  // A batch has `most` documents at most; fewer where their texts are long, and
  // where a pipe has no more for the time being. The corpus, which may have
  // been scanned, and is read on where it has not, must outlive this.
  // `memory`, which outlives this too, may be null, and ends batches earlier.
  BatchReader(Corpus* corpus, size_t most, IndexMemory* memory)
      : corpus_(*corpus),
        most_(most),
        memory_(memory),
        reader_(*corpus, /*reads_ahead=*/true) {}

  // The next batch, empty at the end; valid until the next call, when the
  // corpus forgets it. Numbers of its documents in the corpus end before
  // done().
  absl::StatusOr<std::span<const Document>> Next();

  uint32_t done() const { return next_; }

 private:
  // What a document is made of, held while its batch is under way.
  struct HeldDocument {
    std::string text;
    std::string title;
    std::string url;
    bool published_is_uncertain = false;
  };

  absl::StatusOr<bool> HasNext();
  absl::StatusOr<bool> HasRoom();
  void Hold(uint32_t document);
  Document DocumentOf(uint32_t document, const HeldDocument& held) const;

  Corpus& corpus_;
  const size_t most_;
  IndexMemory* const memory_;
  CorpusReader reader_;
  uint32_t next_ = 0;
  std::chrono::steady_clock::time_point begun_;  // with the first document
  std::vector<HeldDocument> held_;
  std::vector<Document> documents_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_BATCH_READER_H_
