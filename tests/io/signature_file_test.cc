// Files of signatures, whole and damaged.

#include "io/signature_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "tests/support/memory_stream.h"
#include "tests/support/sealed_signatures.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using oracle::MemoryStream;
using oracle::SealedSignatures;
using oracle::TempFolder;
using ::testing::HasSubstr;

struct Written {
  SignatureFileHeader header;
  std::vector<SignatureRecord> records;
  std::string bytes;
};

Written Write(uint64_t documents, const std::string& long_id = "") {
  Written written;
  written.header = {0, 64, false, 5, 7, documents};
  const TempFolder folder;
  const auto file = OutputFile::Open(folder.Path("out"));
  EXPECT_TRUE(file.ok());
  SignatureFileWriter writer(written.header, file->get());
  std::mt19937_64 random(documents);
  for (uint64_t d = 0; d < documents; ++d) {
    SignatureRecord record;
    record.id = {d % 2 == 1, std::to_string(d)};
    if (d == 0) record.id.text += long_id;
    record.shingles = random();
    for (int i = 0; i < 64; ++i) record.slots.push_back(random());
    EXPECT_TRUE(writer.Add(record.id, record.shingles, record.slots).ok());
    written.records.push_back(std::move(record));
  }
  EXPECT_TRUE(writer.Finish().ok());
  EXPECT_TRUE((*file)->Commit().ok());
  written.bytes = folder.Read("out");
  return written;
}

// What a file is read as, or why it is not.
absl::StatusOr<std::vector<SignatureRecord>> Read(const std::string& bytes) {
  auto reader = SignatureFileReader::Create(
      std::make_unique<MemoryStream>(bytes), "name");
  if (!reader.ok()) return reader.status();
  std::vector<SignatureRecord> records;
  while (true) {
    SignatureRecord record;
    const absl::StatusOr<bool> more = (*reader)->Next(&record);
    if (!more.ok()) return more.status();
    if (!*more) return records;
    records.push_back(std::move(record));
  }
}

void CheckSame(const std::vector<SignatureRecord>& a,
               const std::vector<SignatureRecord>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].id, b[i].id);
    EXPECT_EQ(a[i].shingles, b[i].shingles);
    EXPECT_EQ(a[i].slots, b[i].slots);
  }
}

std::string WhyNot(const std::string& bytes) {
  const auto read = Read(bytes);
  return read.ok() ? "" : std::string(read.status().message());
}

// `number` in place of the bytes from `at` on, with checksums that fit.
template <typename Number>
std::string With(std::string bytes, size_t at, Number number) {
  std::string encoded;
  AppendLittleEndian(number, &encoded);
  return SealedSignatures(bytes.replace(at, encoded.size(), encoded));
}

TEST(SignatureFileTest, ReadsWhatWasWritten) {
  // None, one, and several blocks.
  for (const uint64_t documents : {0, 1, 2, 2000}) {
    const Written written = Write(documents);
    const auto read = Read(written.bytes);
    ASSERT_TRUE(read.ok()) << read.status();
    CheckSame(*read, written.records);
  }
}

TEST(SignatureFileTest, AnIdMayBeLong) {
  const Written written = Write(3, std::string(3000000, 'x'));
  const auto read = Read(written.bytes);
  ASSERT_TRUE(read.ok()) << read.status();
  CheckSame(*read, written.records);
}

// The layout of docs/signature_file.md: a change of it is a new version.
TEST(SignatureFileTest, Layout) {
  const std::string bytes = Write(2).bytes;
  EXPECT_EQ(bytes.size(), 56U + 24 + 2 * (16 + 1 + 64 * 8) + 8);
  EXPECT_EQ(absl::BytesToHexString(bytes.substr(0, 48)),
            "895743530d0a1a0a"
            "0100000000000000400000000000000005000000000000000700000000000000"
            "0200000000000000");
  EXPECT_EQ(absl::BytesToHexString(bytes.substr(56, 16)),
            "22040000000000000200000000000000");
  EXPECT_EQ(absl::BytesToHexString(bytes.substr(80, 8)), "0000000001000000");
  EXPECT_EQ(SealedSignatures(bytes), bytes);
}

TEST(SignatureFileTest, EveryFlippedBitIsFound) {
  const std::string bytes = Write(2).bytes;
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_THAT(WhyNot(flipped), HasSubstr("name: ")) << bit;
  }
}

TEST(SignatureFileTest, EveryCutIsFound) {
  const std::string bytes = Write(2).bytes;
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::string why = WhyNot(bytes.substr(0, size));
    ASSERT_THAT(why, HasSubstr(size < 8    ? "name: not a file of signatures"
                               : size < 56 ? "name: cut off in its header"
                                           : "name: block 1 is cut off"))
        << size;
  }
  EXPECT_THAT(WhyNot(bytes + "x"), HasSubstr("name: goes on behind"));
}

TEST(SignatureFileTest, ABlockInAnothersPlaceIsFound) {
  const Written written = Write(2000);
  // Blocks of the same size, but for the last.
  const auto size = LittleEndianAt<uint64_t>(written.bytes, 56) + 24 + 8;
  const std::string_view bytes = written.bytes;
  const std::string swapped = std::string(bytes.substr(0, 56)) +
                              std::string(bytes.substr(56 + size, size)) +
                              std::string(bytes.substr(56, size)) +
                              std::string(bytes.substr(56 + 2 * size));
  EXPECT_THAT(WhyNot(swapped), HasSubstr("name: block 1 is damaged"));
}

TEST(SignatureFileTest, BadValuesWithGoodChecksums) {
  const std::string bytes = Write(2).bytes;
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 8, 2)), HasSubstr("of version 2"));
  for (const uint32_t slots : {0U, 63U, 1025U, ~0U}) {
    EXPECT_THAT(WhyNot(With(bytes, 16, slots)), HasSubstr("number of slots"));
  }
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 20, 2)), HasSubstr("header holds"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 24, 33)), HasSubstr("shingles"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 28, 1)), HasSubstr("header holds"));
  EXPECT_THAT(WhyNot(With<uint64_t>(bytes, 40, 1)), HasSubstr("more doc"));
  EXPECT_THAT(WhyNot(With<uint64_t>(bytes, 40, 3)),
              HasSubstr("block 2 is cut"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 64, 0)), HasSubstr("or of none"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 64, 1)), HasSubstr("more than its"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 68, 1)), HasSubstr("block 1"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 80, 2)), HasSubstr("an id"));
  EXPECT_THAT(WhyNot(With<uint32_t>(bytes, 84, ~0U)), HasSubstr("ends within"));
  EXPECT_THAT(WhyNot(With<uint8_t>(bytes, 96, 0xFF)), HasSubstr("an id"));
  // The second id is an integer.
  EXPECT_THAT(WhyNot(With<uint8_t>(bytes, 96 + 513 + 16, 'x')),
              HasSubstr("an id"));
}

// A size that lies is believed only as far as bytes follow.
TEST(SignatureFileTest, AHugeSizeTakesNoMemory) {
  const std::string bytes = Write(2).bytes;
  EXPECT_THAT(WhyNot(With<uint64_t>(bytes, 56, ~uint64_t{0})),
              HasSubstr("block 1 is cut off"));
}

}  // namespace
}  // namespace wirecopy
