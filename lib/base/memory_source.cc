#include <algorithm>

#include "base/parallel.h"
#include "wirecopy/document.h"

namespace wirecopy {
namespace {

constexpr size_t kBlockSize = 64;

class MemoryReader : public TextReader {
 public:
  explicit MemoryReader(std::span<const Document> documents)
      : documents_(documents) {}

  std::string_view Text(uint32_t document) override {
    last_ = document;
    return documents_[document].text;
  }
  DocumentDetails Details() const override { return documents_[last_].details; }

 private:
  std::span<const Document> documents_;
  uint32_t last_ = 0;
};

class MemorySource : public DocumentSource {
 public:
  explicit MemorySource(std::span<const Document> documents)
      : documents_(documents) {}

  absl::Status Scan(int threads, DocumentSink* sink) override {
    const size_t blocks = (documents_.size() + kBlockSize - 1) / kBlockSize;
    sink->Begin(std::max(threads, 1));
    ParallelFor(threads, blocks, [&](int worker, size_t block) {
      const size_t begin = block * kBlockSize;
      const size_t end = std::min(documents_.size(), begin + kBlockSize);
      sink->BeginBlock(worker, block);
      for (size_t i = begin; i < end; ++i) {
        sink->Add(worker, documents_[i].text);
      }
    });
    return absl::OkStatus();
  }

  uint32_t size() const override {
    return static_cast<uint32_t>(documents_.size());
  }
  Place Origin(uint32_t document) const override {
    return {document / kBlockSize, document % kBlockSize};
  }
  DocumentId Id(uint32_t document) const override {
    return documents_[document].id;
  }
  std::optional<absl::Time> Published(uint32_t document) const override {
    return documents_[document].published;
  }
  std::string_view Publisher(uint32_t document) const override {
    return documents_[document].publisher;
  }
  std::unique_ptr<TextReader> NewReader() const override {
    return std::make_unique<MemoryReader>(documents_);
  }
  uint64_t ExpectedBytes() const override {
    uint64_t bytes = 0;
    for (const Document& document : documents_) bytes += document.text.size();
    return bytes;
  }

 private:
  std::span<const Document> documents_;
};

}  // namespace

std::unique_ptr<DocumentSource> NewMemorySource(
    std::span<const Document> documents) {
  return std::make_unique<MemorySource>(documents);
}

}  // namespace wirecopy
