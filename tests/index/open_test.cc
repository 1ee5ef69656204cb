// Making, opening and closing; readers beside a writer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string Message(const absl::Status& status) {
  return std::string(status.message());
}

std::vector<fs::path> TableFiles(const std::string& index) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(index) / "tables")) {
    if (entry.path().extension() == ".sst") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Changes a bit of the byte in the middle, or changes it back.
void FlipMiddle(const fs::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 2);
  file.seekg(middle);
  const int byte = file.get();
  file.seekp(middle);
  file.put(static_cast<char>(byte ^ 1));
}

TEST(IndexOpenTest, KeepsItsParametersAndDocuments) {
  IndexParameters parameters;
  parameters.threshold = 0.65;
  parameters.shingle = {ShingleUnit::kCharacter, 12, 99};
  parameters.passage.min_run = 10;
  parameters.passage.max_gap = 7;
  TestFolder folder;
  const TestDocuments documents = TextMaker(31).Documents(50);
  std::vector<std::string> answers;
  {
    const auto index = NewIndex(folder.File("index"), parameters);
    AddAll(index.get(), documents.All());
    ASSERT_TRUE(index->Close().ok());
  }
  const auto index = OpenToWrite(folder.File("index"));
  EXPECT_TRUE(CheckSame(index->parameters(), parameters).ok());
  EXPECT_GT(index->parameters().banding.bands, 0);
  for (const IndexAnswer& answer : AddAll(index.get(), documents.All())) {
    EXPECT_EQ(answer.status, IndexStatus::kPresent);
  }
}

TEST(IndexOpenTest, NamesTheParameterThatDiffers) {
  const auto expect = [](const IndexParameters& asked, const char* message) {
    const absl::Status status = CheckSame(IndexParameters(), asked);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(Message(status), HasSubstr(message));
  };
  IndexParameters asked;
  asked.shingle.k = 6;
  expect(asked, "k 5, not 6");
  asked = {};
  asked.shingle.seed = 4;
  expect(asked, "seed 0, not 4");
  asked = {};
  asked.shingle.unit = ShingleUnit::kCharacter;
  expect(asked, "shingle word, not char");
  asked = {};
  asked.threshold = 0.7;
  expect(asked, "threshold 0.8, not 0.7");
  asked = {};
  asked.measure = Measure::kContainment;
  expect(asked, "measure jaccard, not containment");
  asked = {};
  asked.recall = 0.9;
  expect(asked, "recall 0.999, not 0.9");
  asked = {};
  asked.has_passages = false;
  expect(asked, "passages yes, not no");
  asked = {};
  asked.passage.min_run = 9;
  expect(asked, "min-run 8, not 9");
  asked = {};
  asked.passage.every_run = true;
  expect(asked, "every-run no, not yes");
  EXPECT_TRUE(CheckSame(IndexParameters(), IndexParameters()).ok());
}

TEST(IndexOpenTest, RefusesParametersThatCannotBe) {
  TestFolder folder;
  IndexParameters parameters;
  parameters.threshold = 1.5;
  EXPECT_EQ(Index::Create(folder.File("a"), parameters).code(),
            absl::StatusCode::kInvalidArgument);
  parameters = {};
  parameters.shingle.k = 0;
  EXPECT_EQ(Index::Create(folder.File("a"), parameters).code(),
            absl::StatusCode::kInvalidArgument);
  parameters = {};
  parameters.measure = Measure::kContainment;
  parameters.has_passages = false;
  EXPECT_THAT(Message(Index::Create(folder.File("a"), parameters)),
              HasSubstr("without passages"));
  EXPECT_FALSE(fs::exists(folder.File("a")));
}

TEST(IndexOpenTest, TakesAnEmptyFolderAndNoOther) {
  TestFolder folder;
  fs::create_directory(folder.File("empty"));
  EXPECT_TRUE(Index::Create(folder.File("empty") + "/", {}).ok());
  EXPECT_EQ(Index::Create(folder.File("empty"), {}).code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(VerifyFolder(folder.File("empty")).ok());
  std::ofstream(folder.File("file")) << "x";
  EXPECT_EQ(Index::Create(folder.File("file"), {}).code(),
            absl::StatusCode::kAlreadyExists);
}

// Of the same number, as processes of two containers may be.
TEST(IndexOpenTest, OneOfManyThatMakeIt) {
  TestFolder folder;
  const std::string path = folder.File("index");
  // What a killed process has left behind.
  fs::create_directory(path + ".part" + std::to_string(getpid()) + "-0");
  std::atomic<int> made = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] { made += Index::Create(path, {}).ok() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_TRUE(OpenToWrite(path)->Verify().ok());
  EXPECT_EQ(std::distance(fs::directory_iterator(fs::path(path).parent_path()),
                          fs::directory_iterator()),
            2);
}

TEST(IndexOpenTest, SaysWhereThereIsNone) {
  TestFolder folder;
  const auto index = Index::Open(folder.File("none"), Index::Access::kRead, {});
  EXPECT_EQ(index.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Message(index.status()), HasSubstr("none: is no index"));
}

TEST(IndexOpenTest, OneWriter) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const auto second =
      Index::Open(folder.File("index"), Index::Access::kWrite, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(second.status()), HasSubstr("open for writing already"));
}

TEST(IndexOpenTest, ReadersDoNotWrite) {
  TestFolder folder;
  NewIndex(folder.File("index"));
  auto reader = Index::Open(folder.File("index"), Index::Access::kRead, {});
  ASSERT_TRUE(reader.ok());
  const TestDocuments documents = TextMaker(32).Documents(1);
  EXPECT_EQ((*reader)->Add(documents.All()).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ((*reader)->Compact().code(), absl::StatusCode::kFailedPrecondition);
}

// Each reader sees some number of whole batches, never fewer than one that was
// answered before it opened, and reads on whatever the writer does.
TEST(IndexOpenTest, ReadersBesideAWriter) {
  constexpr size_t kBatch = 10;
  TestFolder folder;
  const std::string path = folder.File("index");
  const TestDocuments documents = TextMaker(33).Documents(600);
  const std::vector<Document> all = documents.All();
  auto writer = NewIndex(path);
  std::atomic<size_t> answered = 0;
  std::atomic<bool> is_done = false;
  std::thread writing([&] {
    for (size_t i = 0; i < all.size(); i += kBatch) {
      AddAll(writer.get(), std::span(all).subspan(i, kBatch));
      answered = i + kBatch;
      if (i % 200 == 100) {
        EXPECT_TRUE(writer->Compact().ok());
      }
    }
    is_done = true;
  });
  int readers = 0;
  while (!is_done || readers < 3) {
    const size_t before = answered;
    const auto reader = Index::Open(path, Index::Access::kRead, {});
    ASSERT_TRUE(reader.ok()) << reader.status();
    const size_t seen = (*reader)->Info()->documents;
    EXPECT_GE(seen, before);
    EXPECT_EQ(seen % kBatch, 0);
    EXPECT_TRUE((*reader)->Verify().ok()) << (*reader)->Verify();
    EXPECT_EQ((*reader)->Info()->documents, seen);
    ++readers;
  }
  writing.join();
}

TEST(IndexOpenTest, ReaderVerifiesWhatAWriterReplaced) {
  TestFolder folder;
  const std::string path = folder.File("index");
  const TestDocuments documents = TextMaker(35).Documents(40);
  const std::vector<Document> all = documents.All();
  auto writer = NewIndex(path);
  AddAll(writer.get(), std::span(all).first(20));
  ASSERT_TRUE(writer->Compact().ok());
  const auto reader = Index::Open(path, Index::Access::kRead, {});
  ASSERT_TRUE(reader.ok()) << reader.status();
  const std::vector<fs::path> read = TableFiles(path);
  AddAll(writer.get(), std::span(all).subspan(20));
  ASSERT_TRUE(writer->Compact().ok());
  // A writer deletes what it has replaced when it comes to it; this one is done
  // when it is closed. Else this shows nothing.
  ASSERT_TRUE(writer->Close().ok());
  ASSERT_FALSE(fs::exists(read.front()));
  EXPECT_TRUE((*reader)->Verify().ok()) << (*reader)->Verify();
  EXPECT_EQ((*reader)->Info()->documents, 20);
}

TEST(IndexOpenTest, ReaderFindsDamageAndLoss) {
  TestFolder folder;
  const std::string path = folder.File("index");
  const TestDocuments documents = TextMaker(36).Documents(20);
  AddAll(NewIndex(path).get(), documents.All());
  // What is left over is deleted by whoever opens it next.
  ASSERT_TRUE(OpenToWrite(path)->Close().ok());
  const auto reader = Index::Open(path, Index::Access::kRead, {});
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_TRUE((*reader)->Verify().ok()) << (*reader)->Verify();
  const fs::path file = TableFiles(path).front();
  FlipMiddle(file);
  EXPECT_TRUE(absl::IsDataLoss((*reader)->Verify())) << (*reader)->Verify();
  FlipMiddle(file);
  EXPECT_TRUE((*reader)->Verify().ok()) << (*reader)->Verify();
  fs::remove(file);
  EXPECT_FALSE((*reader)->Verify().ok());
}

TEST(IndexOpenTest, TakesChangesFromOneAndQuestionsFromMany) {
  TestFolder folder;
  const TestDocuments documents = TextMaker(34).Documents(200);
  const std::vector<Document> all = documents.All();
  const auto index = NewIndex(folder.File("index"));
  AddAll(index.get(), std::span(all).first(20));
  std::atomic<bool> is_done = false;
  std::vector<std::thread> asking;
  for (size_t t = 0; t < 3; ++t) {
    asking.emplace_back([&, t] {
      while (!is_done) {
        const auto answers = index->Query(std::span(all).subspan(t, 1));
        ASSERT_TRUE(answers.ok()) << answers.status();
        EXPECT_EQ((*answers)[0].status, IndexStatus::kPresent);
      }
    });
  }
  for (size_t i = 20; i < all.size(); i += 20) {
    AddAll(index.get(), std::span(all).subspan(i, 20));
  }
  is_done = true;
  for (std::thread& thread : asking) thread.join();
  EXPECT_TRUE(index->Verify().ok());
}

TEST(IndexOpenTest, NothingIsDoneOnceItIsClosed) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const Document documents[] = {{{false, "a"}, "a harbour", {}}};
  const DocumentId ids[] = {documents[0].id};
  AddAll(index.get(), documents);
  ASSERT_TRUE(index->Close().ok());
  EXPECT_TRUE(index->Close().ok());
  for (const absl::Status& status :
       {index->Add(documents).status(), index->Query(documents).status(),
        index->Get(ids[0]).status(), index->Remove(ids).status(),
        index->Info().status(), index->Verify(), index->Compact()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(Message(status), HasSubstr("has been closed"));
  }
  EXPECT_EQ(index->parameters().threshold, 0.8);
  EXPECT_TRUE(VerifyFolder(folder.File("index")).ok());
}

}  // namespace
}  // namespace wirecopy
