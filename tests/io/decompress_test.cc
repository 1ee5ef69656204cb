// gzip and Zstandard input, whole and damaged.

#include "io/decompress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/support/compressing.h"
#include "tests/support/memory_stream.h"

namespace wirecopy {
namespace {

using oracle::Gzip;
using oracle::MemoryStream;
using oracle::Zstd;
using ::testing::HasSubstr;

using Stream = std::unique_ptr<InputStream>;

Stream Open(const std::string& bytes, bool reads_ahead) {
  auto peek =
      std::make_unique<PeekStream>(std::make_unique<MemoryStream>(bytes));
  const Compression compression =
      CompressionOf(std::string_view(bytes).substr(0, kCompressionMagic));
  Stream stream = NewDecompressor(compression, std::move(peek), "file");
  return reads_ahead ? NewReadAheadStream(std::move(stream))
                     : std::move(stream);
}

// Reads in steps of one size to the end.
absl::StatusOr<std::string> ReadAll(Stream stream, size_t step) {
  std::string all;
  while (true) {
    std::string bytes(step, '\0');
    const auto count = stream->Read(bytes.data(), step);
    if (!count.ok()) return count.status();
    all += bytes.substr(0, *count);
    if (*count < step) return all;
  }
}

std::string SomeText(size_t size) {
  std::mt19937_64 random(5);
  std::string text;
  while (text.size() < size) {
    text += "word" + std::to_string(random() % 500) + ' ';
  }
  text.resize(size);
  return text;
}

struct Format {
  const char* name;
  std::string (*compress)(std::string_view);
};
const Format kFormats[] = {{"gzip", Gzip}, {"Zstandard", Zstd}};

TEST(DecompressTest, ToldByMagicBytes) {
  EXPECT_EQ(CompressionOf(Gzip("x").substr(0, 4)), Compression::kGzip);
  EXPECT_EQ(CompressionOf(Zstd("x").substr(0, 4)), Compression::kZstd);
  for (const char* plain : {"", "\x1f", "{\"id\"", "\x28\xb5\x2f"}) {
    EXPECT_EQ(CompressionOf(plain), Compression::kNone);
  }
}

TEST(DecompressTest, EverySizeAndStep) {
  for (const Format& format : kFormats) {
    for (const size_t size : {0U, 1U, 1000U, 262144U, 3000000U}) {
      const std::string text = SomeText(size);
      const std::string packed = format.compress(text);
      for (const size_t step : {size_t{997}, size_t{262144}, size_t{5000000}}) {
        for (const bool reads_ahead : {false, true}) {
          const auto read = ReadAll(Open(packed, reads_ahead), step);
          ASSERT_TRUE(read.ok()) << read.status();
          EXPECT_EQ(*read, text) << format.name << " " << size << " " << step;
        }
      }
    }
  }
}

// As Common Crawl writes: a member a record; and as tapes do: zeros behind.
TEST(DecompressTest, ManyMembersAndPadding) {
  for (const Format& format : kFormats) {
    std::string packed;
    std::string text;
    for (size_t i = 0; i < 300; ++i) {
      const std::string piece = SomeText(i * 7 % 100 * 20);
      packed += format.compress(piece);
      text += piece;
    }
    for (const size_t zeros : {0U, 1U, 512U, 300000U}) {
      const auto read =
          ReadAll(Open(packed + std::string(zeros, '\0'), false), 10000);
      ASSERT_TRUE(read.ok()) << read.status();
      EXPECT_EQ(*read, text) << format.name;
    }
  }
}

TEST(DecompressTest, CutOffAnywhere) {
  for (const Format& format : kFormats) {
    const std::string first = format.compress(SomeText(500));
    const std::string packed = first + format.compress(SomeText(300));
    for (size_t size = kCompressionMagic; size < packed.size(); ++size) {
      const auto read = ReadAll(Open(packed.substr(0, size), false), 100);
      if (size == first.size()) {
        EXPECT_TRUE(read.ok());
        continue;
      }
      ASSERT_FALSE(read.ok()) << format.name << " " << size;
      EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss);
      EXPECT_THAT(std::string(read.status().message()),
                  HasSubstr("cannot read file: "));
    }
  }
}

// A flipped bit is found by the format or by its checksum; what is read before
// it shows is no more than the text.
TEST(DecompressTest, FlippedBits) {
  const std::string text = SomeText(2000);
  for (const Format& format : kFormats) {
    const std::string packed = format.compress(text);
    size_t accepted = 0;
    for (size_t bit = 8 * kCompressionMagic; bit < 8 * packed.size(); ++bit) {
      std::string bad = packed;
      bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
      const auto read = ReadAll(Open(bad, false), 700);
      if (!read.ok()) continue;
      // A time, a system's name or a level in the header, or a bit that is
      // there to fill a byte: nobody checks them, and they change nothing.
      ++accepted;
      EXPECT_EQ(*read, text) << format.name << " bit " << bit;
    }
    EXPECT_LE(accepted, 8U * 8) << format.name;
  }
}

TEST(DecompressTest, RubbishBehindTheEnd) {
  for (const Format& format : kFormats) {
    const auto read =
        ReadAll(Open(format.compress("text") + "rubbish", true), 9);
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(std::string(read.status().message()),
                HasSubstr(std::string("damaged ") + format.name));
  }
}

// Whoever stops reading early waits for nobody.
TEST(DecompressTest, StreamsThatAreLetGo) {
  const std::string packed = Gzip(SomeText(5000000));
  for (const size_t read : {0U, 1U, 1000000U}) {
    const Stream stream = Open(packed, true);
    std::string bytes(read, '\0');
    const auto count = stream->Read(bytes.data(), read);
    ASSERT_TRUE(count.ok());
    EXPECT_EQ(*count, read);
  }
}

}  // namespace
}  // namespace wirecopy
