#include "io/corpus.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "io/published.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;
constexpr size_t kBlockFiles = 256;
constexpr std::string_view kWhiteSpace = " \t\r\n";

// The name of a path without its folder and its ending.
std::string Stem(const std::string& path) {
  return std::filesystem::path(path).stem().native();
}

// Names of files may be any bytes, but ids and records are UTF-8.
std::string WellFormed(const std::string& name) {
  std::string repaired;
  RepairUtf8(name, &repaired);
  return repaired;
}

std::string WithoutEnding(const std::string& path) {
  return std::filesystem::path(path).replace_extension().native();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Corpus>> Corpus::Open(
    const CorpusOptions& options) {
  std::unique_ptr<Corpus> corpus(new Corpus(options));
  WIRECOPY_RETURN_IF_ERROR(corpus->ReadFiles());
  corpus->NameTextFiles();
  corpus->CutBlocks();
  return corpus;
}

absl::Status Corpus::ReadFiles() {
  WIRECOPY_ASSIGN_OR_RETURN(const std::vector<InputPath> inputs,
                            ExpandInputs(options_.paths));
  for (const InputPath& input : inputs) {
    WIRECOPY_ASSIGN_OR_RETURN(InputBytes bytes, ReadInput(input.path));
    const std::string_view contents = bytes.view();
    stats_.bytes += contents.size();
    // A pipe that brings nothing brings no documents.
    const bool is_silent = input.path == "-" && contents.empty() &&
                           options_.format == InputFormat::kAuto;
    const bool is_jsonl =
        is_silent || (input.in_folder.empty() &&
                      IsJsonl(input.path, contents, options_.format));
    if (!is_jsonl && !IsValidUtf8(contents)) {
      std::string repaired;
      stats_.invalid_utf8 += RepairUtf8(contents, &repaired);
      bytes = InputBytes(std::move(repaired));
    }
    files_.push_back({{WellFormed(input.path), WellFormed(input.in_folder)},
                      std::move(bytes),
                      is_jsonl});
  }
  return absl::OkStatus();
}

// A text file is called by its name; where two have the same, both are called
// by their paths.
void Corpus::NameTextFiles() {
  absl::flat_hash_map<std::string, int> uses;
  for (const File& file : files_) {
    if (!file.is_jsonl) ++uses[Stem(file.input.path)];
  }
  for (const File& file : files_) {
    const std::string& path =
        file.input.in_folder.empty() ? file.input.path : file.input.in_folder;
    const bool unique = !file.is_jsonl && uses[Stem(file.input.path)] == 1;
    text_ids_.push_back(unique ? Stem(path) : WithoutEnding(path));
  }
}

void Corpus::CutBlocks() {
  for (size_t f = 0; f < files_.size(); ++f) {
    const std::string_view bytes = files_[f].bytes.view();
    if (!files_[f].is_jsonl) {
      const bool extends = !blocks_.empty() && !files_[f - 1].is_jsonl &&
                           f - blocks_.back().first_file < kBlockFiles &&
                           blocks_.back().end < kBlockBytes;
      if (!extends) blocks_.push_back({f, f, 0, 0});
      blocks_.back().last_file = f;
      blocks_.back().end += bytes.size();
      continue;
    }
    for (size_t begin = 0; begin < bytes.size();) {
      size_t end =
          bytes.find('\n', std::min(bytes.size(), begin + kBlockBytes));
      end = end == std::string_view::npos ? bytes.size() : end + 1;
      blocks_.push_back({f, f, begin, end});
      begin = end;
    }
  }
}

// Scans one block: the part that runs on several threads.
class Corpus::BlockScan {
 public:
  BlockScan(const Corpus& corpus, size_t block, int worker,
            JsonRecordParser* parser, DocumentSink* sink)
      : corpus_(corpus),
        block_(block),
        worker_(worker),
        parser_(*parser),
        sink_(*sink) {}

  BlockResult Run() {
    const Block& block = corpus_.blocks_[block_];
    if (corpus_.files_[block.first_file].is_jsonl) {
      ScanLines(block);
    } else {
      for (size_t f = block.first_file; f <= block.last_file; ++f) TakeText(f);
    }
    return std::move(result_);
  }

 private:
  void ScanLines(const Block& block) {
    const std::string_view bytes =
        corpus_.files_[block.first_file].bytes.view();
    for (size_t begin = block.begin; begin < block.end;) {
      const size_t line_break = bytes.find('\n', begin);
      const size_t end = std::min(line_break, bytes.size());
      ++result_.lines;
      TakeLine(block.first_file, begin, bytes.substr(begin, end - begin));
      begin = end + 1;
    }
  }

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
    sink_.Add(worker_, block_, record.text);
    ++index_;
  }

  void TakeText(size_t file) {
    const std::string_view text = corpus_.files_[file].bytes.view();
    Found found;
    found.entry = NewEntry(file, 0, text.size());
    found.entry.id = {false, corpus_.text_ids_[file]};
    found.has_id = true;
    found.line = 1;
    result_.found.push_back(std::move(found));
    sink_.Add(worker_, block_, text);
    ++index_;
  }

  Entry NewEntry(size_t file, size_t begin, size_t size) const {
    Entry entry;
    entry.file = static_cast<uint32_t>(file);
    entry.begin = begin;
    entry.size = size;
    entry.block = static_cast<uint32_t>(block_);
    entry.index = index_;
    return entry;
  }

  const Corpus& corpus_;
  const size_t block_;
  const int worker_;
  JsonRecordParser& parser_;
  DocumentSink& sink_;
  BlockResult result_;
  uint32_t index_ = 0;  // of the next document
};

absl::Status Corpus::Scan(int threads, DocumentSink* sink) {
  const int workers = std::max(threads, 1);
  sink->Begin(blocks_.size(), workers);
  std::vector<JsonRecordParser> parsers;
  parsers.reserve(static_cast<size_t>(workers));
  for (int i = 0; i < workers; ++i) parsers.emplace_back(options_.fields);
  std::vector<BlockResult> results(blocks_.size());
  std::atomic<uint64_t> done{0};
  ParallelFor(workers, blocks_.size(), [&](int worker, size_t block) {
    BlockScan scan(*this, block, worker, &parsers[static_cast<size_t>(worker)],
                   sink);
    results[block] = scan.Run();
    const uint64_t bytes = blocks_[block].end - blocks_[block].begin;
    if (options_.progress != nullptr) {
      options_.progress->Advance("reading", done.fetch_add(bytes) + bytes,
                                 stats_.bytes);
    }
  });
  return Merge(&results);
}

absl::Status Corpus::Merge(std::vector<BlockResult>* results) {
  absl::flat_hash_set<std::string> ids;
  uint64_t lines = 0;  // before the block, in its file
  for (size_t block = 0; block < results->size(); ++block) {
    BlockResult& result = (*results)[block];
    if (blocks_[block].begin == 0) lines = 0;
    stats_.invalid_utf8 += result.invalid_utf8;
    stats_.unreadable_dates += result.unreadable_dates;
    stats_.read += result.found.size();
    for (Found& found : result.found) {
      Entry& entry = found.entry;
      const std::string& path = files_[entry.file].input.path;
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

std::string_view Corpus::Line(uint32_t document) const {
  const Entry& entry = documents_[document];
  return files_[entry.file].bytes.view().substr(entry.begin, entry.size);
}

bool Corpus::LineIsUnended(uint32_t document) const {
  const Entry& entry = documents_[document];
  return entry.begin + entry.size == files_[entry.file].bytes.view().size();
}

const std::string& Corpus::Path(uint32_t document) const {
  return files_[documents_[document].file].input.path;
}

class CorpusReader : public TextReader {
 public:
  explicit CorpusReader(const Corpus& corpus)
      : corpus_(corpus), parser_(corpus.options_.fields) {}

  std::string_view Text(uint32_t document) override {
    const std::string_view line = corpus_.Line(document);
    if (!corpus_.IsLine(document)) return line;
    // It parsed before, or it would be no document.
    if (!parser_.Parse(line, &record_).ok()) return {};
    return record_.text;
  }

 private:
  const Corpus& corpus_;
  JsonRecordParser parser_;
  JsonRecord record_;
};

std::unique_ptr<TextReader> Corpus::NewReader() const {
  return std::make_unique<CorpusReader>(*this);
}

}  // namespace wirecopy
