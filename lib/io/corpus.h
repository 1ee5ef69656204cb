// The documents of files, folders and standard input, in memory.

#ifndef WIRECOPY_IO_CORPUS_H_
#define WIRECOPY_IO_CORPUS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/input_file.h"
#include "io/json_record.h"
#include "wirecopy/document.h"

namespace wirecopy {

struct CorpusOptions {
  std::vector<std::string> paths;
  InputFormat format = InputFormat::kAuto;
  FieldNames fields;
  // Stop at the first record that cannot be used.
  bool strict = false;
  ProgressListener* progress = nullptr;  // may be null
};

// A record that is no document.
struct Rejection {
  std::string file;
  uint64_t line = 0;  // from 1
  std::string reason;
};

struct CorpusStats {
  uint64_t read = 0;  // documents and rejected records
  uint64_t bytes = 0;
  uint64_t invalid_utf8 = 0;      // ill-formed pieces read as U+FFFD
  uint64_t unreadable_dates = 0;  // documents whose date no one can read
};

class Corpus : public DocumentSource {
 public:
  // Reads the files. NotFound, PermissionDenied or InvalidArgument name what
  // cannot be read.
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
  uint64_t ByteBound() const override { return stats_.bytes; }

  // What follows may be called after Scan.

  // A document of JSON Lines: its line without the line's end.
  bool IsLine(uint32_t document) const;
  std::string_view Line(uint32_t document) const;
  // Whether the line that a document stands on ends the file without a line
  // break.
  bool LineIsUnended(uint32_t document) const;
  // A text file: its path.
  const std::string& Path(uint32_t document) const;

  const std::vector<Rejection>& rejections() const { return rejections_; }
  const CorpusStats& stats() const { return stats_; }

 private:
  friend class CorpusReader;

  struct File {
    InputPath input;
    InputBytes bytes;
    bool is_jsonl = false;
  };
  // A stretch of one JSON Lines file, or several text files.
  struct Block {
    size_t first_file = 0;
    size_t last_file = 0;  // inclusive
    size_t begin = 0;      // bytes, of JSON Lines
    size_t end = 0;
  };
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
    uint64_t lines = 0;
    uint64_t invalid_utf8 = 0;
    uint64_t unreadable_dates = 0;
  };
  class BlockScan;

  static constexpr int64_t kNoTime = INT64_MIN;

  explicit Corpus(const CorpusOptions& options) : options_(options) {}
  absl::Status ReadFiles();
  void NameTextFiles();
  void CutBlocks();
  absl::Status Merge(std::vector<BlockResult>* results);

  CorpusOptions options_;
  std::vector<File> files_;
  std::vector<std::string> text_ids_;  // by file
  std::vector<Block> blocks_;
  std::vector<Entry> documents_;
  std::vector<Rejection> rejections_;
  CorpusStats stats_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CORPUS_H_
