#include "engine/publisher_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "wirecopy/document.h"

namespace wirecopy {
namespace {

absl::Time At(int hour) { return absl::FromUnixSeconds(3600 * hour); }

// Two reports of Wire, three copies of Post's, one by nobody.
class PublisherGraphTest : public ::testing::Test {
 protected:
  static LineageRecord Copy(uint32_t document, uint32_t parent, double sure,
                            uint64_t words) {
    LineageRecord record;
    record.document = document;
    record.status = LineageStatus::kCopy;
    record.parents = {{parent, sure, words}};
    return record;
  }

  std::vector<PublisherEdge> Make(bool use_dates = true) const {
    std::vector<ReusedPassage> passages(documents_.size());
    for (size_t i = 0; i < passages.size(); ++i) {
      passages[i].b = static_cast<uint32_t>(i);
    }
    TracedTexts texts(documents_.size());
    EXPECT_TRUE(texts.Read(*source_, passages, use_dates, 1).ok());
    return MakePublisherGraph(*source_, texts, lineage_);
  }

  std::vector<Document> documents_ = {
      {{false, "w1"}, "", At(0), "Wire"}, {{false, "w2"}, "", At(1), "Wire"},
      {{false, "p1"}, "", At(3), "Post"}, {{false, "p2"}, "", At(2), "Post"},
      {{false, "p3"}, "", {}, "Post"},    {{false, "x"}, "", At(9), ""}};
  std::unique_ptr<DocumentSource> source_ = NewMemorySource(documents_);
  std::vector<LineageRecord> lineage_ = {
      Copy(2, 0, 0.9, 100), Copy(3, 1, 0.8, 50), Copy(4, 0, 0.7, 7),
      Copy(5, 0, 0.9, 1000)};
};

TEST_F(PublisherGraphTest, CountsCopiesWordsAndTheMedianDelay) {
  const std::vector<PublisherEdge> edges = Make();
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].source, "Wire");
  EXPECT_EQ(edges[0].copy, "Post");
  EXPECT_EQ(edges[0].documents, 3U);
  EXPECT_EQ(edges[0].words, 157U);
  EXPECT_EQ(edges[0].median_delay, absl::Hours(1));  // of one and three
}

TEST_F(PublisherGraphTest, WithoutDatesThereAreNoDelays) {
  EXPECT_EQ(Make(/*use_dates=*/false)[0].median_delay, std::nullopt);
}

// Nor is the delay of a copy that is dated first.
TEST_F(PublisherGraphTest, WhatIsNotKnownIsNotClaimed) {
  lineage_ = {Copy(2, 0, 0.4, 100)};
  EXPECT_TRUE(Make().empty());
  lineage_ = {Copy(0, 2, 0.6, 100)};
  EXPECT_EQ(Make()[0].median_delay, std::nullopt);
}

// A day alone, or two of them, may be off by as much as the delay.
TEST_F(PublisherGraphTest, DatesAloneTellNoHours) {
  documents_[2].details.published_is_uncertain = true;
  EXPECT_EQ(Make()[0].median_delay, absl::Hours(1));  // of the other copy
  lineage_ = {Copy(2, 0, 0.9, 100)};
  EXPECT_EQ(Make()[0].median_delay, std::nullopt);
  documents_[2].published = At(72);
  EXPECT_EQ(Make()[0].median_delay, absl::Hours(72));
  documents_[0].details.published_is_uncertain = true;
  documents_[2].published = At(48);
  EXPECT_EQ(Make()[0].median_delay, std::nullopt);
}

TEST_F(PublisherGraphTest, EveryParentFeeds) {
  lineage_ = {Copy(2, 0, 0.9, 100)};
  lineage_[0].parents.push_back({3, 0.6, 40});
  const std::vector<PublisherEdge> edges = Make();
  ASSERT_EQ(edges.size(), 2U);
  EXPECT_EQ(edges[0].source, "Post");
  EXPECT_EQ(edges[0].words, 40U);
  EXPECT_EQ(edges[1].source, "Wire");
}

}  // namespace
}  // namespace wirecopy
