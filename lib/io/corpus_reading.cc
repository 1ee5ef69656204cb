// A corpus that is read on from block to block, by who does not wait for its
// end.

#include <algorithm>
#include <utility>

#include "base/memory_plan.h"
#include "base/status_macros.h"
#include "io/block_scan.h"
#include "io/corpus.h"
#include "io/corpus_merging.h"

namespace wirecopy {
namespace {

// Texts are read again when they are asked for.
class NoSink : public DocumentSink {
 public:
  void Begin(int /*workers*/) override {}
  void BeginBlock(int /*worker*/, size_t /*block*/) override {}
  void Add(int /*worker*/, std::string_view /*text*/) override {}
};

}  // namespace

struct Corpus::Reading {
  explicit Reading(const Corpus& corpus)
      : scan(corpus.files_, corpus.options_.fields, corpus.max_document_,
             corpus.too_long_fails_, corpus.options_.keeps_publishers,
             /*worker=*/0, &sink),
        merging(corpus, 0) {}

  NoSink sink;
  BlockScan scan;
  Merging merging;
  ByteBuffer buffer;
  size_t file = 0;  // the last that was begun
};

Corpus::Corpus(const CorpusOptions& options) : options_(options) {}
Corpus::~Corpus() = default;

void Corpus::BeginReading() {
  MakeSource();
  source_->TakeAsItComes();
  source_->Begin({{0, files_.size()}}, 0, nullptr);
  reading_ = std::make_unique<Reading>(*this);
}

absl::StatusOr<bool> Corpus::ReadOn() {
  if (is_read_) return false;
  if (reading_ == nullptr) BeginReading();
  InputBlock block;
  WIRECOPY_ASSIGN_OR_RETURN(const bool more,
                            source_->Next(&reading_->buffer, &block));
  if (!more) {
    EndReading();
    return false;
  }
  reading_->file = block.last_file;
  WIRECOPY_RETURN_IF_ERROR(
      ScanBlock(block, &reading_->scan, &reading_->buffer));
  WIRECOPY_RETURN_IF_ERROR(MergeNext(reading_->scan.found().Packed()));
  return true;
}

absl::Status Corpus::MergeNext(CorpusBlock found) {
  const size_t after = documents_.size() + found.size();
  if (after > documents_.capacity()) {
    const size_t room = std::max(after, 2 * documents_.capacity());
    WIRECOPY_RETURN_IF_ERROR(
        MemoryPlan(options_.memory)
            .Check(room * (sizeof(Document) + Ids::kBytesOfDocument)));
    documents_.reserve(room);
    reading_->merging.ids.Reserve(room);
  }
  const uint32_t first = size();
  blocks_.push_back(std::move(found));
  WIRECOPY_RETURN_IF_ERROR(MergeBlock(static_cast<uint32_t>(blocks_.size() - 1),
                                      &reading_->merging));
  JoinMetadata(first);
  return absl::OkStatus();
}

void Corpus::EndReading() {
  stats_.bytes = source_->PartBytes(0);
  stats_.read_seconds = source_->read_seconds();
  block_order_ = {{0, blocks_.size()}};
  EndMetadata();
  is_read_ = true;
}

bool Corpus::IsLive() const {
  return !is_read_ && reading_ != nullptr && source_->IsLive();
}

bool Corpus::IsReadyWithin(std::chrono::milliseconds time) const {
  return is_read_ || reading_ == nullptr || source_->IsReadyWithin(time);
}

void Corpus::Forget(uint32_t before) {
  if (reading_ == nullptr) return;
  const bool is_all = before == size();
  const size_t file = is_all ? reading_->file : File(before);
  for (; forgotten_files_ < file; ++forgotten_files_) {
    files_[forgotten_files_].contents.Forget(~uint64_t{0});
  }
  files_[file].contents.Forget(is_all ? ~uint64_t{0} : Offset(before));
}

}  // namespace wirecopy
