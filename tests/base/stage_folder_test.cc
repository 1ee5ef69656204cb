#include "base/stage_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/piece_bytes.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Use = StageFolder::Use;

constexpr const char* kPlan = "threshold: 0.8\ninput: a, 7 bytes\n";

class StageFolderTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<StageFolder>> Open(
      const std::string& plan = kPlan, Use use = Use::kShared) {
    return StageFolder::Open(path_, plan, use);
  }
  std::string PathOf(const std::string& name) const {
    return path_ + "/" + name;
  }
  std::string Read(const std::string& name) const {
    std::ifstream file(PathOf(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(PathOf(name), std::ios::binary) << bytes;
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.push_back(entry.path().filename().native());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  // That the piece is refused, by its file's name.
  void ExpectDamaged(const StageFolder& folder, const std::string& name,
                     const std::string& what = "") {
    const auto bytes = folder.Load(name);
    EXPECT_TRUE(absl::IsDataLoss(bytes.status())) << bytes.status();
    EXPECT_THAT(std::string(bytes.status().message()),
                AllOf(HasSubstr(PathOf(name)), HasSubstr(what)));
  }

  oracle::TempFolder folder_;
  std::string path_ = folder_.Path("made/stages");
};

TEST_F(StageFolderTest, WhatIsSavedIsLoadedByAnyone) {
  const auto folder = Open();
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_FALSE((*folder)->Has("sketch.1"));
  EXPECT_TRUE(absl::IsNotFound((*folder)->Load("sketch.1").status()));
  const std::string bytes("some\0bytes", 10);
  ASSERT_TRUE((*folder)->Save("sketch.1", bytes).ok());
  ASSERT_TRUE((*folder)->Save("sketch.2", "").ok());
  const auto other = Open();
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_TRUE((*other)->Has("sketch.1"));
  EXPECT_EQ(*(*other)->Load("sketch.1"), bytes);
  EXPECT_EQ(*(*other)->Load("sketch.2"), "");
  ASSERT_TRUE((*other)->Save("sketch.1", "others").ok());
  EXPECT_EQ(*(*folder)->Load("sketch.1"), "others");
  EXPECT_EQ(*StageFolder::PlanOf(path_), kPlan);
  EXPECT_THAT(Names(), ElementsAre("plan", "sketch.1", "sketch.2"));
}

// Pieces of all sizes about a block's, written and read in steps of all sizes.
TEST_F(StageFolderTest, WhatIsReadByTheBlockIsWhatWasWritten) {
  const auto folder = Open();
  std::mt19937_64 random(1);
  for (const size_t size : {0U, 1U, 65535U, 65536U, 65537U, 200'000U}) {
    std::string whole(size, '\0');
    for (char& byte : whole) byte = static_cast<char>(random());
    const auto step = [&random] { return random() % 100'000 >> random() % 17; };
    const auto write = [&](PieceWriter* out) {
      for (size_t at = 0; at < size;) {
        const std::string part = whole.substr(at, step());
        out->AddAsTheyAre(part);
        at += part.size();
      }
      return absl::OkStatus();
    };
    ASSERT_TRUE((*folder)->Save("sketch.1", write).ok());
    const std::string at_once = Read("sketch.1");
    ASSERT_TRUE((*folder)->Save("sketch.1", whole).ok());
    EXPECT_EQ(Read("sketch.1"), at_once);
    const auto piece = (*folder)->Find("sketch.1");
    ASSERT_TRUE(piece.ok()) << piece.status();
    PieceReader& in = (*piece)->in();
    std::string read;
    while (in.left() > 0) {
      if (random() % 2 == 0) {
        read.push_back(in.Get<char>());
      } else {
        std::string part(std::min<uint64_t>(step(), in.left()), '\0');
        in.GetNumbers(part.data(), part.size());
        read += part;
      }
    }
    EXPECT_TRUE(in.IsAtEnd());
    EXPECT_TRUE(read == whole);
  }
}

TEST_F(StageFolderTest, WhatCannotBeMadeIsNotSaved) {
  const auto folder = Open();
  const absl::Status failed = (*folder)->Save("sketch.1", [](PieceWriter* out) {
    out->Add<uint32_t>(1);
    return absl::UnavailableError("no more");
  });
  EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
  // A first answer that is right does not help.
  int calls = 0;
  EXPECT_FALSE((*folder)
                   ->Save("sketch.1",
                          [&calls](PieceWriter* out) {
                            out->Add(calls);
                            return ++calls == 1 ? absl::OkStatus()
                                                : absl::UnavailableError("no");
                          })
                   .ok());
  EXPECT_THAT(Names(), ElementsAre("plan"));
}

// A file that shrinks while it is read is no sense found in it.
TEST_F(StageFolderTest, WhatIsCutOffWhileItIsRead) {
  const auto folder = Open();
  ASSERT_TRUE((*folder)->Save("sketch.1", std::string(300'000, 'x')).ok());
  const auto piece = (*folder)->Find("sketch.1");
  ASSERT_TRUE(piece.ok()) << piece.status();
  (*piece)->in().Get<uint32_t>();
  std::filesystem::resize_file(PathOf("sketch.1"), 100'000);
  std::string rest((*piece)->in().left(), '\0');
  (*piece)->in().GetNumbers(rest.data(), rest.size());
  EXPECT_FALSE((*piece)->in().ok());
  EXPECT_THAT(std::string((*piece)->read_error().message()),
              HasSubstr(PathOf("sketch.1")));
}

TEST_F(StageFolderTest, EveryDamageIsFound) {
  const auto folder = Open();
  ASSERT_TRUE((*folder)->Save("verify.12", "not much").ok());
  const std::string whole = Read("verify.12");
  for (size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << bit));
      Write("verify.12", bytes);
      ExpectDamaged(**folder, "verify.12");
    }
    Write("verify.12", whole.substr(0, i));
    ExpectDamaged(**folder, "verify.12");
  }
  Write("verify.12", whole + '\0');
  ExpectDamaged(**folder, "verify.12", "goes on behind its end");
  Write("verify.12", whole);
  EXPECT_EQ(*(*folder)->Load("verify.12"), "not much");
}

TEST_F(StageFolderTest, OtherPiecesAndOtherVersions) {
  const auto folder = Open();
  ASSERT_TRUE((*folder)->Save("verify.1", "one").ok());
  Write("verify.2", Read("verify.1"));
  ExpectDamaged(**folder, "verify.2", "is another piece, verify.1");
  std::string later = Read("verify.1");
  later[8] = 2;
  Write("verify.1", later);
  ExpectDamaged(**folder, "verify.1", "is of version 2");
  const std::string path = path_;
  path_ = folder_.Path("other");
  const auto other = Open("threshold: 0.7\n");
  ASSERT_TRUE((*other)->Save("verify.1", "one").ok());
  const std::string of_other = Read("verify.1");
  path_ = path;
  Write("verify.1", of_other);
  ExpectDamaged(**folder, "verify.1", "belongs to another run");
}

TEST_F(StageFolderTest, AnotherPlanIsRefusedByWhatDiffers) {
  ASSERT_TRUE(Open().ok());
  const auto message = [this](const std::string& plan) {
    const auto opened = Open(plan);
    EXPECT_TRUE(absl::IsFailedPrecondition(opened.status()));
    return std::string(opened.status().message());
  };
  EXPECT_THAT(message("threshold: 0.7\ninput: a, 7 bytes\n"),
              AllOf(HasSubstr("begun with threshold: 0.8;"),
                    HasSubstr("has threshold: 0.7.")));
  EXPECT_THAT(message("threshold: 0.8\n"),
              AllOf(HasSubstr("input: a, 7 bytes;"), HasSubstr("no more")));
  EXPECT_THAT(message(std::string(kPlan) + "input: b, 1 bytes\n"),
              AllOf(HasSubstr("with no more;"), HasSubstr("has input: b")));
  EXPECT_TRUE(Open().ok());
  Write("plan", "nonsense");
  EXPECT_TRUE(absl::IsDataLoss(Open().status()));
}

TEST_F(StageFolderTest, OneAloneUntilItIsGone) {
  auto folder = Open(kPlan, Use::kAlone);
  ASSERT_TRUE(folder.ok()) << folder.status();
  Write("sketch.1.part-7-0", "half");
  EXPECT_THAT(std::string(Open(kPlan, Use::kAlone).status().message()),
              HasSubstr("another process is at work"));
  EXPECT_THAT(Names(), ElementsAre("lock", "plan", "sketch.1.part-7-0"));
  folder->reset();
  // What was half written goes.
  EXPECT_TRUE(Open(kPlan, Use::kAlone).ok());
  EXPECT_THAT(Names(), ElementsAre("lock", "plan"));
}

TEST_F(StageFolderTest, ClearsWhatIsItsOwn) {
  const auto folder = Open(kPlan, Use::kAlone);
  ASSERT_TRUE((*folder)->Save("candidates.band-3", "x").ok());
  Write("letter", "not ours");
  ASSERT_TRUE((*folder)->Clear().ok());
  EXPECT_THAT(Names(), ElementsAre("letter"));
  EXPECT_THAT(std::string(Open().status().message()),
              HasSubstr("holds other files (letter)"));
  std::filesystem::remove(PathOf("letter"));
  EXPECT_TRUE(Open("another plan\n").ok());
}

// Names that begin as a piece's do, and names of pieces that are none.
TEST_F(StageFolderTest, LeavesWhatIsNotItsOwn) {
  for (const char* name :
       {"candidates.csv", "verify.py", "sketch.0000001x", "candidates.3"}) {
    std::filesystem::create_directories(path_);
    Write(name, "not ours");
    EXPECT_THAT(std::string(Open().status().message()),
                HasSubstr("holds other files"));
    std::filesystem::remove(PathOf(name));
    const auto folder = Open(kPlan, Use::kAlone);
    Write(name, "not ours");
    Write("sketch.0000001", "no piece");
    std::filesystem::create_directory(PathOf("verify.0000001"));
    ASSERT_TRUE((*folder)->Clear().ok());
    EXPECT_EQ(Read(name), "not ours");
    EXPECT_EQ(Read("sketch.0000001"), "no piece");
    EXPECT_EQ(Names().size(), 3U);
    std::filesystem::remove_all(path_);
  }
}

TEST_F(StageFolderTest, ARefusedOneTouchesNothing) {
  ASSERT_TRUE(Open().ok());
  Write("sketch.0000001.part-7-0", "of a shard at work");
  const std::vector<std::string> names = Names();
  EXPECT_FALSE(Open("another plan\n", Use::kAlone).ok());
  EXPECT_EQ(Names(), names);
}

TEST_F(StageFolderTest, WhatIsOfAnySizeOrKindIsReadAsFarAsItShows) {
  const auto folder = Open();
  ASSERT_TRUE((*folder)->Save("sketch.1", "x").ok());
  std::filesystem::resize_file(PathOf("sketch.1"), uint64_t{1} << 40);
  EXPECT_THAT(std::string((*folder)->Load("sketch.1").status().message()),
              HasSubstr("goes on behind its end"));
  std::filesystem::create_directory(PathOf("sketch.2"));
  EXPECT_THAT(std::string((*folder)->Load("sketch.2").status().message()),
              HasSubstr("is no file"));
  ASSERT_EQ(mkfifo(PathOf("sketch.3").c_str(), 0600), 0);
  EXPECT_THAT(std::string((*folder)->Load("sketch.3").status().message()),
              HasSubstr("is no file"));
}

TEST_F(StageFolderTest, ManyBeginAtOnce) {
  constexpr size_t kThreads = 8;
  std::vector<absl::Status> begun(kThreads);
  ParallelFor(kThreads, kThreads, [&](int, size_t i) {
    const auto folder = Open();
    begun[i] =
        folder.ok() ? (*folder)->Save("sketch.1", "same") : folder.status();
  });
  for (const absl::Status& status : begun) EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(Names(), ElementsAre("plan", "sketch.1"));
  EXPECT_EQ(*(*Open())->Load("sketch.1"), "same");
}

TEST(PieceBytesTest, ComesBackAsItWas) {
  PieceWriter out;
  out.Add<uint8_t>(200);
  out.Add<int64_t>(-3);
  out.AddBytes("text");
  out.AddList(std::vector<uint32_t>{1, 70000, 4000000000});
  const std::string bytes = out.Take();
  EXPECT_EQ(bytes.substr(0, 9), "\xC8\xFD\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
  std::vector<uint32_t> list;
  PieceReader in(bytes);
  EXPECT_EQ(in.Get<uint8_t>(), 200);
  EXPECT_EQ(in.Get<int64_t>(), -3);
  EXPECT_EQ(in.GetBytes(), "text");
  in.GetList(&list);
  EXPECT_THAT(list, ElementsAre(1, 70000, 4000000000));
  EXPECT_TRUE(in.IsAtEnd());
  for (size_t size = 0; size < bytes.size(); ++size) {
    PieceReader cut(std::string_view(bytes).substr(0, size));
    cut.Get<uint8_t>();
    cut.Get<int64_t>();
    cut.GetBytes();
    cut.GetList(&list);
    EXPECT_FALSE(cut.ok());
    EXPECT_TRUE(list.empty());
  }
}

// A length that is a lie costs no memory.
TEST(PieceBytesTest, LengthsAreNotBelieved) {
  PieceWriter out;
  out.Add(~uint64_t{0});
  const std::string bytes = out.Take();
  std::vector<uint64_t> list;
  PieceReader in(bytes);
  in.GetList(&list);
  EXPECT_FALSE(in.ok());
  PieceReader again(bytes);
  EXPECT_EQ(again.GetBytes(), "");
  EXPECT_FALSE(again.ok());
}

}  // namespace
}  // namespace wirecopy
