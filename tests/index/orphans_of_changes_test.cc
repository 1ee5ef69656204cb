// Orphans of many changes at random, against who keeps documents by their
// answers.

#include <gtest/gtest.h>

#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/index/index_cases.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy {
namespace {

// What a run that keeps documents by their answers has in the end.
class Keeper {
 public:
  explicit Keeper(const IndexParameters& parameters)
      : by_jaccard_(parameters.measure == Measure::kJaccard),
        threshold_(parameters.threshold) {}

  void Take(const Document& document, const IndexAnswer& answer) {
    const std::string& id = document.id.text;
    if (!answer.of) {
      kept_[id] = document.text;
      return;
    }
    kept_.erase(id);  // of a revision the former text
    const auto of = kept_.find(answer.of->text);
    ASSERT_NE(of, kept_.end())
        << id << " goes for " << answer.of->text << ", which nobody kept";
    EXPECT_EQ(answer.similarity, Similarity(document.text, of->second));
    EXPECT_GE(answer.similarity, threshold_);
  }
  void Remove(const std::string& id) { kept_.erase(id); }

  // What is a duplicate of something kept is no orphan.
  void ExpectNoneKeptFor(const StoredDocument& orphan) {
    for (const auto& [id, text] : kept_) {
      EXPECT_LT(Similarity(orphan.text, text), threshold_)
          << orphan.id.text << " of " << id;
    }
  }

  // No two of them are duplicates. (What contains an earlier document is none.)
  void ExpectDistinct() {
    if (!by_jaccard_) return;
    for (auto a = kept_.begin(); a != kept_.end(); ++a) {
      for (auto b = std::next(a); b != kept_.end(); ++b) {
        EXPECT_LT(Similarity(a->second, b->second), threshold_)
            << a->first << " and " << b->first;
      }
    }
  }

 private:
  double Similarity(std::string_view a, std::string_view b) {
    const auto set = [this](std::string_view text) {
      const auto shingles = shingler_.Set(text);
      return std::vector<uint64_t>(shingles.begin(), shingles.end());
    };
    const Overlap overlap = Intersect(set(a), set(b));
    return by_jaccard_ ? overlap.Jaccard() : overlap.ContainmentOfA();
  }

  const bool by_jaccard_;
  const double threshold_;
  Shingler shingler_{ShingleOptions()};
  std::map<std::string, std::string> kept_;
};

class OrphansOfManyChangesTest : public testing::TestWithParam<Measure> {};

// Whatever is added, revised, removed and added again: a document goes for one
// that is kept, and no two are kept that are duplicates.
TEST_P(OrphansOfManyChangesTest, LoseNothing) {
  for (const uint64_t seed : {51, 52}) {
    SCOPED_TRACE(seed);
    IndexParameters parameters;
    parameters.measure = GetParam();
    parameters.recall = 0.99999;
    TestFolder folder;
    const auto index = NewIndex(folder.File("index"), parameters);
    const auto one_by_one = NewIndex(folder.File("other"), parameters);
    TextMaker maker(seed);
    Keeper keeper(parameters);
    std::vector<std::vector<std::string>> texts;
    std::map<std::string, std::string> held;
    for (int round = 0; round < 30; ++round) {
      TestDocuments documents;
      for (int i = 0; i < 12; ++i) {
        std::string id = std::to_string(maker.Random() % 60);
        const bool is_again = maker.Random() % 4 == 0 && held.contains(id);
        if (!is_again) {
          // Of few families, so that many lose their original.
          const bool is_own = texts.size() < 6;
          texts.push_back(is_own ? maker.Words(100)
                                 : maker.Edited(texts[maker.Random() % 6], 40));
          // Some contain others, or are contained in them.
          const auto& more = texts[maker.Random() % texts.size()];
          std::vector<std::string>& text = texts.back();
          if (!is_own && maker.Random() % 6 == 0) {
            text.insert(text.end(), more.begin(), more.end());
          } else if (!is_own && maker.Random() % 6 == 0) {
            text.resize(50 + maker.Random() % 40);
          }
        }
        documents.texts.push_back(is_again ? held[id]
                                           : TextMaker::Text(texts.back()));
        documents.ids.push_back(id);
        held[id] = documents.texts.back();
      }
      const std::vector<Document> all = documents.All();
      const auto answers = AddAll(index.get(), all);
      ASSERT_EQ(answers.size(), all.size());
      for (size_t i = 0; i < all.size(); ++i) {
        keeper.Take(all[i], answers[i]);
        const auto answer = AddAll(one_by_one.get(), {&all[i], 1});
        ASSERT_EQ(answer.size(), 1u);
        EXPECT_EQ(Shown(answer[0]), Shown(answers[i]));
      }
      std::vector<DocumentId> leaving;
      for (int i = 0; i < 3; ++i) {
        leaving.push_back({false, std::to_string(maker.Random() % 60)});
        keeper.Remove(leaving.back().text);
        held.erase(leaving.back().text);
      }
      ASSERT_TRUE(index->Remove(leaving).ok());
      ASSERT_TRUE(one_by_one->Remove(leaving).ok());
      keeper.ExpectDistinct();
      ASSERT_TRUE(index
                      ->VisitOrphans([&keeper](const StoredDocument& orphan) {
                        keeper.ExpectNoneKeptFor(orphan);
                        return absl::OkStatus();
                      })
                      .ok());
      ASSERT_TRUE(index->Verify().ok()) << index->Verify();
    }
    EXPECT_TRUE(one_by_one->Verify().ok()) << one_by_one->Verify();
  }
}

INSTANTIATE_TEST_SUITE_P(ByMeasure, OrphansOfManyChangesTest,
                         testing::Values(Measure::kJaccard,
                                         Measure::kContainment));

}  // namespace
}  // namespace wirecopy
