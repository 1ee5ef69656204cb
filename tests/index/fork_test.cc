// An index that is open when its process forks.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;

// What is wrong, from a process that may not use gtest.
void Note(bool is_right, const char* what, std::string* wrong) {
  if (!is_right) *wrong += std::string(what) + "; ";
}

void NoteRefused(const absl::Status& status, const char* what,
                 std::string* wrong) {
  const bool is_refused =
      status.code() == absl::StatusCode::kFailedPrecondition &&
      status.message().find("was forked; open the index anew") !=
          absl::string_view::npos;
  Note(is_refused, what, wrong);
}

// A process that was forked from this one, and does `work`.
class Forked {
 public:
  explicit Forked(const std::function<std::string()>& work) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    process_ = fork();
    if (process_ == 0) {
      close(ends[0]);
      const std::string wrong = work();
      const bool is_written = write(ends[1], wrong.data(), wrong.size()) ==
                              static_cast<ssize_t>(wrong.size());
      _exit(is_written ? 0 : 1);
    }
    close(ends[1]);
    from_ = ends[0];
  }
  ~Forked() { close(from_); }
  Forked(const Forked&) = delete;
  Forked& operator=(const Forked&) = delete;

  // The status of one that ends by itself; -1 where it hangs.
  int Status() {
    int status = 0;
    return Wait(&status) && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // What it found wrong; one that hangs is ended.
  std::string Wrong() {
    int status = 0;
    if (!Wait(&status)) return "it hangs";
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "it died";
    char bytes[4096];
    const ssize_t size = read(from_, bytes, sizeof bytes);
    return size < 0 ? "no answer" : std::string(bytes, bytes + size);
  }

 private:
  bool Wait(int* status) const {
    for (int i = 0; waitpid(process_, status, WNOHANG) == 0; ++i) {
      constexpr int kMostTries = 6000;
      if (i == kMostTries) {
        kill(process_, SIGKILL);
        waitpid(process_, status, 0);
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }

  pid_t process_ = 0;
  int from_ = 0;
};

// All that a forked process may ask of an index.
std::string AskAll(Index* index, const std::vector<Document>& documents) {
  std::string wrong;
  const DocumentId id = documents[0].id;
  NoteRefused(index->Add(documents).status(), "Add", &wrong);
  NoteRefused(index->Query(documents).status(), "Query", &wrong);
  NoteRefused(index->Get(id).status(), "Get", &wrong);
  NoteRefused(index->Remove({&id, 1}).status(), "Remove", &wrong);
  NoteRefused(index->Info().status(), "Info", &wrong);
  NoteRefused(index->Verify(), "Verify", &wrong);
  NoteRefused(index->Compact(), "Compact", &wrong);
  return wrong;
}

TEST(IndexForkTest, IsRefusedAndLeavesTheFilesAlone) {
  TestFolder folder;
  const TestDocuments documents = TextMaker(41).Documents(60);
  const std::vector<Document> all = documents.All();
  const std::string path = folder.File("index");
  auto index = NewIndex(path);
  AddAll(index.get(), std::span(all).first(20));
  const std::vector<Document> others(all.begin() + 20, all.begin() + 40);
  Forked asks([&] { return AskAll(index.get(), others); });
  Forked closes([&] {
    std::string wrong;
    Note(index->Close().ok(), "Close", &wrong);
    Note(index->Close().ok(), "Close again", &wrong);
    return wrong + AskAll(index.get(), others);
  });
  Forked ends([&] {
    index.reset();
    return std::string();
  });
  EXPECT_EQ(asks.Wrong(), "");
  EXPECT_EQ(closes.Wrong(), "");
  EXPECT_EQ(ends.Wrong(), "");
  // It is still locked, whole, and goes on.
  EXPECT_FALSE(Index::Open(path, Index::Access::kWrite, {}).ok());
  AddAll(index.get(), std::span(all).subspan(40));
  EXPECT_EQ(index->Info()->documents, 40);
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
  ASSERT_TRUE(index->Close().ok());
  EXPECT_TRUE(VerifyFolder(path).ok()) << VerifyFolder(path);
}

TEST(IndexForkTest, AReaderIsRefusedToo) {
  TestFolder folder;
  const std::string path = folder.File("index");
  const TestDocuments documents = TextMaker(42).Documents(20);
  AddAll(NewIndex(path).get(), documents.All());
  auto index = Index::Open(path, Index::Access::kRead, {});
  ASSERT_TRUE(index.ok()) << index.status();
  Forked queries([&] {
    std::string wrong;
    NoteRefused((*index)->Query(documents.All()).status(), "Query", &wrong);
    index->reset();
    return wrong;
  });
  EXPECT_EQ(queries.Wrong(), "");
  EXPECT_TRUE((*index)->Query(documents.All()).ok());
}

TEST(IndexForkTest, OpensItAnewToRead) {
  TestFolder folder;
  const std::string path = folder.File("index");
  const TestDocuments documents = TextMaker(43).Documents(30);
  const auto index = NewIndex(path);
  AddAll(index.get(), documents.All());
  Forked reads([&] {
    std::string wrong;
    const auto own = Index::Open(path, Index::Access::kRead, {});
    if (!own.ok()) return own.status().ToString();
    const auto answers = (*own)->Query(documents.All());
    Note(answers.ok() && (*answers)[7].status == IndexStatus::kPresent, "Query",
         &wrong);
    Note((*own)->Verify().ok(), "Verify", &wrong);
    Note((*own)->Close().ok(), "Close", &wrong);
    return wrong;
  });
  EXPECT_EQ(reads.Wrong(), "");
}

// It would wait for RocksDB's threads, which it has not.
TEST(IndexForkTest, OpensNoneToWrite) {
  TestFolder folder;
  const std::string path = folder.File("index");
  ASSERT_TRUE(NewIndex(path)->Close().ok());
  const std::string other = folder.File("other");
  Forked writes([&] {
    const absl::Status opened =
        Index::Open(path, Index::Access::kWrite, {}).status();
    const absl::Status made = Index::Create(other, {});
    return std::string(opened.message()) + "\n" + std::string(made.message());
  });
  const std::string messages = writes.Wrong();
  EXPECT_THAT(messages, HasSubstr("index: this process was forked from"));
  EXPECT_THAT(messages.substr(messages.find('\n')),
              HasSubstr("other: this process was forked from"));
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_TRUE(OpenToWrite(path)->Verify().ok());
}

// RocksDB's own end would wait for its threads.
TEST(IndexForkTest, EndsWithTheProcess) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  Forked exits([]() -> std::string { std::exit(7); });
  EXPECT_EQ(exits.Status(), 7);
  EXPECT_TRUE(index->Verify().ok());
}

// Its end ends the lock, whoever has the file, too.
TEST(IndexForkTest, DoesNotProlongTheLock) {
  TestFolder folder;
  const std::string path = folder.File("index");
  auto index = NewIndex(path);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  Forked lives([&] {
    close(ends[1]);
    char byte = 0;
    return std::string(read(ends[0], &byte, 1) == 0 ? "" : "no end");
  });
  index.reset();
  EXPECT_NE(OpenToWrite(path), nullptr);
  close(ends[1]);
  EXPECT_EQ(lives.Wrong(), "");
  close(ends[0]);
}

}  // namespace
}  // namespace wirecopy
