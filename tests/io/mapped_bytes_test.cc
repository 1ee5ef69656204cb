#include "io/mapped_bytes.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "io/file_handle.h"
#include "io/output_file.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using oracle::TempFolder;

std::string Digits(size_t size) {
  std::string bytes;
  for (int i = 0; bytes.size() < size; ++i) bytes += std::to_string(i);
  bytes.resize(size);
  return bytes;
}

// Writes some bytes of a file, mapped, to another one.
absl::Status Copy(const FileHandle& from, uint64_t begin, size_t size,
                  const std::string& to) {
  auto mapped = from.Map(begin, size);
  if (!mapped.ok()) return mapped.status();
  auto file = OutputFile::Open(to);
  if (!file.ok()) return file.status();
  const absl::Status status =
      (*file)->WriteUnseen(std::array{std::string_view(mapped->data(), size)});
  return status.ok() ? (*file)->Commit() : status;
}

TEST(MappedBytesTest, AreThoseOfTheFileAtAnyPlace) {
  const TempFolder folder;
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const std::string bytes = Digits(5 * page + 7);
  folder.Write("in", bytes);
  const auto file = FileHandle::Open(folder.Path("in"));
  ASSERT_TRUE(file.ok());
  for (const size_t begin : {size_t{0}, size_t{1}, page - 1, page, page + 1}) {
    for (const size_t size :
         {size_t{1}, page - 1, page, 3 * page + 1, bytes.size() - begin}) {
      const std::string out = folder.Path("out");
      ASSERT_TRUE(Copy(*file, begin, size, out).ok());
      EXPECT_EQ(folder.Read("out"), bytes.substr(begin, size))
          << begin << ' ' << size;
    }
  }
}

// The system says so; no signal ends the process.
TEST(MappedBytesTest, OfAFileThatShrankCannotBeWritten) {
  const TempFolder folder;
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  folder.Write("in", Digits(8 * page));
  const auto file = FileHandle::Open(folder.Path("in"));
  ASSERT_TRUE(file.ok());
  std::filesystem::resize_file(folder.Path("in"), 2 * page);
  EXPECT_FALSE(Copy(*file, 0, 8 * page, folder.Path("out")).ok());
  EXPECT_FALSE(std::filesystem::exists(folder.Path("out")));
  EXPECT_FALSE(file->CheckUnchanged().ok());
}

TEST(MappedBytesTest, WhatCannotBeMappedIsAnError) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_FALSE(MappedBytes::Map(ends[0], 0, 10).ok());
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace wirecopy
