// How a corpus is scanned: all at once, or by the part, of which some may be
// known from before.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "base/piece_bytes.h"
#include "base/status_macros.h"
#include "io/block_scan.h"
#include "io/corpus.h"
#include "io/input_parts.h"

namespace wirecopy {

// What the workers bring back, by block; the first error ends it.
class Corpus::Results {
 public:
  explicit Results(std::deque<CorpusBlock>* blocks) : blocks_(*blocks) {}

  void Put(size_t number, CorpusBlock block) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (blocks_.size() <= number) blocks_.resize(number + 1);
    blocks_[number] = std::move(block);
  }

  // Where blocks are, which stay there as long as nobody takes them.
  std::vector<CorpusBlock*> Find(BlockRange range) {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<CorpusBlock*> found;
    found.reserve(range.end - range.begin);
    for (size_t i = range.begin; i < range.end; ++i) {
      found.push_back(&blocks_[i]);
    }
    return found;
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

 private:
  std::mutex mutex_;
  std::deque<CorpusBlock>& blocks_;
  absl::Status status_;
};

// Which parts have all their blocks, whoever scans them.
class Corpus::PartWatch {
 public:
  explicit PartWatch(size_t parts) : parts_(parts) {}

  // All blocks of a part are in somebody's hands.
  void HandedOut(size_t part, BlockRange blocks) {
    const std::lock_guard<std::mutex> lock(mutex_);
    parts_[part].is_handed_out = true;
    parts_[part].blocks = blocks;
    LookAt(part);
  }

  void BlockDone(size_t part) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++parts_[part].done;
    LookAt(part);
  }

  // A part that has become whole, for one caller.
  std::optional<std::pair<size_t, BlockRange>> TakeWhole() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (whole_.empty()) return std::nullopt;
    const size_t part = whole_.back();
    whole_.pop_back();
    return std::pair(part, parts_[part].blocks);
  }

 private:
  struct Part {
    bool is_handed_out = false;
    size_t done = 0;
    BlockRange blocks;
  };

  void LookAt(size_t number) {
    const Part& part = parts_[number];
    if (!part.is_handed_out) return;
    if (part.done == part.blocks.end - part.blocks.begin) {
      whole_.push_back(number);
    }
  }

  std::mutex mutex_;
  std::vector<Part> parts_;
  std::vector<size_t> whole_;
};

absl::Status Corpus::BeginScan() {
  if (source_ != nullptr) return absl::OkStatus();
  if (MemoryPlan(options_.memory).IsBounded()) {
    WIRECOPY_ASSIGN_OR_RETURN(scratch_,
                              ScratchFile::Create(options_.memory.temp_folder));
  }
  MakeSource();
  return absl::OkStatus();
}

void Corpus::MakeSource() {
  // A record, and what is made of it, take some five times as much; several
  // threads may have one of that size.
  constexpr uint64_t kPartForRecord = 32;
  too_long_fails_ =
      MemoryPlan(options_.memory).IsBounded() &&
      options_.memory.bytes / kPartForRecord < options_.max_document;
  max_document_ = too_long_fails_ ? options_.memory.bytes / kPartForRecord
                                  : options_.max_document;
  source_ = std::make_unique<BlockSource>(&files_, max_document_,
                                          scratch_.get(), options_.progress);
}

absl::Status Corpus::ScanBlock(const InputBlock& block, BlockScan* scan,
                               ByteBuffer* buffer) {
  scan->Begin(block);
  if (files_[block.first_file].format != InputFormat::kText) {
    WIRECOPY_RETURN_IF_ERROR(scan->ScanRecords(block));
  } else {
    for (size_t f = block.first_file; f <= block.last_file; ++f) {
      WIRECOPY_ASSIGN_OR_RETURN(const BlockSource::Text text,
                                source_->ReadText(block.part, f, buffer));
      WIRECOPY_RETURN_IF_ERROR(scan->TakeText(f, text));
    }
  }
  if (scratch_ != nullptr) WIRECOPY_RETURN_IF_ERROR(scratch_->status());
  return MemoryPlan(options_.memory).Check(0);
}

// Calls end_block(worker, part) after each block, and look() after each time
// that the source was asked for one.
void Corpus::ScanBlocks(int workers, DocumentSink* sink, Results* results,
                        const std::function<void(int, size_t)>& end_block,
                        const std::function<void()>& look) {
  RunOnThreads(workers, [&](int worker) {
    BlockScan scan(files_, options_.fields, max_document_, too_long_fails_,
                   options_.keeps_publishers, worker, sink);
    ByteBuffer buffer;
    InputBlock block;
    while (!results->HasFailed()) {
      const absl::StatusOr<bool> more = source_->Next(&buffer, &block);
      results->Fail(more.status());
      if (!more.ok()) return;
      look();
      if (!*more) return;
      sink->BeginBlock(worker, block.number);
      const absl::Status status = ScanBlock(block, &scan, &buffer);
      results->Fail(status);
      if (!status.ok()) return;
      results->Put(block.number, scan.found().Packed());
      end_block(worker, block.part);
    }
  });
}

absl::Status Corpus::Scan(int threads, DocumentSink* sink) {
  const int workers = std::max(threads, 1);
  sink->Begin(workers);
  source_ = nullptr;
  WIRECOPY_RETURN_IF_ERROR(BeginScan());
  blocks_.clear();
  const InputPart all = {0, files_.size()};
  source_->Begin({all}, 0, nullptr);
  Results results(&blocks_);
  ScanBlocks(
      workers, sink, &results, [](int, size_t) {}, [] {});
  WIRECOPY_RETURN_IF_ERROR(results.status());
  part_bytes_ = source_->PartBytes(0);
  block_order_ = {{0, blocks_.size()}};
  return EndParts();
}

absl::Status Corpus::EndParts() {
  stats_.bytes = part_bytes_;
  stats_.read_seconds = source_ == nullptr ? 0 : source_->read_seconds();
  WIRECOPY_RETURN_IF_ERROR(Merge(MemoryPlan(options_.memory)));
  stats_.metadata = {};
  JoinMetadata(0);
  EndMetadata();
  is_read_ = true;
  return absl::OkStatus();
}

size_t Corpus::PartCount() {
  if (parts_.empty()) parts_ = CutIntoParts(files_);
  block_order_.resize(parts_.size());
  return parts_.size();
}

uint64_t Corpus::PartBytes(size_t part) {
  return BytesOfPart(files_, parts_[part]);
}

absl::Status Corpus::ScanParts(std::span<const size_t> parts, int threads,
                               bool keeps, PartSink* sink) {
  const int workers = std::max(threads, 1);
  sink->Begin(workers);
  WIRECOPY_RETURN_IF_ERROR(BeginScan());
  std::vector<InputPart> ranges;
  ranges.reserve(parts.size());
  for (const size_t part : parts) ranges.push_back(parts_[part]);
  PartWatch watch(parts.size());
  source_->Begin(ranges, blocks_.size(),
                 [&watch](size_t part, size_t begin, size_t end) {
                   watch.HandedOut(part, {begin, end});
                 });
  Results results(&blocks_);
  const auto look = [&] {
    while (const auto whole = watch.TakeWhole()) {
      const auto [place, blocks] = *whole;
      results.Fail(EndPart(parts[place], place, blocks, keeps, &results, sink));
    }
  };
  const auto end_block = [&](int worker, size_t place) {
    sink->EndBlock(worker);
    watch.BlockDone(place);
    look();
  };
  ScanBlocks(workers, sink, &results, end_block, look);
  return results.status();
}

absl::Status Corpus::EndPart(size_t number, size_t place, BlockRange blocks,
                             bool keeps, Results* results, PartSink* sink) {
  const InputPart& part = parts_[number];
  const uint64_t bytes = source_->PartBytes(place);
  const std::vector<CorpusBlock*> found = results->Find(blocks);
  // What is remembered is of files as they were when this process began.
  WIRECOPY_RETURN_IF_ERROR(CheckPart(part));
  WIRECOPY_RETURN_IF_ERROR(sink->EndPart(number, blocks, [&](PieceWriter* out) {
    WriteFound(part, bytes, found, out);
  }));
  block_order_[number] = blocks;
  part_bytes_ += bytes;
  if (keeps) return absl::OkStatus();
  for (CorpusBlock* const block : found) *block = CorpusBlock();
  for (size_t f = part.first_file; f < part.end_file; ++f) {
    if (!files_[f].contents.IsFile()) files_[f].contents = Contents();
  }
  return absl::OkStatus();
}

absl::Status Corpus::CheckPart(const InputPart& part) const {
  for (size_t f = part.first_file; f < part.end_file; ++f) {
    const InputFile& file = files_[f];
    if (file.contents.IsFile()) {
      WIRECOPY_RETURN_IF_ERROR(file.contents.CheckUnchanged());
      continue;
    }
    WIRECOPY_ASSIGN_OR_RETURN(const FileHandle now,
                              FileHandle::Open(file.path));
    if (now.stamp() != file.stamp) return ChangedError(file.path);
  }
  return absl::OkStatus();
}

void Corpus::WriteFound(const InputPart& part, uint64_t bytes,
                        std::span<CorpusBlock* const> blocks,
                        PieceWriter* out) const {
  out->Add(bytes);
  for (size_t f = part.first_file; f < part.end_file; ++f) {
    const InputFile& file = files_[f];
    out->Add<uint8_t>(file.contents.IsFile() ? 1 : 0);
    // Of a file that is cut, the part that ends it knows.
    const bool is_read = part.end == InputPart::kToTheEnd;
    out->Add<uint64_t>(is_read ? file.contents_size : 0);
    out->AddBytes(file.header);
  }
  out->Add<uint64_t>(blocks.size());
  for (const CorpusBlock* const block : blocks) block->AppendTo(out);
}

absl::StatusOr<BlockRange> Corpus::RestorePart(size_t part,
                                               PieceReader* found) {
  WIRECOPY_RETURN_IF_ERROR(BeginScan());
  WIRECOPY_RETURN_IF_ERROR(MemoryPlan(options_.memory).Check(0));
  const InputPart& range = parts_[part];
  PieceReader& in = *found;
  const auto bytes = in.Get<uint64_t>();
  for (size_t f = range.first_file; f < range.end_file; ++f) {
    InputFile& file = files_[f];
    if (in.Get<uint8_t>() != 0 && !file.contents.IsFile()) {
      file.contents = Contents::OfFile(file.path, file.stamp);
    }
    const auto size = in.Get<uint64_t>();
    if (range.end == InputPart::kToTheEnd) file.contents_size = size;
    file.header = in.GetBytes();
  }
  const auto count = in.Get<uint64_t>();
  const size_t begin = blocks_.size();
  bool is_sound = in.ok();
  for (uint64_t i = 0; i < count && is_sound; ++i) {
    CorpusBlock block;
    is_sound =
        block.ReadFrom(range.first_file, range.end_file, max_document_, &in);
    blocks_.push_back(std::move(block));
  }
  if (!is_sound) {
    blocks_.resize(begin);
    return absl::DataLossError("holds what no part of the input has");
  }
  part_bytes_ += bytes;
  block_order_[part] = {begin, blocks_.size()};
  return block_order_[part];
}

// What is compressed is unpacked again, and stays in memory, or on disk where
// memory has a bound.
absl::Status Corpus::OpenTexts(std::span<const uint32_t> documents,
                               int threads) {
  std::vector<bool> is_wanted(files_.size());
  for (const uint32_t d : documents) is_wanted[File(d)] = true;
  std::vector<InputPart> parts;
  std::vector<uint64_t> sizes;
  for (size_t f = 0; f < files_.size(); ++f) {
    if (!is_wanted[f] || files_[f].contents.IsKnown()) continue;
    parts.push_back({f, f + 1});
    sizes.push_back(files_[f].contents_size);
  }
  if (parts.empty()) return absl::OkStatus();
  source_->Begin(parts, 0, nullptr);
  Results results(&blocks_);
  RunOnThreads(std::max(threads, 1), [&](int) {
    ByteBuffer buffer;
    InputBlock block;
    while (!results.HasFailed()) {
      const absl::StatusOr<bool> more = source_->Next(&buffer, &block);
      results.Fail(more.status());
      if (!more.ok() || !*more) return;
      if (files_[block.first_file].format != InputFormat::kText) continue;
      results.Fail(
          source_->ReadText(block.part, block.first_file, &buffer).status());
    }
  });
  WIRECOPY_RETURN_IF_ERROR(results.status());
  for (size_t i = 0; i < parts.size(); ++i) {
    const InputFile& file = files_[parts[i].first_file];
    if (file.contents_size != sizes[i]) return ChangedError(file.path);
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
