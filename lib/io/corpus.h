// The documents of files, folders and standard input.

#ifndef WIRECOPY_IO_CORPUS_H_
#define WIRECOPY_IO_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/byte_buffer.h"
#include "io/file_parsers.h"
#include "io/input_file.h"
#include "io/metadata.h"
#include "io/record.h"
#include "wirecopy/document.h"

namespace wirecopy {

struct CorpusOptions {
  std::vector<std::string> paths;
  InputFormat format = InputFormat::kAuto;
  FieldNames fields;
  // Stop at the first record that cannot be used.
  bool strict = false;
  // Bytes that a record, or a text file, may have.
  uint64_t max_document = uint64_t{256} << 20;
  // A table of what is known of the documents; empty for none.
  std::string metadata_path;
  ProgressListener* progress = nullptr;  // may be null
};

// A record that is no document.
struct Rejection {
  std::string file;
  uint64_t line = 0;  // from 1
  std::string reason;
};

struct CorpusStats {
  uint64_t read = 0;              // documents and rejected records
  uint64_t bytes = 0;             // of all files
  uint64_t invalid_utf8 = 0;      // ill-formed pieces read as U+FFFD
  uint64_t unreadable_dates = 0;  // documents whose date no one can read
  uint64_t unused_metadata = 0;   // rows that no document goes with
};

class Corpus : public DocumentSource {
 public:
  // Looks at the files. NotFound, PermissionDenied or InvalidArgument name
  // what cannot be read.
  static absl::StatusOr<std::unique_ptr<Corpus>> Open(
      const CorpusOptions& options);

  absl::Status Scan(int threads, DocumentSink* sink) override;
  uint32_t size() const override {
    return static_cast<uint32_t>(documents_.size());
  }
  Place Origin(uint32_t document) const override;
  const DocumentId& Id(uint32_t document) const override {
    return documents_[document].id;
  }
  std::optional<absl::Time> Published(uint32_t document) const override;
  std::unique_ptr<TextReader> NewReader() const override;
  uint64_t ExpectedBytes() const override;
  absl::Status ReadError() const override;

  // What follows may be called after Scan.

  // Whether a document is a line of its file (or a row, of several lines
  // perhaps), which can be written as it is.
  bool IsLine(uint32_t document) const;
  // Whether the line that a document stands on ends the file without a line
  // break.
  bool LineIsUnended(uint32_t document) const;
  // The file's: its number among the inputs, its name, its row of names.
  uint32_t File(uint32_t document) const { return documents_[document].file; }
  const std::string& Path(uint32_t document) const;
  // Null where nothing is known.
  const DocumentMetadata* MetadataOf(uint32_t document) const;

  const std::vector<InputFile>& files() const { return files_; }
  // The row of names that all lines stand under, with its line break; empty
  // where they need none. InvalidArgument where they need different ones.
  absl::StatusOr<std::string> CommonHeader() const;

  // Whether all files are still what they were when they were scanned.
  absl::Status CheckUnchanged() const;

  const std::vector<Rejection>& rejections() const { return rejections_; }
  const CorpusStats& stats() const { return stats_; }

 private:
  friend class CorpusReader;

  struct Entry {
    DocumentId id;
    int64_t published_micros = kNoTime;
    uint64_t begin = 0;  // in the file
    uint64_t size = 0;
    uint32_t file = 0;
    uint32_t block = 0;
    uint32_t index = 0;  // in the block
  };
  // An entry, or a rejection, as its block found it: lines are numbered from
  // the block's beginning.
  struct Found {
    Entry entry;
    uint64_t line = 0;
    bool has_id = false;
    bool rejected = false;
    std::string reason;
  };
  struct BlockResult {
    std::vector<Found> found;
    size_t file = 0;  // the first
    uint64_t lines = 0;
    uint64_t invalid_utf8 = 0;
    uint64_t unreadable_dates = 0;
  };
  class BlockScan;
  class Results;

  static constexpr int64_t kNoTime = INT64_MIN;

  explicit Corpus(const CorpusOptions& options) : options_(options) {}
  void NameTextFiles();
  void JoinMetadata();
  absl::Status Merge(std::deque<BlockResult>* results);
  void NoteReadError(const absl::Status& error) const;

  CorpusOptions options_;
  std::vector<InputFile> files_;
  std::vector<std::string> text_ids_;  // by file
  std::optional<Metadata> metadata_;
  std::vector<Entry> documents_;
  std::vector<Rejection> rejections_;
  CorpusStats stats_;
  mutable std::mutex read_error_mutex_;
  mutable absl::Status read_error_;
};

// Reads a corpus again: in any order or, when it reads ahead, quickly in input
// order.
class CorpusReader : public TextReader {
 public:
  CorpusReader(const Corpus& corpus, bool reads_ahead);

  std::string_view Text(uint32_t document) override;

  // The line that a document stands on, without its line break; valid until
  // the next call. Empty after an error, which is the corpus's ReadError.
  std::string_view Line(uint32_t document);

 private:
  // The document's bytes in its file.
  std::string_view Bytes(uint32_t document);
  absl::StatusOr<std::string_view> ReadAhead(const Corpus::Entry& entry);

  const Corpus& corpus_;
  const bool reads_ahead_;
  FileParsers parsers_;
  Record record_;
  ByteBuffer scratch_;
  ByteBuffer ahead_buffer_;
  std::string repaired_;
  // What was read ahead: of this file, from this place on.
  uint32_t ahead_file_ = 0;
  uint64_t ahead_begin_ = 0;
  std::string_view ahead_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CORPUS_H_
