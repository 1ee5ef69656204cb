// Reading again what was read before.

#include "io/contents.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/scratch_file.h"
#include "io/byte_buffer.h"
#include "io/file_handle.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

Contents OfFile(const std::string& path, bool keep_open) {
  auto file = FileHandle::Open(path);
  EXPECT_TRUE(file.ok()) << file.status();
  return Contents::OfFile(std::make_shared<const FileHandle>(*std::move(file)),
                          keep_open);
}

ByteBuffer BufferOf(std::string_view bytes) {
  ByteBuffer buffer;
  buffer.Reserve(bytes.size() + 1000);
  bytes.copy(buffer.data(), bytes.size());
  return buffer;
}

TEST(ContentsTest, OfAFileEveryRange) {
  const oracle::TempFolder folder;
  const std::string bytes = "0123456789";
  const std::string path = folder.Write("f", bytes);
  for (const bool keep_open : {true, false}) {
    const Contents contents = OfFile(path, keep_open);
    ByteBuffer scratch;
    for (size_t begin = 0; begin <= bytes.size(); ++begin) {
      for (size_t size = 0; begin + size <= bytes.size(); ++size) {
        const auto read = contents.Read(begin, size, &scratch);
        ASSERT_TRUE(read.ok()) << read.status();
        EXPECT_EQ(*read, bytes.substr(begin, size));
      }
    }
    EXPECT_TRUE(contents.CheckUnchanged().ok());
  }
}

TEST(ContentsTest, OfMemoryEveryChunk) {
  Contents contents;
  const std::vector<std::string> chunks = {"abc", "", "defg", "h"};
  uint64_t begin = 3;  // behind a byte-order mark
  for (const std::string& chunk : chunks) {
    EXPECT_EQ(contents.Keep(begin, BufferOf(chunk), chunk.size()), chunk);
    begin += chunk.size();
  }
  begin = 3;
  ByteBuffer scratch;
  for (const std::string& chunk : chunks) {
    for (size_t i = 0; i < chunk.size(); ++i) {
      const auto read = contents.Read(begin + i, chunk.size() - i, &scratch);
      ASSERT_TRUE(read.ok());
      EXPECT_EQ(*read, chunk.substr(i));
      // The padding can be read.
      std::string padding(read->data() + read->size(), kInputPadding);
      EXPECT_EQ(padding.size(), kInputPadding);
    }
    begin += chunk.size();
  }
  EXPECT_TRUE(contents.CheckUnchanged().ok());
}

TEST(ContentsTest, OfAScratchFileEveryChunk) {
  const oracle::TempFolder folder;
  const auto scratch = ScratchFile::Create(folder.Path(""));
  ASSERT_TRUE(scratch.ok()) << scratch.status();
  // Two files in turn, as threads that read text files bring them.
  Contents contents[2];
  const std::vector<std::string> chunks = {"abc", "defg", "h"};
  uint64_t begin = 3;  // behind a byte-order mark
  for (const std::string& chunk : chunks) {
    contents[0].Keep(begin, chunk, scratch->get());
    contents[1].Keep(begin, std::string(chunk.rbegin(), chunk.rend()),
                     scratch->get());
    begin += chunk.size();
  }
  begin = 3;
  ByteBuffer buffer;
  for (const std::string& chunk : chunks) {
    const std::string reversed(chunk.rbegin(), chunk.rend());
    for (size_t i = 0; i < chunk.size(); ++i) {
      const size_t size = chunk.size() - i;
      const auto read = contents[0].Read(begin + i, size, &buffer);
      ASSERT_TRUE(read.ok());
      EXPECT_EQ(*read, chunk.substr(i));
      std::string padding(read->data() + read->size(), kInputPadding);
      EXPECT_EQ(padding.size(), kInputPadding);
      const auto other = contents[1].Read(begin + i, size, &buffer);
      ASSERT_TRUE(other.ok());
      EXPECT_EQ(*other, reversed.substr(i));
    }
    begin += chunk.size();
  }
  EXPECT_FALSE(contents[0].IsFile());
  EXPECT_TRUE(contents[0].CheckUnchanged().ok());
  // What cannot be read again is an error, not an empty text.
  (*scratch)->ReadAt((*scratch)->size(), 1, buffer.data());
  EXPECT_FALSE(contents[0].Read(3, 1, &buffer).ok());
}

TEST(ContentsTest, ChangedFilesAreRefused) {
  for (const bool keep_open : {true, false}) {
    const oracle::TempFolder folder;
    const std::string path = folder.Write("f", "0123456789");
    const Contents contents = OfFile(path, keep_open);
    ByteBuffer scratch;
    std::filesystem::resize_file(path, 4);
    EXPECT_EQ(contents.Read(2, 5, &scratch).status().code(),
              absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(contents.CheckUnchanged().code(),
              absl::StatusCode::kFailedPrecondition);
  }
}

// One that is still open can be read although its name is another's.
TEST(ContentsTest, ReplacedFiles) {
  const oracle::TempFolder folder;
  const std::string path = folder.Write("f", "0123456789");
  const Contents open = OfFile(path, true);
  const Contents closed = OfFile(path, false);
  std::filesystem::rename(folder.Write("g", "9876543210"), path);
  ByteBuffer scratch;
  const auto read = open.Read(0, 3, &scratch);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, "012");
  EXPECT_EQ(closed.Read(0, 3, &scratch).status().message(),
            path +
                " changed while it was read; run again when nobody writes to "
                "it");
}

}  // namespace
}  // namespace wirecopy
