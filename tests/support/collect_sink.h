// Keeps what a source gives away, and finds each document's text in it.

#ifndef WIRECOPY_TESTS_SUPPORT_COLLECT_SINK_H_
#define WIRECOPY_TESTS_SUPPORT_COLLECT_SINK_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/document.h"

namespace wirecopy::oracle {

class CollectSink : public DocumentSink {
 public:
  void Clear() {
    texts_.clear();
    begun_.clear();
  }

  void Begin(int workers) override {
    EXPECT_TRUE(texts_.empty());
    block_of_.assign(static_cast<size_t>(workers), nullptr);
  }

  void BeginBlock(int worker, size_t block) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    while (texts_.size() <= block) texts_.emplace_back();
    EXPECT_TRUE(begun_.insert(block).second);
    block_of_.at(static_cast<size_t>(worker)) = &texts_[block];
  }

  void Add(int worker, std::string_view text) override {
    block_of_.at(static_cast<size_t>(worker))->emplace_back(text);
  }

  size_t blocks() const { return texts_.size(); }

  const std::string& TextOf(const DocumentSource& source,
                            uint32_t document) const {
    const DocumentSource::Place place = source.Origin(document);
    return texts_[place.block][place.index];
  }

 private:
  std::mutex mutex_;
  // A deque, so that blocks stay where they are while others are begun.
  std::deque<std::vector<std::string>> texts_;
  std::set<size_t> begun_;
  std::vector<std::vector<std::string>*> block_of_;  // by worker
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_COLLECT_SINK_H_
