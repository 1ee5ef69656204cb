#include "passage/posting_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "passage/candidates.h"
#include "tests/support/passage_oracle.h"

namespace wirecopy {

bool operator==(const Posting& x, const Posting& y) {
  return std::tie(x.document, x.position) == std::tie(y.document, y.position);
}

namespace {

using Postings = std::vector<Posting>;
using ::testing::ElementsAreArray;

// Documents of random fingerprints, of which some repeat.
class Corpus {
 public:
  Corpus(uint64_t seed, uint32_t documents, uint32_t most_prints,
         uint32_t hashes) {
    oracle::CodeSource source(seed);
    for (uint32_t d = 0; d < documents; ++d) {
      std::vector<Fingerprint> prints;
      uint32_t position = 0;
      for (uint32_t i = source.Below(most_prints + 1); i > 0; --i) {
        position += 1 + source.Below(4);
        const uint64_t hash =
            (uint64_t{source.Below(hashes)} + 1) * 0x9E3779B97F4A7C15;
        prints.push_back({hash, position});
        places_[hash].push_back({d, position, {}});
      }
      documents_.push_back(prints);
    }
    for (const auto& document : documents_) spans_.emplace_back(document);
  }

  std::span<const std::span<const Fingerprint>> spans() const { return spans_; }
  std::span<const Fingerprint> At(size_t d) const { return documents_[d]; }
  size_t size() const { return documents_.size(); }
  const Postings& Places(uint64_t hash) const { return places_.at(hash); }
  const std::map<uint64_t, Postings>& all() const { return places_; }

 private:
  std::vector<std::vector<Fingerprint>> documents_;
  std::vector<std::span<const Fingerprint>> spans_;
  std::map<uint64_t, Postings> places_;
};

void CheckGroups(const Corpus& corpus, const PostingGroups& groups) {
  for (uint32_t d = 0; d < corpus.size(); ++d) {
    const auto prints = corpus.At(d);
    const auto of_document = groups.Of(d);
    ASSERT_EQ(of_document.size(), prints.size());
    for (size_t i = 0; i < prints.size(); ++i) {
      const Postings& places = corpus.Places(prints[i].hash);
      if (places.size() == 1) {
        ASSERT_EQ(of_document[i], PostingGroups::kNone);
        continue;
      }
      ASSERT_LT(of_document[i], groups.count());
      ASSERT_THAT(groups.Members(of_document[i]), ElementsAreArray(places));
    }
  }
  size_t repeated = 0;
  for (const auto& entry : corpus.all()) repeated += entry.second.size() > 1;
  ASSERT_EQ(groups.count(), repeated);
}

TEST(PostingGroupsTest, AllPlacesOfWhatStandsInMoreThanOne) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const auto size = static_cast<uint32_t>(seed);
    const Corpus corpus(seed, size, 3 * size, 1 + 20 * size);
    ASSERT_NO_FATAL_FAILURE(
        CheckGroups(corpus, PostingGroups(corpus.spans(), 1)));
  }
}

TEST(PostingGroupsTest, WhatStandsBefore) {
  size_t known = 0;
  size_t unknown = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Corpus corpus(seed, 20, 30, 200);
    const PostingGroups groups(corpus.spans(), 1 + static_cast<int>(seed % 3));
    for (uint32_t d = 0; d < corpus.size(); ++d) {
      const auto prints = corpus.At(d);
      const auto of_document = groups.Of(d);
      const auto is_alone = [&](size_t i) {
        return of_document[i] != PostingGroups::kNone &&
               std::count(of_document.begin(), of_document.end(),
                          of_document[i]) == 1;
      };
      for (size_t i = 0; i < prints.size(); ++i) {
        const Before before = groups.Befores(d)[i];
        ASSERT_EQ(before.is_known(), i > 0 && is_alone(i) && is_alone(i - 1));
        if (of_document[i] == PostingGroups::kNone) continue;
        const auto members = groups.Members(of_document[i]);
        const auto member = std::find_if(
            members.begin(), members.end(), [&](const Posting& posting) {
              return posting.document == d &&
                     posting.position == prints[i].position;
            });
        ASSERT_NE(member, members.end());
        ASSERT_EQ(member->before, before);
        if (!before.is_known()) {
          ++unknown;
          continue;
        }
        ++known;
        ASSERT_EQ(before.group(), of_document[i - 1]);
        ASSERT_EQ(before.distance(),
                  prints[i].position - prints[i - 1].position);
      }
    }
  }
  EXPECT_GT(known, 500U);
  EXPECT_GT(unknown, 500U);
}

TEST(BeforeTest, IsUnknownWhereItHasNoRoom) {
  constexpr uint32_t kGroups = 1U << 27;
  EXPECT_FALSE(Before().is_known());
  EXPECT_FALSE(Before(3, 0).is_known());
  EXPECT_FALSE(Before(3, 32).is_known());
  EXPECT_FALSE(Before(kGroups, 1).is_known());
  const Before last(kGroups - 1, 31);
  EXPECT_EQ(last.group(), kGroups - 1);
  EXPECT_EQ(last.distance(), 31U);
  EXPECT_NE(Before(0, 1), Before());
  EXPECT_NE(Before(0, 1), Before(1, 1));
  EXPECT_NE(Before(0, 1), Before(0, 2));
}

TEST(PostingGroupsTest, CountsDocuments) {
  const std::vector<Fingerprint> twice = {{7, 0}, {7, 5}};
  const std::vector<Fingerprint> once = {{7, 1}};
  const std::vector<std::span<const Fingerprint>> documents = {twice, once,
                                                               twice, once};
  const PostingGroups groups(documents, 1);
  ASSERT_EQ(groups.count(), 1U);
  EXPECT_EQ(groups.CountDocuments(0), 4U);
}

// So many fingerprints that there are several parts.
TEST(PostingGroupsTest, DoNotDependOnThreads) {
  const Corpus corpus(1, 400, 300, 30000);
  const PostingGroups one(corpus.spans(), 1);
  ASSERT_NO_FATAL_FAILURE(CheckGroups(corpus, one));
  for (const int threads : {2, 8}) {
    const PostingGroups many(corpus.spans(), threads);
    ASSERT_EQ(many.count(), one.count());
    for (uint32_t d = 0; d < corpus.size(); ++d) {
      ASSERT_THAT(many.Of(d), ElementsAreArray(one.Of(d)));
    }
    for (uint32_t group = 0; group < one.count(); ++group) {
      ASSERT_THAT(many.Members(group), ElementsAreArray(one.Members(group)));
    }
  }
}

// --- candidates --------------------------------------------------------------

using HitMap = std::map<uint32_t, std::vector<Hit>>;  // by document

// Adds the hits of a fingerprint with another document.
void AddHitsOf(const Postings& places, uint32_t document, uint32_t other,
               HitMap* hits) {
  std::vector<uint32_t> in_document;
  std::vector<uint32_t> in_other;
  for (const Posting& place : places) {
    if (place.document == document) in_document.push_back(place.position);
    if (place.document == other) in_other.push_back(place.position);
  }
  AddHits(in_other, in_document, &(*hits)[other]);
}

std::map<uint32_t, size_t> DocumentsWith(const Postings& places) {
  std::map<uint32_t, size_t> documents;
  for (const Posting& place : places) ++documents[place.document];
  return documents;
}

HitMap ExpectedHits(const Corpus& corpus, uint32_t document, bool first_only,
                    size_t most_documents) {
  HitMap hits;
  for (const auto& entry : corpus.all()) {
    const auto documents = DocumentsWith(entry.second);
    if (!documents.contains(document) || documents.size() > most_documents) {
      continue;
    }
    for (const auto& [other, count] : documents) {
      if (other == document) break;
      AddHitsOf(entry.second, document, other, &hits);
      const bool are_many = documents.size() > CandidateFinder::kFewDocuments;
      if (first_only && are_many) break;
    }
  }
  return hits;
}

void CheckCandidates(std::span<CandidateFinder::Candidate> candidates,
                     HitMap expected) {
  ASSERT_EQ(candidates.size(), expected.size());
  auto next = expected.begin();  // by rising number
  for (const CandidateFinder::Candidate& candidate : candidates) {
    ASSERT_EQ(candidate.document, next->first);
    ASSERT_THAT(candidate.hits,
                ::testing::UnorderedElementsAreArray(next->second));
    ++next;
  }
}

TEST(CandidatesTest, AgainstAMap) {
  for (uint64_t seed = 0; seed < 30; ++seed) {
    const Corpus corpus(seed, 30, 20, 60 + 4 * static_cast<uint32_t>(seed));
    const PostingGroups groups(corpus.spans(), 1);
    CandidateFinder finder(groups);
    for (uint32_t d = 0; d < corpus.size(); ++d) {
      ASSERT_NO_FATAL_FAILURE(
          CheckCandidates(finder.First(corpus.At(d), d),
                          ExpectedHits(corpus, d, true, corpus.size())));
      for (const size_t most : {1, 2, 3, 30}) {
        ASSERT_NO_FATAL_FAILURE(
            CheckCandidates(finder.All(corpus.At(d), d, most),
                            ExpectedHits(corpus, d, false, most)));
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
