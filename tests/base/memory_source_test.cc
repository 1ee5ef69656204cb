// Documents in memory as a DocumentSource.

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "wirecopy/document.h"

namespace wirecopy {
namespace {

// Keeps the texts by block, as a sink may.
class BlockSink : public DocumentSink {
 public:
  void Begin(int workers) override {
    ++begun_;
    busy_ = std::vector<std::atomic<bool>>(static_cast<size_t>(workers));
    block_of_.resize(static_cast<size_t>(workers));
  }
  void BeginBlock(int worker, size_t block) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    while (blocks_.size() <= block) blocks_.emplace_back();
    block_of_.at(static_cast<size_t>(worker)) = &blocks_[block];
  }
  void Add(int worker, std::string_view text) override {
    auto& busy = busy_.at(static_cast<size_t>(worker));
    EXPECT_FALSE(busy.exchange(true));
    block_of_.at(static_cast<size_t>(worker))->push_back(text);
    busy = false;
  }

  int begun() const { return begun_; }
  std::string_view Text(const DocumentSource::Place& place) const {
    return blocks_.at(place.block).at(place.index);
  }
  size_t TextCount() const {
    size_t count = 0;
    for (const auto& block : blocks_) count += block.size();
    return count;
  }

 private:
  int begun_ = 0;
  std::mutex mutex_;
  std::deque<std::vector<std::string_view>> blocks_;
  std::vector<std::vector<std::string_view>*> block_of_;  // by worker
  std::vector<std::atomic<bool>> busy_;
};

struct Collection {
  std::vector<std::string> texts;
  std::vector<Document> documents;
};

Collection MakeCollection(size_t count) {
  Collection made;
  for (size_t i = 0; i < count; ++i) {
    made.texts.push_back(std::string(i % 11, 'x') + std::to_string(i));
  }
  for (size_t i = 0; i < count; ++i) {
    Document document{{i % 2 == 0, std::to_string(i)}, made.texts[i], {}};
    if (i % 3 == 0) {
      document.published = absl::FromUnixSeconds(static_cast<int64_t>(i));
    }
    made.documents.push_back(document);
  }
  return made;
}

TEST(MemorySourceTest, GivesEveryTextOnceAndSaysWhere) {
  for (const size_t count : {0U, 1U, 63U, 64U, 65U, 1000U}) {
    const Collection made = MakeCollection(count);
    for (const int threads : {0, 1, 4}) {
      const auto source = NewMemorySource(made.documents);
      BlockSink sink;
      ASSERT_TRUE(source->Scan(threads, &sink).ok());
      EXPECT_EQ(sink.begun(), 1);
      ASSERT_EQ(source->size(), count);
      EXPECT_EQ(sink.TextCount(), count);
      for (uint32_t i = 0; i < count; ++i) {
        EXPECT_EQ(sink.Text(source->Origin(i)), made.texts[i]);
      }
    }
  }
}

TEST(MemorySourceTest, KnowsIdsTimesAndTexts) {
  const Collection made = MakeCollection(200);
  const auto source = NewMemorySource(made.documents);
  const auto reader = source->NewReader();
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < 200; ++i) {
    EXPECT_EQ(source->Id(i), made.documents[i].id);
    EXPECT_EQ(source->Published(i), made.documents[i].published);
    EXPECT_EQ(reader->Text(i), made.texts[i]);
    bytes += made.texts[i].size();
  }
  EXPECT_GE(source->ExpectedBytes(), bytes);
}

}  // namespace
}  // namespace wirecopy
