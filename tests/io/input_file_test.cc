#include "io/input_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using oracle::TempFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> InFolder(const std::vector<InputPath>& inputs) {
  std::vector<std::string> names;
  names.reserve(inputs.size());
  for (const InputPath& input : inputs) names.push_back(input.in_folder);
  return names;
}

TEST(ExpandInputsTest, FoldersInPathOrder) {
  const TempFolder folder;
  for (const char* name :
       {"f/b.txt", "f/a.txt", "f/sub/z.txt", "f/sub/deep/er/x.txt",
        "f/sub-2.txt", "f/.hidden.txt", "f/no.text", "f/no.jsonl", "f/txt",
        "f/no.txt.bak", "f/NO.TXT", "f/.txt"}) {
    folder.Write(name, "x");
  }
  std::filesystem::create_directories(folder.Path("f/folder.txt"));
  for (const char* spelling : {"f", "f/", "f/."}) {
    const auto inputs = ExpandInputs({folder.Path(spelling)});
    ASSERT_TRUE(inputs.ok()) << inputs.status();
    EXPECT_THAT(InFolder(*inputs),
                ElementsAre(".hidden.txt", ".txt", "a.txt", "b.txt",
                            "sub-2.txt", "sub/deep/er/x.txt", "sub/z.txt"))
        << spelling;
    for (const InputPath& input : *inputs) {
      EXPECT_TRUE(std::filesystem::is_regular_file(input.path)) << input.path;
    }
  }
}

TEST(ExpandInputsTest, EverythingElseStandsForItself) {
  const TempFolder folder;
  folder.Write("f/a.txt", "x");
  const auto inputs =
      ExpandInputs({"-", folder.Path("f"), "not/there.jsonl", "-"});
  ASSERT_TRUE(inputs.ok());
  ASSERT_EQ(inputs->size(), 4U);
  EXPECT_EQ((*inputs)[0].path, "-");
  EXPECT_EQ((*inputs)[1].path, folder.Path("f/a.txt"));
  EXPECT_EQ((*inputs)[2].path, "not/there.jsonl");
  EXPECT_THAT(InFolder(*inputs), ElementsAre("", "a.txt", "", ""));
}

TEST(ExpandInputsTest, LinksAreFollowed) {
  const TempFolder folder;
  folder.Write("elsewhere/real.txt", "x");
  folder.Write("file", "x");
  folder.Write("f/a.txt", "x");
  const std::filesystem::path f = folder.Path("f");
  std::filesystem::create_symlink("../file", f / "link.txt");
  std::filesystem::create_symlink("../elsewhere", f / "other");
  std::filesystem::create_symlink("nowhere", f / "dangling.txt");
  const auto inputs = ExpandInputs({f.native()});
  ASSERT_TRUE(inputs.ok()) << inputs.status();
  EXPECT_THAT(InFolder(*inputs),
              ElementsAre("a.txt", "link.txt", "other/real.txt"));
}

// One document is not to come in forty times because a link leads back up.
TEST(ExpandInputsTest, LinksInACircle) {
  const TempFolder folder;
  folder.Write("f/sub/a.txt", "x");
  std::filesystem::create_symlink("..", folder.Path("f/sub/up"));
  std::filesystem::create_symlink(".", folder.Path("f/self"));
  const auto inputs = ExpandInputs({folder.Path("f")});
  ASSERT_TRUE(inputs.ok()) << inputs.status();
  EXPECT_THAT(InFolder(*inputs), ElementsAre("sub/a.txt"));
  // Round by way of each other.
  folder.Write("g/a/1.txt", "x");
  folder.Write("g/b/2.txt", "x");
  std::filesystem::create_symlink("../b", folder.Path("g/a/x"));
  std::filesystem::create_symlink("../a", folder.Path("g/b/y"));
  const auto round = ExpandInputs({folder.Path("g/")});
  ASSERT_TRUE(round.ok()) << round.status();
  EXPECT_THAT(InFolder(*round),
              ElementsAre("a/1.txt", "a/x/2.txt", "b/2.txt", "b/y/1.txt"));
}

TEST(ExpandInputsTest, FolderWithoutTextFiles) {
  const TempFolder folder;
  folder.Write("f/sub/a.jsonl", "{}");
  const absl::Status status = ExpandInputs({folder.Path("f")}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("no text files (.txt) in folder " + folder.Path("f")));
}

std::string ReadWhole(const std::string& path) {
  auto input = OpenInput({path, ""}, InputFormat::kAuto);
  EXPECT_TRUE(input.ok()) << input.status();
  if (!input.ok()) return "";
  const auto opened = OpenToRead(&*input);
  EXPECT_TRUE(opened.ok()) << opened.status();
  EXPECT_TRUE(SkipByteOrderMark(opened->stream.get()).ok());
  ByteBuffer buffer;
  const auto size = ReadAll(opened->stream.get(), size_t{1} << 30, &buffer);
  EXPECT_TRUE(size.ok()) << size.status();
  return {buffer.data(), *size};
}

// Sizes about those at which reading grows its memory.
TEST(OpenInputTest, EverySize) {
  const TempFolder folder;
  const size_t page = 4096;
  const size_t large = size_t{4} << 20;
  for (const size_t size :
       {size_t{0}, size_t{1}, page - 65, page - 64, page - 1, page, page + 1,
        large - 1, large, large + 1}) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) {
      bytes.push_back(static_cast<char>(i % 251));
    }
    EXPECT_EQ(ReadWhole(folder.Write("f", bytes)), bytes) << size;
  }
}

TEST(OpenInputTest, ByteOrderMarkIsNoPartOfIt) {
  const TempFolder folder;
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_EQ(ReadWhole(folder.Write("f", mark + "abc")), "abc");
  EXPECT_EQ(ReadWhole(folder.Write("f", mark)), "");
  EXPECT_EQ(ReadWhole(folder.Write("f", mark + mark + "abc")), mark + "abc");
  EXPECT_EQ(ReadWhole(folder.Write("f", " " + mark)), " " + mark);
  EXPECT_EQ(ReadWhole(folder.Write("f", "\xEF\xBB")), "\xEF\xBB");
}

TEST(OpenInputTest, APipeIsReadToItsEnd) {
  const TempFolder folder;
  const std::string path = folder.Path("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string bytes(300000, 'x');
  std::thread writer([&] {
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    size_t written = 0;
    while (written < bytes.size()) {
      const ssize_t count =
          write(fd, bytes.data() + written,
                std::min<size_t>(bytes.size() - written, 1000));
      if (count <= 0) break;
      written += static_cast<size_t>(count);
    }
    close(fd);
  });
  EXPECT_EQ(ReadWhole(path), bytes);
  writer.join();
}

TEST(OpenInputTest, ErrorsNameThePath) {
  const TempFolder folder;
  const auto status_of = [](const std::string& path) {
    return OpenInput({path, ""}, InputFormat::kAuto).status();
  };
  const absl::Status missing = status_of(folder.Path("none"));
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.message(), "cannot read " + folder.Path("none") +
                                   ": No such file or directory");
  const absl::Status no_file = status_of(folder.Path(""));
  EXPECT_FALSE(no_file.ok());
  EXPECT_THAT(std::string(no_file.message()), HasSubstr("Is a directory"));
}

TEST(OpenInputTest, LooksPastMarkAndSpace) {
  const TempFolder folder;
  const auto is_jsonl = [&](const std::string& bytes) {
    const auto input =
        OpenInput({folder.Write("f", bytes), ""}, InputFormat::kAuto);
    EXPECT_TRUE(input.ok()) << input.status();
    return input.ok() && input->format == InputFormat::kJsonl;
  };
  EXPECT_TRUE(is_jsonl("\xEF\xBB\xBF{}"));
  EXPECT_TRUE(is_jsonl("\xEF\xBB\xBF\n\n {}"));
  EXPECT_TRUE(is_jsonl(std::string(10000, '\n') + "{}"));
  EXPECT_FALSE(is_jsonl(std::string(10000, '\n') + "x{}"));
  EXPECT_FALSE(is_jsonl(""));
}

TEST(FormatOfTest, ByEndingThenByFirstBytes) {
  for (const char* path :
       {"a.jsonl", "a.ndjson", "a.json", "x/.jsonl", "a.jsonl.gz"}) {
    EXPECT_EQ(FormatOf(path, "plain"), InputFormat::kJsonl) << path;
    EXPECT_EQ(FormatOf(path, ""), InputFormat::kJsonl) << path;
  }
  // A line that is none before objects does not make a text of them.
  for (const char* beginning :
       {"log: begun\n{\"id\": 1", "\"half\"}\n{\"id\": 1", "[\n{\"id\": 1"}) {
    EXPECT_EQ(FormatOf("-", beginning), InputFormat::kJsonl) << beginning;
  }
  EXPECT_EQ(FormatOf("-", "set {\"a\"}\n{ and b }\n"), InputFormat::kText);
  EXPECT_EQ(FormatOf("a.txt", "{}"), InputFormat::kText);
  for (const char* beginning :
       {"id,text\n1,a", "\n\"text\";id\n", "a\ttext\n", "text,id\r\n1,2"}) {
    EXPECT_EQ(FormatOf("-", beginning), InputFormat::kCsv) << beginning;
    EXPECT_EQ(FormatOf("a.txt", beginning), InputFormat::kText) << beginning;
    EXPECT_EQ(FormatOf("-", beginning, "body"), InputFormat::kText);
  }
  for (const char* beginning : {"text\n", "the text, and more\n", "a, text\n",
                                "a,texts\n", "", "a,text", "text;\n"}) {
    EXPECT_EQ(FormatOf("-", beginning), InputFormat::kText) << beginning;
  }
  EXPECT_EQ(FormatOf("a.txt.zst", "{}"), InputFormat::kText);
  EXPECT_EQ(FormatOf("a.csv", "{}"), InputFormat::kCsv);
  EXPECT_EQ(CsvFormatOf(""), InputFormat::kCsv);
  EXPECT_EQ(CsvFormatOf("text\na;b"), InputFormat::kCsv);
  EXPECT_EQ(CsvFormatOf("a;b,c\n"), InputFormat::kCsv);
  EXPECT_EQ(CsvFormatOf("a\tb;\"c,d\"\ne,f"), InputFormat::kCsvSemicolon);
  EXPECT_EQ(CsvFormatOf("\"a;\nb\"\tc"), InputFormat::kTsv);
  EXPECT_EQ(FormatOf("a.tsv.gz", ""), InputFormat::kTsv);
  EXPECT_EQ(FormatOf("a.warc.wet.gz", ""), InputFormat::kWet);
  for (const char* path : {"-", "a", "a.dat", "txt", "a.jsonl.bak", "a.gz"}) {
    EXPECT_EQ(FormatOf(path, "{}"), InputFormat::kJsonl) << path;
    EXPECT_EQ(FormatOf(path, "\r\n \t{}"), InputFormat::kJsonl) << path;
    EXPECT_EQ(FormatOf(path, "WARC/1.0\r\n"), InputFormat::kWet) << path;
    for (const char* text : {"plain {}", "", " \n", "WARC", "a,b"}) {
      EXPECT_EQ(FormatOf(path, text), InputFormat::kText) << path;
    }
  }
}

TEST(ExpandInputsTest, Patterns) {
  const TempFolder folder;
  for (const char* name :
       {"p/b.jsonl", "p/a.jsonl", "p/c.txt", "p/d[1].jsonl"}) {
    folder.Write(name, "x");
  }
  const auto found = ExpandInputs({folder.Path("p/[ab].jsonl")});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].path, folder.Path("p/a.jsonl"));
  EXPECT_EQ((*found)[1].path, folder.Path("p/b.jsonl"));
  // A file of that very name is that file.
  const auto literal = ExpandInputs({folder.Path("p/d[1].jsonl")});
  ASSERT_TRUE(literal.ok());
  EXPECT_EQ((*literal)[0].path, folder.Path("p/d[1].jsonl"));
  EXPECT_EQ(ExpandInputs({folder.Path("p/*.gz")}).status().message(),
            "no file has a name like " + folder.Path("p/*.gz"));
  // A folder among what matches is a folder.
  const auto within = ExpandInputs({folder.Path("?")});
  ASSERT_TRUE(within.ok());
  EXPECT_THAT(InFolder(*within), ElementsAre("c.txt"));
}

}  // namespace
}  // namespace wirecopy
