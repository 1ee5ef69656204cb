// The documents of files, folders and standard input.

#ifndef WIRECOPY_IO_CORPUS_H_
#define WIRECOPY_IO_CORPUS_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
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
#include "base/memory_plan.h"
#include "base/parted_source.h"
#include "base/scratch_file.h"
#include "io/block_source.h"
#include "io/byte_buffer.h"
#include "io/corpus_block.h"
#include "io/file_parsers.h"
#include "io/input_file.h"
#include "io/metadata.h"
#include "io/record.h"
#include "wirecopy/document.h"
#include "wirecopy/memory_bound.h"

namespace wirecopy {

class BlockScan;

struct CorpusOptions {
  std::vector<std::string> paths;
  InputFormat format = InputFormat::kAuto;
  FieldNames fields;
  // Stop at the first record that cannot be used.
  bool strict = false;
  // Bytes that a record, or a text file, may have.
  uint64_t max_document = uint64_t{256} << 20;
  // Note who published what.
  bool keeps_publishers = false;
  // A table of what is known of the documents; empty for none.
  std::string metadata_path;
  // Looked at while the documents are scanned.
  MemoryBound memory;
  ProgressListener* progress = nullptr;  // may be null
};

// A record that is no document.
struct Rejection {
  std::string file;
  uint64_t line = 0;  // from 1
  std::string reason;
};

// How a table of metadata goes with the documents.
struct MetadataFigures {
  bool has_table = false;
  uint64_t rows = 0;
  uint64_t unused = 0;     // rows that no document goes with
  uint64_t documents = 0;  // that a row goes with
  // An id of either kind that goes with none; empty where all do.
  std::string unused_row;
  std::string bare_document;
  // A document whose row is by its file's name, ending and all, and that id.
  std::string named_document;
  std::string row_by_file;
  // Columns that were not read, where some that would be are missing.
  std::vector<std::string> unread_columns;
};

struct CorpusStats {
  uint64_t read = 0;              // documents and rejected records
  uint64_t bytes = 0;             // of all files
  double read_seconds = 0;        // of all threads, for input
  uint64_t invalid_utf8 = 0;      // ill-formed pieces read as U+FFFD
  uint64_t unreadable_dates = 0;  // of documents and in the table
  std::string first_unreadable_date;
  FieldsSeen seen;               // by one record or more
  uint64_t repeated_inputs = 0;  // files that were there before: read once
  std::string first_repeated;    // for people: which file is which
  MetadataFigures metadata;
};

class Corpus : public PartedSource {
 public:
  // Looks at the files. NotFound, PermissionDenied or InvalidArgument name
  // what cannot be read.
  static absl::StatusOr<std::unique_ptr<Corpus>> Open(
      const CorpusOptions& options);
  ~Corpus() override;

  absl::Status Scan(int threads, DocumentSink* sink) override;
  uint32_t size() const override {
    return static_cast<uint32_t>(documents_.size());
  }
  Place Origin(uint32_t document) const override;
  DocumentId Id(uint32_t document) const override;
  // Whether that says where its record stands, which has none.
  bool HasMadeId(uint32_t document) const;
  std::optional<absl::Time> Published(uint32_t document) const override;
  std::string_view Publisher(uint32_t document) const override;
  std::unique_ptr<TextReader> NewReader() const override;
  uint64_t ExpectedBytes() const override;
  absl::Status ReadError() const override;

  size_t PartCount() override;
  uint64_t PartBytes(size_t part) override;
  absl::StatusOr<BlockRange> RestorePart(size_t part,
                                         PieceReader* found) override;
  absl::Status ScanParts(std::span<const size_t> parts, int threads, bool keeps,
                         PartSink* sink) override;
  absl::Status EndParts() override;
  absl::Status OpenTexts(std::span<const uint32_t> documents,
                         int threads) override;

  // Instead of Scan, and as often as there is something left: reads on, on this
  // thread, so that documents are known before all has been read. False where
  // all has been, from when on it is as after Scan; and after Scan. What cannot
  // be read twice stays in memory until it is forgotten.
  absl::StatusOr<bool> ReadOn();
  // Whether ReadOn finds something before so much time is over: a pipe may
  // have its next line later.
  bool IsReadyWithin(std::chrono::milliseconds time) const;
  // Whether what ReadOn finds is written to a pipe now, by whoever may stop.
  bool IsLive() const;
  // Texts before this document's are not asked for any more, size() where none
  // is: they need not stay in memory. Rising.
  void Forget(uint32_t before);

  // What follows may be called after Scan or EndParts; of a document, as soon
  // as ReadOn has found it.

  // Whether a document is a line of its file (or a row, of several lines
  // perhaps), which can be written as it is.
  bool IsLine(uint32_t document) const;
  // Whether the line that a document stands on ends the file without a line
  // break.
  bool LineIsUnended(uint32_t document) const;
  // The file's: its number among the inputs, its name, its row of names.
  uint32_t File(uint32_t document) const { return EntryOf(document).file; }
  const std::string& Path(uint32_t document) const;
  // Where it begins in its file's contents.
  uint64_t Offset(uint32_t document) const { return EntryOf(document).begin; }
  // Its bytes there, without the line break of a line.
  uint64_t Size(uint32_t document) const { return EntryOf(document).size; }
  // Null where nothing is known.
  const DocumentMetadata* MetadataOf(uint32_t document) const;

  const std::vector<InputFile>& files() const { return files_; }
  // What the table of metadata was when it was read; none where there is none,
  // or where it cannot be read again.
  std::optional<FileStamp> MetadataStamp() const {
    return metadata_ ? metadata_->stamp() : std::nullopt;
  }
  // The row of names that all lines stand under, with its line break; empty
  // where they need none. InvalidArgument where they need different ones.
  absl::StatusOr<std::string> CommonHeader() const;

  // Whether all files are still what they were when they were scanned.
  absl::Status CheckUnchanged() const;

  const std::vector<Rejection>& rejections() const { return rejections_; }
  const CorpusStats& stats() const { return stats_; }
  // What the fields were to be called.
  const FieldNames& fields() const { return options_.fields; }

 private:
  friend class CorpusReader;

  class Results;
  class PartWatch;
  class Ids;
  struct Merging;
  struct Reading;
  using Key = std::pair<bool, std::string_view>;
  // A document is an entry of a block.
  struct Document {
    uint32_t block;
    uint32_t index;
  };

  explicit Corpus(const CorpusOptions& options);
  absl::Status AddFiles(const std::vector<InputPath>& inputs);
  absl::Status NoteRepeated(const InputFile& file, const InputFile& first);
  void NameTextFiles();
  absl::Status BeginScan();
  void MakeSource();
  absl::Status ScanBlock(const InputBlock& block, BlockScan* scan,
                         ByteBuffer* buffer);
  void ScanBlocks(int workers, DocumentSink* sink, Results* results,
                  const std::function<void(int, size_t)>& end_block,
                  const std::function<void()>& look);
  absl::Status EndPart(size_t number, size_t place, BlockRange blocks,
                       bool keeps, Results* results, PartSink* sink);
  absl::Status CheckPart(const InputPart& part) const;
  void WriteFound(const InputPart& part, uint64_t bytes,
                  std::span<CorpusBlock* const> blocks, PieceWriter* out) const;
  void JoinMetadata(uint32_t first);
  void EndMetadata();
  void NoteBare(const Document& place, std::string_view id);
  absl::Status Merge(const MemoryPlan& memory);
  void AddStats(const CorpusBlock& block);
  absl::Status MergeBlock(uint32_t number, Merging* merging);
  absl::Status MergeEntries(uint32_t number, Ids* ids);
  void BeginReading();
  void EndReading();
  absl::Status MergeNext(CorpusBlock found);
  absl::Status Reject(uint32_t file, uint64_t line, std::string reason);
  void NoteReadError(const absl::Status& error) const;
  CorpusBlock::Entry EntryOf(uint32_t document) const {
    const Document& place = documents_[document];
    return blocks_[place.block].At(place.index);
  }
  // The text of a document's id, in its block or written into `made`.
  std::string_view IdText(const Document& place, std::string* made) const;
  // The same, and before it whether it is an integer.
  Key KeyOf(const Document& place, std::string* made) const;

  CorpusOptions options_;
  std::vector<InputFile> files_;
  std::vector<std::string> text_ids_;  // by file
  std::optional<Metadata> metadata_;
  std::unique_ptr<ScratchFile> scratch_;  // null where memory has no bound
  uint64_t max_document_ = 0;             // as memory lets it be
  bool too_long_fails_ = false;           // where that is less than asked for
  std::unique_ptr<BlockSource> source_;   // from the first scan on
  std::vector<InputPart> parts_;          // where it is read by the part
  std::atomic<uint64_t> part_bytes_ = 0;
  // Blocks stay as they were found; numbers of documents lead to them.
  std::deque<CorpusBlock> blocks_;
  std::vector<BlockRange> block_order_;  // which come after which
  std::vector<Document> documents_;
  std::unique_ptr<Reading> reading_;  // from the first ReadOn to the last
  bool is_read_ = false;
  size_t forgotten_files_ = 0;
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

  // From its record, and what that lacks from the table of metadata.
  DocumentDetails Details() const override;

 private:
  // The document's bytes in its file.
  std::string_view Bytes(uint32_t document);
  absl::StatusOr<std::string_view> ReadAhead(const CorpusBlock::Entry& entry);

  const Corpus& corpus_;
  const bool reads_ahead_;
  FileParsers parsers_;
  Record record_;
  ByteBuffer scratch_;
  ByteBuffer ahead_buffer_;
  std::string repaired_;
  uint32_t last_ = 0;  // the document whose text was read last
  // What was read ahead: of this file, from this place on.
  uint32_t ahead_file_ = 0;
  uint64_t ahead_begin_ = 0;
  std::string_view ahead_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CORPUS_H_
