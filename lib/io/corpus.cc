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

// The name of a path without its folder and its ending.
std::string Stem(std::string_view path) {
  return std::filesystem::path(WithoutCompression(path)).stem().native();
}

std::string WithoutEnding(std::string_view path) {
  return std::filesystem::path(WithoutCompression(path))
      .replace_extension()
      .native();
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
  return corpus;
}

// A text file is called by its name; where two have the same, both are called
// by their paths.
void Corpus::NameTextFiles() {
  absl::flat_hash_map<std::string, int> uses;
  for (const InputFile& file : files_) {
    if (!file.is_jsonl) ++uses[Stem(file.name.path)];
  }
  for (const InputFile& file : files_) {
    const std::string& path =
        file.name.in_folder.empty() ? file.name.path : file.name.in_folder;
    const bool unique = !file.is_jsonl && uses[Stem(file.name.path)] == 1;
    text_ids_.push_back(unique ? Stem(path) : WithoutEnding(path));
  }
}

// Scans one block: the part that runs on several threads.
class Corpus::BlockScan {
 public:
  BlockScan(const Corpus& corpus, const InputBlock& block, int worker,
            JsonRecordParser* parser, DocumentSink* sink)
      : corpus_(corpus),
        block_(block),
        worker_(worker),
        parser_(*parser),
        sink_(*sink) {
    result_.file = block.first_file;
  }

  BlockResult TakeResult() { return std::move(result_); }

  void ScanLines() {
    const std::string_view bytes = block_.lines;
    for (size_t begin = 0; begin < bytes.size();) {
      const size_t line_break = bytes.find('\n', begin);
      const size_t end = std::min(line_break, bytes.size());
      ++result_.lines;
      TakeLine(block_.first_file, block_.begin + begin,
               bytes.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  // `begin` is where the text begins in the file.
  void TakeText(size_t file, uint64_t begin, std::string_view text) {
    Found found;
    found.entry = NewEntry(file, begin, text.size());
    found.entry.id = {false, corpus_.text_ids_[file]};
    found.has_id = true;
    found.line = 1;
    result_.found.push_back(std::move(found));
    if (!IsValidUtf8(text)) {
      result_.invalid_utf8 += RepairUtf8(text, &repaired_);
      text = repaired_;
    }
    sink_.Add(worker_, text);
    ++index_;
  }

 private:
  void TakeLine(size_t file, size_t begin, std::string_view line) {
    if (line.find_first_not_of(kWhiteSpace) == std::string_view::npos) return;
    Found found;
    found.line = result_.lines;
    found.entry = NewEntry(file, begin, line.size());
    JsonRecord record;
    const absl::Status status = parser_.Parse(line, &record);
    result_.invalid_utf8 += record.replaced;
    if (!status.ok()) {
      found.rejected = true;
      found.reason = std::string(status.message());
      result_.found.push_back(std::move(found));
      return;
    }
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
  JsonRecordParser& parser_;
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
  BlockSource blocks(&files_, options_.progress);
  Results results;
  const auto scan_block = [&](int worker, const InputBlock& block,
                              JsonRecordParser* parser,
                              ByteBuffer* buffer) -> absl::Status {
    sink->BeginBlock(worker, block.number);
    BlockScan scan(*this, block, worker, parser, sink);
    if (files_[block.first_file].is_jsonl) {
      scan.ScanLines();
    } else {
      for (size_t f = block.first_file; f <= block.last_file; ++f) {
        uint64_t begin = 0;
        WIRECOPY_ASSIGN_OR_RETURN(const std::string_view text,
                                  blocks.ReadText(f, buffer, &begin));
        scan.TakeText(f, begin, text);
      }
    }
    results.Put(block.number, scan.TakeResult());
    return absl::OkStatus();
  };
  RunOnThreads(workers, [&](int worker) {
    JsonRecordParser parser(options_.fields);
    ByteBuffer buffer;
    InputBlock block;
    while (!results.HasFailed()) {
      const absl::StatusOr<bool> more = blocks.Next(&buffer, &block);
      results.Fail(more.status());
      if (!more.ok() || !*more) return;
      results.Fail(scan_block(worker, block, &parser, &buffer));
    }
  });
  WIRECOPY_RETURN_IF_ERROR(results.status());
  stats_.bytes = blocks.bytes();
  contents_sizes_ = blocks.contents_sizes();
  return Merge(results.blocks());
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

DocumentSource::Place Corpus::Origin(uint32_t document) const {
  return {documents_[document].block, documents_[document].index};
}

std::optional<absl::Time> Corpus::Published(uint32_t document) const {
  const int64_t micros = documents_[document].published_micros;
  if (micros == kNoTime) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

bool Corpus::IsLine(uint32_t document) const {
  return files_[documents_[document].file].is_jsonl;
}

bool Corpus::LineIsUnended(uint32_t document) const {
  const Entry& entry = documents_[document];
  return entry.begin + entry.size == contents_sizes_[entry.file];
}

const std::string& Corpus::Path(uint32_t document) const {
  return files_[documents_[document].file].name.path;
}

uint64_t Corpus::ExpectedBytes() const {
  constexpr uint64_t kGuessOfPipe = uint64_t{64} << 20;
  uint64_t bytes = 0;
  for (const InputFile& file : files_) {
    bytes += file.is_pipe ? kGuessOfPipe : file.size;
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
      parser_(corpus.options_.fields) {}

std::string_view CorpusReader::Text(uint32_t document) {
  const std::string_view bytes = Bytes(document);
  if (corpus_.IsLine(document)) {
    if (parser_.Parse(bytes, &record_).ok()) return record_.text;
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
  const absl::StatusOr<std::string_view> bytes =
      reads_ahead_ && file.is_jsonl && file.contents.IsFile()
          ? ReadAhead(entry)
          : file.contents.Read(entry.begin, entry.size, &scratch_);
  if (bytes.ok()) return *bytes;
  corpus_.NoteReadError(bytes.status());
  return {};
}

absl::StatusOr<std::string_view> CorpusReader::ReadAhead(
    const Corpus::Entry& entry) {
  constexpr uint64_t kAhead = uint64_t{1} << 18;
  const bool is_there =
      entry.file == ahead_file_ && entry.begin >= ahead_begin_ &&
      entry.begin + entry.size <= ahead_begin_ + ahead_.size();
  if (!is_there) {
    const uint64_t left = corpus_.contents_sizes_[entry.file] - entry.begin;
    ahead_ = {};
    WIRECOPY_ASSIGN_OR_RETURN(
        ahead_,
        corpus_.files_[entry.file].contents.Read(
            entry.begin, std::max<uint64_t>(entry.size, std::min(left, kAhead)),
            &scratch_));
    ahead_file_ = entry.file;
    ahead_begin_ = entry.begin;
  }
  return ahead_.substr(entry.begin - ahead_begin_, entry.size);
}

}  // namespace wirecopy
