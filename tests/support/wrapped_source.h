// A source of documents in memory, for sources that differ from it in one
// thing.

#ifndef WIRECOPY_TESTS_SUPPORT_WRAPPED_SOURCE_H_
#define WIRECOPY_TESTS_SUPPORT_WRAPPED_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "wirecopy/document.h"

namespace wirecopy::oracle {

class WrappedSource : public DocumentSource {
 public:
  explicit WrappedSource(std::vector<Document> documents)
      : documents_(std::move(documents)),
        source_(NewMemorySource(documents_)) {}

  absl::Status Scan(int threads, DocumentSink* sink) override {
    return source_->Scan(threads, sink);
  }
  uint32_t size() const override { return source_->size(); }
  Place Origin(uint32_t document) const override {
    return source_->Origin(document);
  }
  DocumentId Id(uint32_t document) const override {
    return source_->Id(document);
  }
  std::optional<absl::Time> Published(uint32_t document) const override {
    return source_->Published(document);
  }
  std::unique_ptr<TextReader> NewReader() const override {
    return source_->NewReader();
  }
  uint64_t ExpectedBytes() const override { return source_->ExpectedBytes(); }

 private:
  std::vector<Document> documents_;
  std::unique_ptr<DocumentSource> source_;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_WRAPPED_SOURCE_H_
