#include "provenance/links.h"

#include <gtest/gtest.h>

#include "provenance/pair_evidence.h"
#include "tests/support/evidence_pair.h"

namespace wirecopy {
namespace {

using ::wirecopy::oracle::FindEvidence;
using ::wirecopy::oracle::WeightOf;

TEST(NormalizeUrlTest, WhatDoesNotTellPagesApart) {
  const std::string page = "tarn.example/news/bees";
  for (const char* const url :
       {"https://tarn.example/news/bees", "http://www.Tarn.Example/news/bees/",
        "//tarn.example/news/bees", "tarn.example/news/bees#top",
        "https://tarn.example:443/news/bees?utm_source=mail&fbclid=1",
        " https://tarn.example/news/bees?ref=home "}) {
    EXPECT_EQ(NormalizeUrl(url), page) << url;
  }
}

TEST(NormalizeUrlTest, WhatDoes) {
  EXPECT_EQ(NormalizeUrl("https://tarn.example/n?id=7&utm_medium=x&page=2"),
            "tarn.example/n?id=7&page=2");
  EXPECT_NE(NormalizeUrl("https://tarn.example/Bees"),
            NormalizeUrl("https://tarn.example/bees"));
  EXPECT_EQ(NormalizeUrl("tarn.example/go?to=http://fell.example/x"),
            "tarn.example/go?to=http://fell.example/x");
}

TEST(NormalizeUrlTest, HostileOnes) {
  for (const char* const url : {"", "#", "?", "://", "//", " ", "///", "?&"}) {
    EXPECT_EQ(NormalizeUrl(url), "") << url;
  }
}

TEST(HostOfTest, IsWhatComesFirst) {
  EXPECT_EQ(HostOf("tarn.example/news?x"), "tarn.example");
  EXPECT_EQ(HostOf("tarn.example?x"), "tarn.example");
  EXPECT_EQ(HostOf(""), "");
}

TEST(LinksTest, ACanonicalAddressIsTheSources) {
  EvidenceDocument a;
  EvidenceDocument b;
  a.url = "https://tarn.example/bees";
  b.url = "https://fell.example/bees";
  b.canonical = "http://www.tarn.example/bees/";
  EXPECT_GT(WeightOf(FindEvidence(a, b), "canonical"), 4);
  EXPECT_EQ(WeightOf(FindEvidence(a, b), "canonical"),
            -WeightOf(FindEvidence(b, a), "canonical"));
}

TEST(LinksTest, WhatItIsBasedOnIsTheSource) {
  EvidenceDocument a;
  EvidenceDocument b;
  a.url = "https://tarn.example/bees";
  b.is_based_on = "https://tarn.example/bees?utm_campaign=x";
  EXPECT_GT(WeightOf(FindEvidence(a, b), "is_based_on"), 3);
}

TEST(LinksTest, ItsOwnAddressSaysNothing) {
  EvidenceDocument a;
  EvidenceDocument b;
  a.url = a.canonical = "https://tarn.example/bees";
  b.url = b.canonical = "https://fell.example/bees";
  EXPECT_TRUE(FindEvidence(a, b).evidence.empty());
  b.url = b.canonical = a.url;
  EXPECT_TRUE(FindEvidence(a, b).evidence.empty());
}

TEST(LinksTest, TwoThatNameEachOtherSayNothing) {
  EvidenceDocument a;
  EvidenceDocument b;
  a.url = b.canonical = "https://tarn.example/bees";
  b.url = a.canonical = "https://fell.example/bees";
  EXPECT_EQ(WeightOf(FindEvidence(a, b), "canonical"), 0);
}

}  // namespace
}  // namespace wirecopy
