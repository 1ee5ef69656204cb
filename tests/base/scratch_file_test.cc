// Files without names.

#include "base/scratch_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

std::unique_ptr<ScratchFile> Make(const std::string& folder) {
  auto file = ScratchFile::Create(folder);
  EXPECT_TRUE(file.ok()) << file.status();
  return *std::move(file);
}

std::string ReadFrom(const ScratchFile& file, uint64_t begin, size_t size) {
  std::string bytes(size, '?');
  file.ReadAt(begin, size, bytes.data());
  return bytes;
}

TEST(ScratchFileTest, ReadsWhatManyThreadsAppend) {
  constexpr size_t kThreads = 4;
  constexpr size_t kPieces = 500;
  const oracle::TempFolder folder;
  const auto file = Make(folder.Path(""));
  const auto piece = [](size_t thread, size_t i) {
    return std::string(1 + (thread * 7 + i) % 50,
                       static_cast<char>('a' + i % 26));
  };
  std::vector<std::vector<uint64_t>> begins(kThreads);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < kPieces; ++i) {
        const std::string bytes = piece(t, i);
        begins[t].push_back(file->Append(bytes.data(), bytes.size()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  size_t all = 0;
  for (size_t t = 0; t < kThreads; ++t) {
    for (size_t i = 0; i < kPieces; ++i) {
      const std::string bytes = piece(t, i);
      ASSERT_EQ(ReadFrom(*file, begins[t][i], bytes.size()), bytes);
      all += bytes.size();
    }
  }
  EXPECT_EQ(file->size(), all);
  EXPECT_TRUE(file->status().ok());
}

TEST(ScratchFileTest, LeavesNoName) {
  const oracle::TempFolder folder;
  const auto file = Make(folder.Path(""));
  file->Append("abc", 3);
  EXPECT_EQ(folder.FileCount(), 0U);
}

TEST(ScratchFileTest, NamesTheFolderThatIsNotThere) {
  const oracle::TempFolder folder;
  const auto file = ScratchFile::Create(folder.Path("none"));
  EXPECT_EQ(file.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(file.status().message().find("none: cannot make a temporary file"),
            std::string::npos)
      << file.status();
}

TEST(ScratchFileTest, ReadsZerosBehindTheEndAndSaysSo) {
  const oracle::TempFolder folder;
  const auto file = Make(folder.Path(""));
  file->Append("abc", 3);
  EXPECT_EQ(ReadFrom(*file, 1, 4), std::string("bc\0\0", 4));
  EXPECT_FALSE(file->status().ok());
}

// While it lives, no file of this process may grow beyond so many bytes.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit small = before_;
    small.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_ = {};
};

// A file that may not grow any more stands for a disk that is full.
TEST(ScratchFileTest, SaysThatItCouldNotWrite) {
  const oracle::TempFolder folder;
  const auto file = Make(folder.Path(""));
  const std::string bytes(800, 'x');
  uint64_t first = 0;
  absl::Status between;
  {
    const SmallFiles limit(1000);
    first = file->Append(bytes.data(), bytes.size());
    between = file->status();
    file->Append(bytes.data(), bytes.size());
  }
  EXPECT_TRUE(between.ok()) << between;
  EXPECT_FALSE(file->status().ok());
  EXPECT_NE(file->status().message().find("cannot write a temporary file"),
            std::string::npos)
      << file->status();
  EXPECT_EQ(ReadFrom(*file, first, 800), bytes);
}

}  // namespace
}  // namespace wirecopy
