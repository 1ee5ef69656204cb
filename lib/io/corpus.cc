#include "io/corpus.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "io/block_source.h"
#include "io/published.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";
// Numbers of documents have 32 bits, of which the last means none.
constexpr size_t kMostDocuments = 0xFFFFFFFE;

// The name of a path without its folder and its ending.
std::string Stem(std::string_view path) {
  return std::filesystem::path(WithoutCompression(path)).stem().native();
}

std::string WithoutEnding(std::string_view path) {
  return std::filesystem::path(WithoutCompression(path))
      .replace_extension()
      .native();
}

std::string NameOf(const InputPath& name, int way) {
  const std::string& in_folder =
      name.in_folder.empty() ? name.path : name.in_folder;
  switch (way) {
    case 0:
      return Stem(in_folder);
    case 1:
      return WithoutEnding(in_folder);
    case 2:
      return WithoutEnding(name.path);
    default:
      return name.path;
  }
}

std::string TooLong(uint64_t most) {
  return absl::StrCat("is longer than ", most, " bytes (--max-document)");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Corpus>> Corpus::Open(
    const CorpusOptions& options) {
  std::unique_ptr<Corpus> corpus(new Corpus(options));
  WIRECOPY_ASSIGN_OR_RETURN(const std::vector<InputPath> inputs,
                            ExpandInputs(options.paths));
  for (const InputPath& input : inputs) {
    WIRECOPY_ASSIGN_OR_RETURN(InputFile file, OpenInput(input, options.format));
    corpus->files_.push_back(std::move(file));
  }
  corpus->NameTextFiles();
  if (!options.metadata_path.empty()) {
    WIRECOPY_ASSIGN_OR_RETURN(corpus->metadata_,
                              Metadata::Read(options.metadata_path));
  }
  return corpus;
}

// A text file is called by its name; where that is taken by another, by its
// path in its folder, by its whole path, or by that with all endings: by the
// first of these that no two of them share.
void Corpus::NameTextFiles() {
  text_ids_.resize(files_.size());
  std::vector<size_t> unnamed;
  for (size_t f = 0; f < files_.size(); ++f) {
    if (files_[f].format == InputFormat::kText) unnamed.push_back(f);
  }
  constexpr int kWays = 4;
  for (int way = 0; way < kWays && !unnamed.empty(); ++way) {
    absl::flat_hash_map<std::string, int> uses;
    for (const size_t f : unnamed) {
      text_ids_[f] = NameOf(files_[f].name, way);
      ++uses[text_ids_[f]];
    }
    std::erase_if(unnamed, [&](size_t f) { return uses[text_ids_[f]] == 1; });
  }
}

// Scans one block: the part that runs on several threads.
class Corpus::BlockScan {
 public:
  BlockScan(const Corpus& corpus, const InputBlock& block, int worker,
            FileParsers* parsers, DocumentSink* sink)
      : corpus_(corpus),
        block_(block),
        worker_(worker),
        parsers_(*parsers),
        sink_(*sink) {
    result_.file = block.first_file;
    result_.lines = block.lines_passed;
  }

  BlockResult TakeResult() { return std::move(result_); }

  absl::Status ScanRecords() {
    const InputFile& file = corpus_.files_[block_.first_file];
    if (block_.is_too_long) {
      Found found;
      found.line = result_.lines + 1;
      Reject(TooLong(corpus_.options_.max_document), std::move(found));
    }
    const std::string_view bytes = block_.records;
    for (size_t begin = 0; begin < bytes.size();) {
      const size_t size = FirstRecordSize(file.format, bytes.substr(begin),
                                          /*at_end=*/true);
      const std::string_view record = bytes.substr(begin, size);
      const size_t lines = LineBreaks(file.format, record);
      WIRECOPY_RETURN_IF_ERROR(TakeRecord(
          file, block_.begin + begin,
          IsMadeOfLines(file.format) ? WithoutBreak(record) : record));
      result_.lines += lines;
      begin += size;
    }
    return absl::OkStatus();
  }

  void TakeText(size_t file, const BlockSource::Text& found_text) {
    std::string_view text = found_text.text;
    Found found;
    found.entry = NewEntry(file, found_text.begin, text.size());
    found.entry.id = {false, corpus_.text_ids_[file]};
    found.has_id = true;
    found.line = 1;
    if (found_text.is_too_long) {
      Reject(TooLong(corpus_.options_.max_document), std::move(found));
      return;
    }
    if (text.find('\0') != std::string_view::npos) {
      Reject("holds bytes of zero: no text, or none in UTF-8",
             std::move(found));
      return;
    }
    result_.found.push_back(std::move(found));
    if (!IsValidUtf8(text)) {
      result_.invalid_utf8 += RepairUtf8(text, &repaired_);
      text = repaired_;
    }
    sink_.Add(worker_, text);
    ++index_;
  }

 private:
  static std::string_view WithoutBreak(std::string_view record) {
    if (record.ends_with('\n')) record.remove_suffix(1);
    return record;
  }

  // Of JSON Lines there is no need to look.
  static size_t LineBreaks(InputFormat format, std::string_view record) {
    if (format == InputFormat::kJsonl) return 1;
    return static_cast<size_t>(std::count(record.begin(), record.end(), '\n'));
  }

  void Reject(std::string reason, Found found) {
    found.entry.file = static_cast<uint32_t>(block_.first_file);
    found.rejected = true;
    found.reason = std::move(reason);
    result_.found.push_back(std::move(found));
  }

  absl::Status TakeRecord(const InputFile& file, uint64_t begin,
                          std::string_view bytes) {
    if (file.format == InputFormat::kJsonl &&
        bytes.find_first_not_of(kWhiteSpace) == std::string_view::npos) {
      return absl::OkStatus();
    }
    Found found;
    found.line = result_.lines + 1;
    found.entry = NewEntry(block_.first_file, begin, bytes.size());
    if (bytes.size() > corpus_.options_.max_document) {
      Reject(TooLong(corpus_.options_.max_document), std::move(found));
      return absl::OkStatus();
    }
    Record record;
    absl::Status status = parsers_.Parse(file, bytes, &record);
    result_.invalid_utf8 += record.replaced;
    if (!status.ok() && !parsers_.Fits(file)) return status;
    if (!status.ok()) {
      Reject(std::string(status.message()), std::move(found));
      return absl::OkStatus();
    }
    if (!record.is_document) return absl::OkStatus();
    if (record.id) {
      found.entry.id = *std::move(record.id);
      found.has_id = true;
    }
    if (const auto published = ParsePublished(record.published)) {
      found.entry.published_micros = absl::ToUnixMicros(published->time);
    } else if (!record.published.empty()) {
      ++result_.unreadable_dates;
    }
    result_.found.push_back(std::move(found));
    sink_.Add(worker_, record.text);
    ++index_;
    return absl::OkStatus();
  }

  Entry NewEntry(size_t file, uint64_t begin, size_t size) const {
    Entry entry;
    entry.file = static_cast<uint32_t>(file);
    entry.begin = begin;
    entry.size = size;
    entry.block = static_cast<uint32_t>(block_.number);
    entry.index = index_;
    return entry;
  }

  const Corpus& corpus_;
  const InputBlock& block_;
  const int worker_;
  FileParsers& parsers_;
  DocumentSink& sink_;
  BlockResult result_;
  std::string repaired_;
  uint32_t index_ = 0;  // of the next document
};

// What the workers bring back, by block; the first error ends it.
class Corpus::Results {
 public:
  void Put(size_t block, BlockResult result) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (blocks_.size() <= block) blocks_.resize(block + 1);
    blocks_[block] = std::move(result);
  }

  void Fail(const absl::Status& status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    status_.Update(status);
  }

  bool HasFailed() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return !status_.ok();
  }

  const absl::Status& status() const { return status_; }
  std::deque<BlockResult>* blocks() { return &blocks_; }

 private:
  std::mutex mutex_;
  std::deque<BlockResult> blocks_;
  absl::Status status_;
};

absl::Status Corpus::Scan(int threads, DocumentSink* sink) {
  const int workers = std::max(threads, 1);
  sink->Begin(workers);
  BlockSource blocks(&files_, options_.max_document, options_.progress);
  Results results;
  const auto scan_block = [&](int worker, const InputBlock& block,
                              FileParsers* parsers,
                              ByteBuffer* buffer) -> absl::Status {
    sink->BeginBlock(worker, block.number);
    BlockScan scan(*this, block, worker, parsers, sink);
    if (files_[block.first_file].format != InputFormat::kText) {
      WIRECOPY_RETURN_IF_ERROR(scan.ScanRecords());
    } else {
      for (size_t f = block.first_file; f <= block.last_file; ++f) {
        WIRECOPY_ASSIGN_OR_RETURN(const BlockSource::Text text,
                                  blocks.ReadText(f, buffer));
        scan.TakeText(f, text);
      }
    }
    results.Put(block.number, scan.TakeResult());
    return absl::OkStatus();
  };
  RunOnThreads(workers, [&](int worker) {
    FileParsers parsers(options_.fields);
    ByteBuffer buffer;
    InputBlock block;
    while (!results.HasFailed()) {
      const absl::StatusOr<bool> more = blocks.Next(&buffer, &block);
      results.Fail(more.status());
      if (!more.ok() || !*more) return;
      results.Fail(scan_block(worker, block, &parsers, &buffer));
    }
  });
  WIRECOPY_RETURN_IF_ERROR(results.status());
  stats_.bytes = blocks.bytes();
  WIRECOPY_RETURN_IF_ERROR(Merge(results.blocks()));
  JoinMetadata();
  return absl::OkStatus();
}

absl::Status Corpus::Merge(std::deque<BlockResult>* results) {
  absl::flat_hash_set<std::string> ids;
  uint64_t lines = 0;  // before the block, in its file
  size_t last_file = 0;
  for (BlockResult& result : *results) {
    if (result.file != last_file) lines = 0;
    last_file = result.file;
    stats_.invalid_utf8 += result.invalid_utf8;
    stats_.unreadable_dates += result.unreadable_dates;
    stats_.read += result.found.size();
    for (Found& found : result.found) {
      Entry& entry = found.entry;
      const std::string& path = files_[entry.file].name.path;
      const uint64_t line = lines + found.line;
      if (!found.rejected && !found.has_id) {
        entry.id = {false, absl::StrCat(path, "/", line)};
      }
      if (!found.rejected &&
          !ids.insert(
                  absl::StrCat(entry.id.is_integer ? "i" : "s", entry.id.text))
               .second) {
        found.rejected = true;
        found.reason = absl::StrCat("id ", entry.id.text, " was there before");
      }
      if (!found.rejected) {
        if (documents_.size() >= kMostDocuments) {
          return absl::ResourceExhaustedError(
              absl::StrCat("more than ", kMostDocuments,
                           " documents: give them in several runs"));
        }
        documents_.push_back(std::move(entry));
        continue;
      }
      if (options_.strict) {
        return absl::InvalidArgumentError(
            absl::StrCat(path, ":", line, ": ", found.reason));
      }
      rejections_.push_back({path, line, std::move(found.reason)});
    }
    lines += result.lines;
    result = BlockResult();
  }
  return absl::OkStatus();
}

void Corpus::JoinMetadata() {
  if (!metadata_) return;
  size_t used = 0;
  for (Entry& entry : documents_) {
    const DocumentMetadata* const row = metadata_->Find(entry.id.text);
    if (row == nullptr) continue;
    ++used;
    const auto published = ParsePublished(row->published);
    if (entry.published_micros == kNoTime && published) {
      entry.published_micros = absl::ToUnixMicros(published->time);
    }
  }
  // An integer and a string of its digits may both use one row.
  stats_.unused_metadata =
      metadata_->size() - std::min(used, metadata_->size());
}

const DocumentMetadata* Corpus::MetadataOf(uint32_t document) const {
  return metadata_ ? metadata_->Find(documents_[document].id.text) : nullptr;
}

absl::StatusOr<std::string> Corpus::CommonHeader() const {
  const InputFile* first = nullptr;
  for (const InputFile& file : files_) {
    if (!IsMadeOfLines(file.format) && file.format != InputFormat::kText) {
      continue;
    }
    if (first == nullptr) first = &file;
    if (file.header == first->header && file.format == first->format) continue;
    if (file.header.empty() && first->header.empty()) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        first->name.path, " and ", file.name.path,
        " do not have the same columns, so that their lines cannot stand in "
        "one file; --out-dir writes a file for each"));
  }
  return first == nullptr ? "" : first->header;
}

DocumentSource::Place Corpus::Origin(uint32_t document) const {
  return {documents_[document].block, documents_[document].index};
}

std::optional<absl::Time> Corpus::Published(uint32_t document) const {
  const int64_t micros = documents_[document].published_micros;
  if (micros == kNoTime) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

bool Corpus::IsLine(uint32_t document) const {
  return IsMadeOfLines(files_[documents_[document].file].format);
}

bool Corpus::LineIsUnended(uint32_t document) const {
  const Entry& entry = documents_[document];
  return entry.begin + entry.size == files_[entry.file].contents_size;
}

const std::string& Corpus::Path(uint32_t document) const {
  return files_[documents_[document].file].name.path;
}

uint64_t Corpus::ExpectedBytes() const {
  constexpr uint64_t kGuessOfPipe = uint64_t{64} << 20;
  uint64_t bytes = 0;
  for (const InputFile& file : files_) {
    bytes += file.is_pipe ? kGuessOfPipe : file.stamp.size;
  }
  return bytes;
}

absl::Status Corpus::CheckUnchanged() const {
  for (const InputFile& file : files_) {
    WIRECOPY_RETURN_IF_ERROR(file.contents.CheckUnchanged());
  }
  return absl::OkStatus();
}

absl::Status Corpus::ReadError() const {
  const std::lock_guard<std::mutex> lock(read_error_mutex_);
  return read_error_;
}

void Corpus::NoteReadError(const absl::Status& error) const {
  const std::lock_guard<std::mutex> lock(read_error_mutex_);
  read_error_.Update(error);
}

std::unique_ptr<TextReader> Corpus::NewReader() const {
  return std::make_unique<CorpusReader>(*this, /*reads_ahead=*/false);
}

CorpusReader::CorpusReader(const Corpus& corpus, bool reads_ahead)
    : corpus_(corpus),
      reads_ahead_(reads_ahead),
      parsers_(corpus.options_.fields) {}

std::string_view CorpusReader::Text(uint32_t document) {
  const std::string_view bytes = Bytes(document);
  const InputFile& file = corpus_.files_[corpus_.File(document)];
  if (file.format != InputFormat::kText) {
    if (parsers_.Parse(file, bytes, &record_).ok()) return record_.text;
    // It parsed before, or it would be no document.
    corpus_.NoteReadError(ChangedError(corpus_.Path(document)));
    return {};
  }
  if (IsValidUtf8(bytes)) return bytes;
  RepairUtf8(bytes, &repaired_);
  return repaired_;
}

std::string_view CorpusReader::Line(uint32_t document) {
  return Bytes(document);
}

std::string_view CorpusReader::Bytes(uint32_t document) {
  const Corpus::Entry& entry = corpus_.documents_[document];
  const InputFile& file = corpus_.files_[entry.file];
  const bool ahead = reads_ahead_ && file.format != InputFormat::kText &&
                     file.contents.IsFile();
  const absl::StatusOr<std::string_view> bytes =
      ahead ? ReadAhead(entry)
            : file.contents.Read(entry.begin, entry.size, &scratch_);
  if (bytes.ok()) return *bytes;
  corpus_.NoteReadError(bytes.status());
  return {};
}

absl::StatusOr<std::string_view> CorpusReader::ReadAhead(
    const Corpus::Entry& entry) {
  constexpr uint64_t kAhead = uint64_t{1} << 18;
  const uint64_t end = entry.begin + entry.size;
  const bool is_there = entry.file == ahead_file_ &&
                        entry.begin >= ahead_begin_ &&
                        end <= ahead_begin_ + ahead_.size();
  if (!is_there) {
    const InputFile& file = corpus_.files_[entry.file];
    const uint64_t left = file.contents_size - entry.begin;
    ahead_ = {};
    WIRECOPY_ASSIGN_OR_RETURN(
        ahead_,
        file.contents.Read(
            entry.begin, std::max<uint64_t>(entry.size, std::min(left, kAhead)),
            &ahead_buffer_));
    ahead_file_ = entry.file;
    ahead_begin_ = entry.begin;
  }
  return ahead_.substr(entry.begin - ahead_begin_, entry.size);
}

}  // namespace wirecopy
