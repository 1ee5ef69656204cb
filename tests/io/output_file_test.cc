#include "io/output_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using oracle::TempFolder;
using ::testing::HasSubstr;

std::unique_ptr<OutputFile> Opened(const std::string& path) {
  auto file = OutputFile::Open(path);
  EXPECT_TRUE(file.ok()) << file.status();
  return file.ok() ? *std::move(file) : nullptr;
}

mode_t ModeOf(const std::string& path) {
  struct stat info = {};
  EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 07777;
}

TEST(OutputFileTest, AppearsOnCommit) {
  const TempFolder folder;
  const auto file = Opened(folder.Path("out"));
  ASSERT_NE(file, nullptr);
  // Past every buffer, so that something has been written.
  const std::string bytes(1000000, 'x');
  EXPECT_TRUE(file->Write("begin\n").ok());
  EXPECT_TRUE(file->Write(bytes).ok());
  EXPECT_TRUE(file->Write("end\n").ok());
  EXPECT_FALSE(std::filesystem::exists(folder.Path("out")));
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_EQ(folder.Read("out"), "begin\n" + bytes + "end\n");
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(OutputFileTest, UnseenPartsFollowWhatIsBuffered) {
  const TempFolder folder;
  const auto file = Opened(folder.Path("out"));
  ASSERT_NE(file, nullptr);
  // More parts than go into one call of the system; some of them empty.
  std::string bytes;
  for (int i = 0; i < 3000; ++i) bytes += std::to_string(i);
  std::vector<std::string_view> parts;
  for (size_t at = 0, i = 0; at < bytes.size(); ++i) {
    parts.push_back(std::string_view(bytes).substr(at, i % 8));
    at += parts.back().size();
  }
  ASSERT_GT(parts.size(), 1024U);
  EXPECT_TRUE(file->Write("begin\n").ok());
  EXPECT_TRUE(file->WriteUnseen(parts).ok());
  EXPECT_TRUE(file->WriteUnseen({}).ok());
  EXPECT_TRUE(file->Write("\nend\n").ok());
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_EQ(folder.Read("out"), "begin\n" + bytes + "\nend\n");
}

// A pipe takes but a part of what is written at a time.
TEST(OutputFileTest, UnseenPartsGoThroughAPipe) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  std::string got;
  std::thread reader([&] {
    char some[1000];
    for (ssize_t n = 0; (n = read(ends[0], some, sizeof some)) > 0;) {
      got.append(some, static_cast<size_t>(n));
    }
  });
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += std::to_string(i);
  {
    const auto file = Opened("/dev/fd/" + std::to_string(ends[1]));
    close(ends[1]);
    const std::string_view all = bytes;
    EXPECT_TRUE(file->WriteUnseen(std::array{all.substr(0, 70001),
                                             all.substr(70001, 200000),
                                             all.substr(270001)})
                    .ok());
    EXPECT_TRUE(file->Commit().ok());
  }
  reader.join();
  close(ends[0]);
  EXPECT_EQ(got, bytes);
}

TEST(OutputFileTest, NothingWrittenIsAnEmptyFile) {
  const TempFolder folder;
  EXPECT_TRUE(Opened(folder.Path("out"))->Commit().ok());
  EXPECT_EQ(folder.Read("out"), "");
}

TEST(OutputFileTest, WithoutCommitNothingStays) {
  const TempFolder folder;
  auto file = Opened(folder.Path("out"));
  EXPECT_TRUE(file->Write(std::string(1000000, 'x')).ok());
  EXPECT_EQ(folder.FileCount(), 1U);
  file.reset();
  EXPECT_EQ(folder.FileCount(), 0U);
}

TEST(OutputFileTest, WhatWasThereStaysUntilCommit) {
  const TempFolder folder;
  folder.Write("out", "old");
  auto file = Opened(folder.Path("out"));
  EXPECT_TRUE(file->Write(std::string(1000000, 'x')).ok());
  EXPECT_EQ(folder.Read("out"), "old");
  file.reset();
  EXPECT_EQ(folder.Read("out"), "old");
  file = Opened(folder.Path("out"));
  EXPECT_TRUE(file->Write("new").ok());
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_EQ(folder.Read("out"), "new");
  EXPECT_EQ(folder.FileCount(), 1U);
}

// A link stays one; what it leads to is replaced.
// The number of a process that is no more.
pid_t GonePid() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
  return child;
}

TEST(OutputFileTest, WhatTheKilledLeftIsRemoved) {
  const TempFolder folder;
  const std::string gone = std::to_string(GonePid());
  const std::string own = std::to_string(getpid());
  const std::vector<std::string> left = {"out.part" + gone,
                                         "out.part" + gone + "-12"};
  const std::vector<std::string> others = {"out",
                                           "out.part",
                                           "out.part1",
                                           "out.part" + gone + "-",
                                           "out.part" + gone + ".old",
                                           "out.part0" + gone,
                                           "out.part-" + gone,
                                           "other.part" + gone,
                                           "out.part99999999999999999999"};
  for (const auto& name : left) folder.Write(name, "x");
  for (const auto& name : others) folder.Write(name, "x");
  std::filesystem::create_symlink("other.part" + gone,
                                  folder.Path("out.part" + gone + "-7"));
  std::filesystem::create_directory(folder.Path("out.part" + gone + "-8"));
  const auto held = Opened(folder.Path("out"));
  held->SetDurable();
  // Another process had our number.
  folder.Write("out.part" + own + "-5", "x");
  OutputFile::RemoveLeftBehind(folder.Path("out"));
  for (const auto& name : left) {
    EXPECT_FALSE(std::filesystem::exists(folder.Path(name))) << name;
  }
  for (const auto& name : others) {
    EXPECT_TRUE(std::filesystem::exists(folder.Path(name))) << name;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.Path("out.part" + own + "-5")));
  EXPECT_TRUE(std::filesystem::exists(folder.Path("out.part" + own)));
  EXPECT_TRUE(std::filesystem::is_symlink(
      std::filesystem::symlink_status(folder.Path("out.part" + gone + "-7"))));
  EXPECT_TRUE(std::filesystem::exists(folder.Path("out.part" + gone + "-8")));
  EXPECT_TRUE(held->Write("new").ok());
  EXPECT_TRUE(held->Commit().ok());
  EXPECT_EQ(folder.Read("out"), "new");
}

TEST(OutputFileTest, WhatIsNoFileHasNothingLeftBehind) {
  OutputFile::RemoveLeftBehind("-");
  OutputFile::RemoveLeftBehind("/dev/null");
  OutputFile::RemoveLeftBehind("/nowhere/out");
}

TEST(OutputFileTest, LinksAreFollowed) {
  const TempFolder folder;
  folder.Write("there/real", "old");
  std::filesystem::create_symlink("there/real", folder.Path("link"));
  const auto file = Opened(folder.Path("link"));
  EXPECT_TRUE(file->Write("new").ok());
  EXPECT_EQ(folder.Read("there/real"), "old");
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_TRUE(std::filesystem::is_symlink(folder.Path("link")));
  EXPECT_EQ(folder.Read("there/real"), "new");
  EXPECT_EQ(folder.FileCount(), 2U);
}

TEST(OutputFileTest, FinishedIsNotYetThere) {
  const TempFolder folder;
  auto file = Opened(folder.Path("out"));
  EXPECT_TRUE(file->Write("new").ok());
  EXPECT_TRUE(file->Finish().ok());
  EXPECT_FALSE(std::filesystem::exists(folder.Path("out")));
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_EQ(folder.Read("out"), "new");
  file = Opened(folder.Path("other"));
  EXPECT_TRUE(file->Finish().ok());
  file.reset();
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(OutputFileTest, ModeIsKept) {
  const TempFolder folder;
  const mode_t old_mask = umask(022);
  for (const mode_t mode : {0600, 0640, 0644, 0664, 0666}) {
    const std::string path = folder.Write("out", "old");
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    const auto file = Opened(path);
    EXPECT_TRUE(file->Write("new").ok());
    EXPECT_TRUE(file->Commit().ok());
    EXPECT_EQ(ModeOf(path), mode);
  }
  const auto file = Opened(folder.Path("new"));
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_EQ(ModeOf(folder.Path("new")), mode_t{0644});
  umask(old_mask);
}

TEST(OutputFileTest, ErrorsNameThePath) {
  const TempFolder folder;
  const absl::Status missing =
      OutputFile::Open(folder.Path("none/out")).status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.message(), "cannot write " + folder.Path("none/out") +
                                   ": No such file or directory");
  const absl::Status is_folder = OutputFile::Open(folder.Path("")).status();
  EXPECT_FALSE(is_folder.ok());
  EXPECT_THAT(std::string(is_folder.message()), HasSubstr("Is a directory"));
}

// The name was free when the file was opened.
TEST(OutputFileTest, NameTakenByAFolderMeanwhile) {
  const TempFolder folder;
  auto file = Opened(folder.Path("out"));
  EXPECT_TRUE(file->Write("new").ok());
  folder.Write("out/inside", "x");
  EXPECT_FALSE(file->Commit().ok());
  file.reset();
  EXPECT_EQ(folder.FileCount(), 1U);
  EXPECT_EQ(folder.Read("out/inside"), "x");
}

TEST(OutputFileTest, PipesAreWrittenToDirectly) {
  const TempFolder folder;
  const std::string path = folder.Path("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::string read_back;
  std::thread reader([&] { read_back = folder.Read("pipe"); });
  const auto file = Opened(path);
  const std::string bytes(600000, 'x');
  EXPECT_TRUE(file->Write(bytes).ok());
  EXPECT_TRUE(file->Commit().ok());
  reader.join();
  EXPECT_EQ(read_back, bytes);
  EXPECT_TRUE(std::filesystem::is_fifo(path));
  EXPECT_EQ(folder.FileCount(), 1U);
}

TEST(OutputFileTest, DevNullTakesEverything) {
  const auto file = Opened("/dev/null");
  EXPECT_TRUE(file->Write(std::string(1000000, 'x')).ok());
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(OutputFileTest, FullDiskIsReported) {
  if (!std::filesystem::is_character_file("/dev/full")) GTEST_SKIP();
  const auto small = Opened("/dev/full");
  EXPECT_TRUE(small->Write("x").ok());  // buffered
  const absl::Status status = small->Commit();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(status.message(),
            "cannot write /dev/full: No space left on device");
  // The error stays.
  const auto large = Opened("/dev/full");
  EXPECT_FALSE(large->Write(std::string(1000000, 'x')).ok());
  EXPECT_FALSE(large->Write("x").ok());
  EXPECT_FALSE(large->Commit().ok());
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
}

}  // namespace
}  // namespace wirecopy
