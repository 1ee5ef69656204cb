// What a block notes of its documents comes back as it was, however it is
// packed.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/corpus_block.h"
#include "tests/support/random_sets.h"

namespace wirecopy {
namespace {

using Naming = CorpusBlock::Naming;
using oracle::SetSource;

// An entry as it was given.
struct Given {
  CorpusBlock::Entry entry;
  uint64_t line = 1;
  std::optional<DocumentId> id;
  int64_t published = CorpusBlock::kNoTime;
  bool is_file = false;
};

void Add(const Given& given, CorpusBlock* block) {
  if (given.is_file) {
    block->AddFile(given.entry);
  } else {
    std::optional<RecordId> id;
    if (given.id) id = RecordId{given.id->is_integer, given.id->text};
    block->Add(given.entry, given.line, id, given.published);
  }
}

void ExpectEntries(const std::vector<Given>& all, const CorpusBlock& block) {
  ASSERT_EQ(block.size(), all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    const Given& given = all[i];
    EXPECT_EQ(block.At(i).begin, given.entry.begin);
    EXPECT_EQ(block.At(i).size, given.entry.size);
    EXPECT_EQ(block.At(i).file, given.entry.file);
    EXPECT_EQ(block.PublishedMicros(i), given.published);
    EXPECT_EQ(block.Line(i), given.is_file ? 1 : given.line);
    const Naming naming = given.is_file          ? Naming::kFile
                          : !given.id            ? Naming::kLine
                          : given.id->is_integer ? Naming::kInteger
                                                 : Naming::kString;
    EXPECT_EQ(block.NamingOf(i), naming);
    if (!given.id || given.is_file) continue;
    EXPECT_EQ(block.IdText(i), given.id->text);
  }
}

std::vector<Given> SomeEntries(SetSource* source) {
  std::vector<Given> all(source->Below(60));
  // Mostly one line after another, as in a file of JSON Lines.
  uint64_t line = 1 + source->Below(2) * 5;
  const bool has_dates = source->Below(2) == 0;
  for (Given& given : all) {
    given.entry = {source->Next() >> source->Below(64),
                   source->Next() >> (2 + source->Below(62)),
                   static_cast<uint32_t>(source->Below(uint64_t{1} << 28))};
    line += source->Below(8) == 0 ? source->Below(5) : 0;
    given.line = line++;
    given.is_file = source->Below(10) == 0;
    if (given.is_file) continue;
    if (source->Below(3) != 0) {
      // Sizes of one, two and three bytes; bytes of all kinds.
      const size_t size = source->Below(20) == 0 ? 20000 : source->Below(300);
      given.id = DocumentId{source->Below(2) == 0,
                            std::string(size, static_cast<char>(line))};
    }
    if (has_dates && source->Below(3) == 0) {
      given.published = static_cast<int64_t>(source->Next() >> 1);
    }
  }
  return all;
}

TEST(CorpusEntriesTest, ComeBackAsTheyWere) {
  SetSource source(31);
  CorpusBlock block;
  for (int trial = 0; trial < 300; ++trial) {
    const std::vector<Given> all = SomeEntries(&source);
    block.Clear();
    for (const Given& given : all) Add(given, &block);
    ExpectEntries(all, block);
    const CorpusBlock packed = block.Packed();
    block.Clear();
    EXPECT_EQ(block.size(), 0U);
    ExpectEntries(all, packed);
  }
}

TEST(CorpusEntriesTest, DatesThatComeLater) {
  CorpusBlock block;
  for (uint64_t i = 0; i < 5; ++i) {
    block.Add({i, 1, 0}, i + 1, std::nullopt, CorpusBlock::kNoTime);
  }
  block.SetPublishedMicros(3, 77);
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(block.PublishedMicros(i), i == 3 ? 77 : CorpusBlock::kNoTime);
  }
}

TEST(CorpusEntriesTest, RejectedStandBetweenTheirNeighbours) {
  CorpusBlock block;
  block.Reject(0, 1, "a");
  block.Add({9, 1, 0}, 2, RecordId{true, "5"}, CorpusBlock::kNoTime);
  block.Reject(0, 3, "b");
  block.Reject(0, 4, "c");
  const auto& rejected = block.rejected();
  ASSERT_EQ(rejected.size(), 3U);
  EXPECT_EQ(rejected[0].entries_before, 0U);
  EXPECT_EQ(rejected[1].entries_before, 1U);
  EXPECT_EQ(rejected[2].entries_before, 1U);
  EXPECT_EQ(rejected[2].line, 4U);
  EXPECT_EQ(rejected[2].reason, "c");
  EXPECT_EQ(block.Line(0), 2U);
}

}  // namespace
}  // namespace wirecopy
