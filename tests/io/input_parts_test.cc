// Parts of input: together they are all of it, wherever it is cut.

#include "io/input_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "io/block_source.h"
#include "io/input_file.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

// A line that was handed out, or one that is too long to be.
struct Line {
  uint64_t number;
  uint64_t begin;
  std::string text;  // with its line break

  friend bool operator==(const Line&, const Line&) = default;
  friend void PrintTo(const Line& line, std::ostream* out) {
    *out << line.number << ":" << line.begin << ":" << line.text.substr(0, 9);
  }
};

std::vector<InputFile> OpenLines(const std::string& path) {
  std::vector<InputFile> files;
  files.push_back(*OpenInput({path, ""}, InputFormat::kJsonl));
  return files;
}

// Lines as the parts give them, numbered as a corpus numbers them.
std::vector<Line> LinesOf(const std::string& path,
                          const std::vector<InputPart>& parts, uint64_t most,
                          uint64_t* bytes) {
  std::vector<InputFile> files = OpenLines(path);
  BlockSource source(&files, most, nullptr, nullptr);
  std::vector<size_t> ends;
  source.Begin(parts, 3, [&ends](size_t part, size_t, size_t end) {
    EXPECT_EQ(part, ends.size());
    ends.push_back(end);
  });
  std::vector<Line> lines;
  uint64_t number = 1;
  size_t next = 3;
  ByteBuffer buffer;
  InputBlock block;
  while (*source.Next(&buffer, &block)) {
    EXPECT_EQ(block.number, next++);
    EXPECT_EQ(block.part, ends.size());
    number += block.lines_passed;
    if (block.is_too_long) lines.push_back({number, block.begin, ""});
    for (size_t at = 0; at < block.records.size();) {
      const size_t end =
          std::min(block.records.find('\n', at), block.records.size() - 1) + 1;
      const std::string_view line = block.records.substr(at, end - at);
      // Whether one that is too long comes at all depends on the reads.
      lines.push_back({number++, block.begin + at,
                       std::string(line.size() > most ? "" : line)});
      at = end;
    }
  }
  EXPECT_EQ(ends.size(), parts.size());
  EXPECT_EQ(ends.back(), next);
  EXPECT_EQ(files[0].contents_size, files[0].stamp.size);
  *bytes = 0;
  for (size_t i = 0; i < parts.size(); ++i) *bytes += source.PartBytes(i);
  return lines;
}

std::vector<InputPart> Cut(const std::vector<uint64_t>& places) {
  std::vector<InputPart> parts = {{0, 1}};
  for (const uint64_t place : places) {
    if (place == 0 || place == parts.back().begin) continue;
    parts.back().end = place;
    parts.push_back({0, 1, place});
  }
  return parts;
}

TEST(InputPartsTest, CutAtEveryTwoPlaces) {
  const oracle::TempFolder folder;
  for (const std::string text :
       {"a\nbc\n\ndef\n", "\n\n\n", "no end", "a\nno end", "\xEF\xBB\xBFx\ny\n",
        "long line\nx"}) {
    const std::string path = folder.Write("in.jsonl", text);
    uint64_t bytes = 0;
    const std::vector<Line> whole = LinesOf(path, Cut({}), 1000, &bytes);
    EXPECT_EQ(bytes, text.size());
    const uint64_t first = text[0] == '\xEF' ? 4 : 0;
    for (uint64_t a = first; a <= text.size(); ++a) {
      for (uint64_t b = a; b <= text.size(); ++b) {
        EXPECT_EQ(LinesOf(path, Cut({a, b}), 1000, &bytes), whole)
            << a << " " << b;
        EXPECT_EQ(bytes, text.size());
      }
    }
  }
}

// Longer than a block, some of them longer than may be.
TEST(InputPartsTest, CutWithinLongLines) {
  const oracle::TempFolder folder;
  std::mt19937_64 random(1);
  std::string text;
  std::vector<uint64_t> places;
  for (const size_t size :
       {10, 700'000, 3, 0, 2'000'000, 1'500'000, 20, 900'000, 1'300'000}) {
    for (const size_t part : {size_t{0}, size_t{1}, size / 2, size}) {
      places.push_back(text.size() + part);
    }
    text += std::string(size, 'x') + "\n";
  }
  text.pop_back();
  const std::string path = folder.Write("in.jsonl", text);
  uint64_t bytes = 0;
  const std::vector<Line> whole = LinesOf(path, Cut({}), 1'000'000, &bytes);
  ASSERT_EQ(whole.size(), 9U);
  EXPECT_EQ(whole.back().number, 9U);
  EXPECT_EQ(whole.back().text, "");
  std::sort(places.begin(), places.end());
  EXPECT_EQ(LinesOf(path, Cut(places), 1'000'000, &bytes), whole);
  EXPECT_EQ(bytes, text.size());
  for (int round = 0; round < 30; ++round) {
    std::vector<uint64_t> some;
    for (const uint64_t place : places) {
      if (random() % 3 == 0) some.push_back(place);
    }
    EXPECT_EQ(LinesOf(path, Cut(some), 1'000'000, &bytes), whole);
    EXPECT_EQ(bytes, text.size());
  }
}

TEST(InputPartsTest, EveryFileIsInOnePartOrCutThroughout) {
  const oracle::TempFolder folder;
  std::vector<InputFile> files;
  const auto add = [&](const std::string& name, size_t size) {
    std::string line = R"({"text": "x"})";
    const std::string path =
        folder.Write(name, line + std::string(size, ' ') + "\n");
    files.push_back(*OpenInput({path, ""}, InputFormat::kAuto));
  };
  add("a.jsonl", 10);
  add("b.csv", 5'000'000);
  add("c.jsonl", 5'000'000);
  for (int i = 0; i < 40; ++i) add("d" + std::to_string(i) + ".txt", 20'000);
  add("e.jsonl", 0);
  const std::vector<InputPart> parts = CutIntoParts(files);
  EXPECT_GT(parts.size(), 15U);
  EXPECT_LT(parts.size(), 80U);
  size_t file = 0;
  uint64_t at = 0;
  uint64_t bytes = 0;
  for (const InputPart& part : parts) {
    EXPECT_EQ(part.first_file, file);
    EXPECT_EQ(part.begin, at);
    EXPECT_GT(part.end_file, file);
    at = part.end == InputPart::kToTheEnd ? 0 : part.end;
    if (at > 0) {
      EXPECT_EQ(file, 2U);
      EXPECT_EQ(part.end_file, file + 1);
    } else {
      file = part.end_file;
    }
    bytes += BytesOfPart(files, part);
  }
  EXPECT_EQ(file, files.size());
  uint64_t all = 0;
  for (const InputFile& input : files) all += input.stamp.size;
  EXPECT_EQ(bytes, all);
  EXPECT_TRUE(CutIntoParts({}).empty());
}

}  // namespace
}  // namespace wirecopy
