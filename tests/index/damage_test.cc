// Files that were flipped, cut off or exchanged, and tables that hold anything:
// an error that says so, and never a crash.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "index/index_state.h"
#include "index/records.h"
#include "index/store.h"
#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::vector<fs::path> FilesOf(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// An index of several files a table, with revisions and removed documents.
void FillIndex(Index* index) {
  TextMaker maker(41);
  for (int round = 0; round < 3; ++round) {
    TestDocuments documents = maker.Documents(60);
    AddAll(index, documents.All());
    const DocumentId leaving = {false, "doc-7"};
    EXPECT_TRUE(index->Remove({&leaving, 1}).ok());
    if (round == 1) {
      EXPECT_TRUE(index->Compact().ok());
    }
  }
}

// Flips bits of every file, cuts it off, adds to it; each time what
// VerifyFolder says is given to `judge`.
template <typename Judge>
void DamageEveryFile(const std::string& folder, int flips, Judge judge) {
  std::mt19937_64 random(42);
  for (const fs::path& path : FilesOf(folder)) {
    const std::string whole = ReadFile(path);
    for (int i = 0; i < flips && !whole.empty(); ++i) {
      std::string bytes = whole;
      const size_t bit = random() % (8 * bytes.size());
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
      WriteFile(path, bytes);
      judge(path, VerifyFolder(folder), "bit " + std::to_string(bit));
    }
    if (!whole.empty()) {
      const size_t size = random() % whole.size();
      WriteFile(path, whole.substr(0, size));
      judge(path, VerifyFolder(folder), "cut to " + std::to_string(size));
    }
    WriteFile(path, whole + "x");
    judge(path, VerifyFolder(folder), "added to");
    fs::remove(path);
    const bool says_nothing = whole.empty() || path.filename() == "seal";
    if (!says_nothing) judge(path, VerifyFolder(folder), "removed");
    WriteFile(path, whole);
  }
  EXPECT_TRUE(VerifyFolder(folder).ok()) << VerifyFolder(folder);
}

TEST(IndexDamageTest, VerifyFindsAFlippedBitInAnyFile) {
  TestFolder folder;
  const std::string path = folder.File("index");
  {
    const auto index = NewIndex(path);
    FillIndex(index.get());
  }
  int found = 0;
  DamageEveryFile(path, 12,
                  [&](const fs::path& file, const absl::Status& said,
                      const std::string& how) {
                    EXPECT_FALSE(said.ok()) << file << ": " << how;
                    ++found;
                  });
  EXPECT_GT(found, 150);
}

// Where the writer was killed there is no seal, and the log holds what was
// committed last. Of the log, the tables and what leads to them every bit
// counts; RocksDB's own notes are not read, and the end of its list of files
// may say nothing that matters: then all documents are there.
TEST(IndexDamageTest, NothingIsLostUnseenWhereTheWriterWasKilled) {
  TestFolder folder;
  const std::string path = folder.File("index");
  const std::string killed = folder.File("killed");
  {
    const auto index = NewIndex(path);
    FillIndex(index.get());
    fs::copy(path, killed, fs::copy_options::recursive);
  }
  fs::remove_all(path);
  EXPECT_FALSE(fs::exists(killed + "/seal"));
  ASSERT_TRUE(VerifyFolder(killed).ok());
  DamageEveryFile(killed, 12,
                  [&](const fs::path& file, const absl::Status& said,
                      const std::string& how) {
                    const std::string name = file.filename().native();
                    const bool may_pass =
                        name.starts_with("OPTIONS") || name == "IDENTITY" ||
                        name == "LOCK" || name.starts_with("MANIFEST") ||
                        how == "added to";
                    if (!may_pass) {
                      EXPECT_FALSE(said.ok()) << file << ": " << how;
                    }
                  });
}

TEST(IndexDamageTest, AnotherFormatIsRefusedByItsVersion) {
  TestFolder folder;
  const std::string path = folder.File("index");
  NewIndex(path);
  {
    auto store =
        Store::Open(IndexPaths(path).tables, Store::Access::kWrite, {});
    ASSERT_TRUE(store.ok());
    Store::Changes changes(**store);
    std::string parameters = Encode(IndexParameters());
    parameters[3] = 9;
    changes.Put(Table::kRecords, kParametersKey, parameters);
    ASSERT_TRUE((*store)->Commit(&changes).ok());
  }
  const auto index = Index::Open(path, Index::Access::kRead, {});
  EXPECT_EQ(index.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(index.status().message()),
              ::testing::HasSubstr("its format has version 9"));
}

struct Entry {
  Table table;
  std::string key;
  std::string value;
};

std::vector<Entry> AllEntries(const Store& store) {
  const Store::View view(store);
  std::vector<Entry> entries;
  for (const Table table :
       {Table::kRecords, Table::kTexts, Table::kBands, Table::kPrints}) {
    const absl::Status visited = view.Visit(
        table, "", [&](std::string_view key, std::string_view value) {
          entries.push_back({table, std::string(key), std::string(value)});
          return absl::OkStatus();
        });
    EXPECT_TRUE(visited.ok()) << visited;
  }
  return entries;
}

// Anything in the place of a value, or none, or a value too many.
std::string Spoiled(std::string value, std::mt19937_64* random) {
  switch ((*random)() % 4) {
    case 0:
      return value.substr(0, (*random)() % (value.size() + 1));
    case 1:
      value.push_back(static_cast<char>((*random)()));
      return value;
    case 2:
      for (char& c : value) c = static_cast<char>((*random)());
      return value;
    default:
      if (value.empty()) return "x";
      value[(*random)() % value.size()] ^=
          static_cast<char>(1 << (*random)() % 8);
      return value;
  }
}

TEST(IndexDamageTest, TablesThatHoldAnything) {
  TestFolder folder;
  const std::string path = folder.File("index");
  const TestDocuments documents = TextMaker(43).Documents(80);
  const std::vector<Document> all = documents.All();
  {
    const auto index = NewIndex(path);
    AddAll(index.get(), std::span(all).first(60));
  }
  // Beside which readers open the index.
  auto store = Store::Open(IndexPaths(path).tables, Store::Access::kWrite, {});
  ASSERT_TRUE(store.ok()) << store.status();
  fs::remove(path + "/seal");
  const std::vector<Entry> entries = AllEntries(**store);
  std::mt19937_64 random(44);
  for (int round = 0; round < 200; ++round) {
    // Any table as often as another, though some have few entries.
    const auto table = static_cast<Table>(random() % kTables);
    size_t i = 0;
    do {
      i = random() % entries.size();
    } while (entries[i].table != table);
    const Entry& entry = entries[i];
    const std::string value = Spoiled(entry.value, &random);
    const bool is_removed = random() % 4 == 0;
    Store::Changes changes(**store);
    if (is_removed) {
      changes.Delete(entry.table, entry.key);
    } else {
      changes.Put(entry.table, entry.key, value);
    }
    ASSERT_TRUE((*store)->Commit(&changes).ok());
    const auto index = Index::Open(path, Index::Access::kRead, {});
    if (index.ok()) {
      // A bit of these may be of what nothing else depends on; and a list that
      // says it left documents out need not name any.
      const bool may_pass = entry.key == kStateKey ||
                            entry.key == kParametersKey ||
                            (!is_removed && value == entry.value) ||
                            (!is_removed && value.starts_with('\1'));
      EXPECT_TRUE(may_pass || !(*index)->Verify().ok())
          << static_cast<int>(entry.table) << " " << entry.key;
      (*index)->Query(all).status().IgnoreError();
    }
    Store::Changes repair(**store);
    repair.Put(entry.table, entry.key, entry.value);
    ASSERT_TRUE((*store)->Commit(&repair).ok());
  }
  EXPECT_TRUE(VerifyFolder(path).ok()) << VerifyFolder(path);
}

}  // namespace
}  // namespace wirecopy
