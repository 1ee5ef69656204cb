#include "spooled_records.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "work.h"

namespace wirecopy::python {
namespace {

constexpr size_t kBlock = 64;  // documents

absl::Status FileError(const char* what) {
  return absl::UnavailableError(absl::StrCat(
      "cannot ", what, " the temporary file: ", std::strerror(errno)));
}

absl::Status WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return FileError("write");
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status ReadAll(int file, uint64_t begin, std::string* bytes) {
  for (size_t done = 0; done < bytes->size();) {
    const ssize_t got = pread(file, bytes->data() + done, bytes->size() - done,
                              static_cast<off_t>(begin + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return FileError("read");
    done += static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

class Spool : public SpooledRecords {
 public:
  Spool(ArrowInput input, RecordColumns columns, int file)
      : input_(std::move(input)), columns_(std::move(columns)), file_(file) {}

  absl::Status Scan(int threads, DocumentSink* sink) override;

  uint32_t size() const override { return static_cast<uint32_t>(ends_.size()); }
  Place Origin(uint32_t document) const override;
  DocumentId Id(uint32_t document) const override {
    return columns_.ids().Get(document);
  }
  std::optional<absl::Time> Published(uint32_t document) const override {
    return columns_.dates().Get(document);
  }
  std::unique_ptr<TextReader> NewReader() const override;
  uint64_t ExpectedBytes() const override { return 0; }  // nobody knows
  absl::Status ReadError() const override {
    const std::lock_guard lock(mutex_);
    return error_;
  }
  const RecordColumns& columns() const override { return columns_; }

  void Read(uint32_t document, std::string* text) const;

 private:
  absl::Status Take(const std::vector<std::string_view>& texts);

  ArrowInput input_;
  RecordColumns columns_;
  const int file_;
  bool is_scanned_ = false;
  std::vector<uint64_t> ends_;  // of texts in the file
  struct Start {
    uint32_t document;
    size_t block;
  };
  std::vector<Start> starts_;  // of arrays, each of which has its own blocks
  size_t blocks_ = 0;
  mutable std::mutex mutex_;
  mutable absl::Status error_;
};

class SpoolReader : public TextReader {
 public:
  explicit SpoolReader(const Spool& spool) : spool_(spool) {}

  std::string_view Text(uint32_t document) override {
    spool_.Read(document, &text_);
    return text_;
  }

 private:
  const Spool& spool_;
  std::string text_;
};

absl::Status Spool::Take(const std::vector<std::string_view>& texts) {
  constexpr size_t kAtOnce = size_t{1} << 20;
  starts_.push_back({size(), blocks_});
  blocks_ += (texts.size() + kBlock - 1) / kBlock;
  uint64_t end = ends_.empty() ? 0 : ends_.back();
  std::string buffer;
  for (const std::string_view text : texts) {
    end += text.size();
    ends_.push_back(end);
    buffer += text;
    if (buffer.size() < kAtOnce) continue;
    const absl::Status status = WriteAll(file_, buffer);
    if (!status.ok()) return status;
    buffer.clear();
  }
  return WriteAll(file_, buffer);
}

absl::Status Spool::Scan(int threads, DocumentSink* sink) {
  if (std::exchange(is_scanned_, true)) {
    return absl::FailedPreconditionError("a stream can be read only once");
  }
  sink->Begin(threads);
  std::vector<std::string_view> texts;
  while (true) {
    absl::StatusOr<Owned<ArrowArray>> array = input_.Next();
    if (!array.ok()) return array.status();
    if (array->empty()) return columns_.CheckIds();
    texts.clear();
    absl::Status status = columns_.Append(input_.schema(), **array, &texts);
    if (!status.ok()) return status;
    const size_t first_block = blocks_;
    status = Take(texts);
    if (!status.ok()) return status;
    RunInOrder(threads, blocks_ - first_block, [&](int worker, size_t block) {
      sink->BeginBlock(worker, first_block + block);
      const size_t end = std::min(texts.size(), (block + 1) * kBlock);
      for (size_t i = block * kBlock; i < end; ++i) sink->Add(worker, texts[i]);
    });
  }
}

DocumentSource::Place Spool::Origin(uint32_t document) const {
  const auto after = std::upper_bound(
      starts_.begin(), starts_.end(), document,
      [](uint32_t d, const Start& start) { return d < start.document; });
  const Start& start = *(after - 1);
  const size_t index = document - start.document;
  return {start.block + index / kBlock, index % kBlock};
}

void Spool::Read(uint32_t document, std::string* text) const {
  const uint64_t begin = document == 0 ? 0 : ends_[document - 1];
  text->resize(ends_[document] - begin);
  const absl::Status status = ReadAll(file_, begin, text);
  if (status.ok()) return;
  text->clear();
  const std::lock_guard lock(mutex_);
  error_.Update(status);
}

std::unique_ptr<TextReader> Spool::NewReader() const {
  return std::make_unique<SpoolReader>(*this);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SpooledRecords>> SpooledRecords::Open(
    ArrowInput input, const RecordFields& fields, int file) {
  RecordFields taken = fields;
  for (std::string* const name : {&taken.publisher, &taken.title, &taken.url,
                                  &taken.canonical, &taken.is_based_on}) {
    name->clear();
  }
  absl::StatusOr<RecordColumns> columns =
      RecordColumns::Find(input.schema(), taken);
  if (!columns.ok()) return columns.status();
  return std::make_unique<Spool>(std::move(input), *std::move(columns), file);
}

}  // namespace wirecopy::python
