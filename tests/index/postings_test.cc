// Lists of documents under a key.

#include "index/postings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "index/encoding.h"
#include "index/index_state.h"
#include "index/store.h"
#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

std::vector<uint32_t> DocumentsOf(const PrintList& list) {
  std::vector<uint32_t> documents;
  for (size_t i = 0; i < list.size(); ++i) {
    documents.push_back(list[i].document);
  }
  return documents;
}

// Against a map, which has the lowest of all that were given.
TEST(PrintListTest, InsertsInOrder) {
  std::mt19937_64 random(51);
  for (int round = 0; round < 200; ++round) {
    PrintList list;
    std::map<uint32_t, std::vector<uint32_t>> all;
    const uint64_t count = random() % 20;
    while (all.size() < count) {
      const auto document = static_cast<uint32_t>(random() % 1000);
      if (all.contains(document)) continue;
      std::vector<uint32_t>& places = all[document];
      for (uint32_t i = 0; i <= document % 4; ++i) places.push_back(7 * i);
      // What has been left out was higher than all that stay.
      list.Insert(document, places);
      ASSERT_TRUE(list.IsInOrder());
    }
    PrintList read;
    ASSERT_TRUE(read.Read(list.Bytes()));
    EXPECT_EQ(read.leaves_out(), count > PrintList::kMost);
    ASSERT_EQ(read.size(), std::min<size_t>(count, PrintList::kMost));
    auto wanted = all.begin();
    for (size_t i = 0; i < read.size(); ++i, ++wanted) {
      EXPECT_EQ(read[i].document, wanted->first);
      EXPECT_TRUE(std::equal(read[i].places.begin(), read[i].places.end(),
                             wanted->second.begin(), wanted->second.end()));
    }
  }
}

TEST(PrintListTest, SaysOfWhatItLeavesOutWhetherThatMayBeCut) {
  constexpr uint32_t kPlaces[] = {3};
  PrintList list;
  for (uint32_t i = 0; i < PrintList::kMost; ++i) list.Add(i, kPlaces);
  list.MarkLeftOutCut();
  EXPECT_FALSE(list.left_out_may_be_cut());
  list.Add(40, kPlaces);
  list.MarkLeftOutCut();
  PrintList read;
  ASSERT_TRUE(read.Read(list.Bytes()));
  EXPECT_TRUE(read.left_out_may_be_cut());
  read.Remove(0);
  read.Insert(20, kPlaces);
  read.Sort();
  EXPECT_TRUE(read.left_out_may_be_cut());
  read.MarkWhole(true);
  EXPECT_FALSE(read.left_out_may_be_cut());
  // There is nothing of which it could be said.
  std::string bytes = list.Bytes();
  bytes[0] = 2;
  EXPECT_FALSE(read.Read(bytes));
}

TEST(PrintListTest, SortsWhatIsNotInOrder) {
  PrintList list;
  const std::vector<uint32_t> places[] = {{1, 2}, {3}, {4, 5, 6}};
  list.Add(15, places[0]);
  list.Add(12, places[1]);
  list.Add(13, places[2]);
  EXPECT_FALSE(list.IsInOrder());
  list.Sort();
  EXPECT_TRUE(list.IsInOrder());
  EXPECT_EQ(DocumentsOf(list), (std::vector<uint32_t>{12, 13, 15}));
  EXPECT_EQ(list[1].places.size(), 3);
  EXPECT_EQ(list[2].places[1], 2);
  EXPECT_FALSE(list.leaves_out());
}

// Turns the lists of fingerprints around that have more than one document.
int Reverse(const std::string& tables) {
  const auto store = Store::Open(tables, Store::Access::kWrite, {});
  EXPECT_TRUE(store.ok()) << store.status();
  Store::Changes changes(**store);
  int count = 0;
  {
    const Store::View view(**store);
    const absl::Status status = view.Visit(
        Table::kPrints, "", [&](std::string_view key, std::string_view value) {
          PrintList list;
          EXPECT_TRUE(list.Read(value));
          if (list.size() < 2) return absl::OkStatus();
          PrintList turned;
          for (size_t i = list.size(); i > 0; --i) {
            turned.Add(list[i - 1].document, list[i - 1].places);
          }
          changes.Put(Table::kPrints, key, turned.Bytes());
          ++count;
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
  }
  EXPECT_TRUE((*store)->Commit(&changes).ok());
  EXPECT_TRUE((*store)->Close().ok());
  return count;
}

TEST(IndexOrderTest, VerifyFindsListsOutOfOrderAndCompactMendsThem) {
  TestFolder folder;
  const std::string path = folder.File("index");
  IndexOptions options;
  options.repeats_answers = true;
  const TestDocuments documents = TextMaker(52).Documents(60);
  std::vector<std::string> answers;
  {
    const auto index = NewIndex(path, {}, options);
    AddAll(index.get(), documents.All());
    answers = Shown(AddAll(index.get(), documents.All()));
  }
  EXPECT_GT(Reverse(IndexPaths(path).tables), 100);
  const auto index = OpenToWrite(path, options);
  const absl::Status status = index->Verify();
  EXPECT_TRUE(absl::IsDataLoss(status));
  EXPECT_NE(status.message().find("order of adding"), std::string::npos)
      << status;
  ASSERT_TRUE(index->Compact().ok());
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
  EXPECT_EQ(Shown(AddAll(index.get(), documents.All())), answers);
}

}  // namespace
}  // namespace wirecopy
