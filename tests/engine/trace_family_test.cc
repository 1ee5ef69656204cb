// Families that are larger than what is compared pair by pair.

#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"
#include "wirecopy/trace.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::Day;
using oracle::IdsOf;
using oracle::LineageByName;
using oracle::Prose;
using oracle::RunTrace;

// With some words replaced by new ones.
std::vector<std::string> Edited(std::vector<std::string> words, size_t edits,
                                Prose* prose) {
  for (size_t i = 0; i < edits; ++i) {
    words[prose->Below(words.size())] = prose->Word();
  }
  return words;
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text + ".";
}

// One original, four early copies of it, and many copies of these five.
struct Star {
  Articles articles;
  std::map<std::string, std::string> parents;
};

Star MakeStar(size_t count) {
  Prose prose(47);
  std::vector<std::string> root;
  for (size_t i = 0; i < 150; ++i) root.push_back(prose.Word());
  std::vector<std::vector<std::string>> early = {root};
  Star star;
  star.articles = {{"d0", Join(root), Day(0), "p0"}};
  for (size_t i = 1; i < count; ++i) {
    const std::string id = "d" + std::to_string(i);
    const size_t parent = i < 5 ? 0 : prose.Below(5);
    const auto words = Edited(early[parent], 4, &prose);
    if (i < 5) early.push_back(words);
    star.articles.push_back(
        {id, Join(words), Day(static_cast<int64_t>(i)), "p" + id});
    star.parents[id] = "d" + std::to_string(parent);
  }
  return star;
}

void CheckStar(size_t count) {
  const Star star = MakeStar(count);
  const TraceResult trace = RunTrace({}, star.articles);
  for (const LineageRecord& record : trace.lineage) {
    EXPECT_FALSE(record.clock_overruled) << record.document;
  }
  const auto lineage = LineageByName(trace, IdsOf(star.articles));
  ASSERT_EQ(lineage.size(), star.articles.size());
  EXPECT_EQ(lineage.at("d0").status, LineageStatus::kRoot);
  size_t right = 0;
  for (const auto& [id, parent] : star.parents) {
    EXPECT_EQ(lineage.at(id).status, LineageStatus::kCopy) << id;
    EXPECT_EQ(lineage.at(id).origin, "d0") << id;
    right += lineage.at(id).parent == parent ? 1 : 0;
  }
  // Some edits fall on words that the parent had edited.
  EXPECT_GT(right, star.parents.size() * 9 / 10);
}

TEST(TraceFamilyTest, LargeStarsHaveTheirRoot) { CheckStar(400); }

// Too many for marginals over all forests.
TEST(TraceFamilyTest, VeryLargeStarsHaveTheirRoot) { CheckStar(720); }

}  // namespace
}  // namespace wirecopy
