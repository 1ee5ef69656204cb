// Bytes one after another, and a look ahead.

#include "io/input_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "io/file_handle.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

std::unique_ptr<InputStream> OpenFile(const std::string& path) {
  auto file = FileHandle::Open(path);
  EXPECT_TRUE(file.ok()) << file.status();
  return NewFileStream(std::make_shared<FileHandle>(*std::move(file)));
}

TEST(InputStreamTest, ReadsOnAndCounts) {
  const oracle::TempFolder folder;
  const auto stream = OpenFile(folder.Write("f", "0123456789"));
  char bytes[8];
  EXPECT_EQ(stream->Read(bytes, 4).value_or(99), 4U);
  EXPECT_EQ(std::string(bytes, 4), "0123");
  EXPECT_EQ(stream->FileBytesRead(), 4U);
  EXPECT_EQ(stream->Read(bytes, 0).value_or(99), 0U);
  EXPECT_EQ(stream->Read(bytes, 8).value_or(99), 6U);
  EXPECT_EQ(std::string(bytes, 6), "456789");
  EXPECT_EQ(stream->Read(bytes, 8).value_or(99), 0U);
  EXPECT_EQ(stream->FileBytesRead(), 10U);
}

// However far anybody looks, and in whatever steps: Read gives it all.
TEST(PeekStreamTest, LooksTakeNothingAway) {
  const oracle::TempFolder folder;
  const std::string all = "0123456789";
  const std::string path = folder.Write("f", all);
  for (size_t look = 0; look <= 12; ++look) {
    for (size_t step = 1; step <= 12; ++step) {
      PeekStream stream(OpenFile(path));
      std::string read;
      while (true) {
        const auto ahead = stream.Peek(look);
        ASSERT_TRUE(ahead.ok());
        ASSERT_EQ(*ahead, all.substr(read.size(), look));
        std::string bytes(step, '\0');
        const auto count = stream.Read(bytes.data(), step);
        ASSERT_TRUE(count.ok());
        ASSERT_EQ(*count, std::min(step, all.size() - read.size()));
        if (*count == 0) break;
        read += bytes.substr(0, *count);
      }
      EXPECT_EQ(read, all) << look << " " << step;
    }
  }
}

}  // namespace
}  // namespace wirecopy
