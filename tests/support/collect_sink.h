// Keeps what a source gives away, and finds each document's text in it.

#ifndef WIRECOPY_TESTS_SUPPORT_COLLECT_SINK_H_
#define WIRECOPY_TESTS_SUPPORT_COLLECT_SINK_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/document.h"

namespace wirecopy::oracle {

class CollectSink : public DocumentSink {
 public:
  void Begin(size_t blocks, int workers) override {
    EXPECT_TRUE(texts_.empty());
    texts_.resize(blocks);
    workers_ = workers;
  }

  void Add(int worker, size_t block, std::string_view text) override {
    EXPECT_LT(worker, workers_);
    EXPECT_GE(worker, 0);
    texts_[block].emplace_back(text);
  }

  size_t blocks() const { return texts_.size(); }

  const std::string& TextOf(const DocumentSource& source,
                            uint32_t document) const {
    const DocumentSource::Place place = source.Origin(document);
    return texts_[place.block][place.index];
  }

 private:
  std::vector<std::vector<std::string>> texts_;
  int workers_ = 0;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_COLLECT_SINK_H_
