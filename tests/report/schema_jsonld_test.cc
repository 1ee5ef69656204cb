#include "report/schema_jsonld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/parsed_json.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::HostileText;
using oracle::MakeTrace;
using oracle::Text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

rapidjson::Document JsonLd(const TraceRecords& trace) {
  return oracle::ParsedJson(oracle::Written(WriteSchemaJsonLd, trace));
}

std::vector<std::string> Sources(const rapidjson::Value& work) {
  std::vector<std::string> sources;
  if (!work.HasMember("isBasedOn")) return sources;
  for (const rapidjson::Value& source : work["isBasedOn"].GetArray()) {
    sources.push_back(Text(source["@id"]));
  }
  return sources;
}

TEST(SchemaJsonLdTest, Articles) {
  const rapidjson::Document document = JsonLd(MakeTrace());
  EXPECT_EQ(Text(document["@context"]), "https://schema.org");
  const rapidjson::Value& graph = document["@graph"];
  ASSERT_EQ(graph.Size(), 9U);
  std::set<std::string> ids;
  for (const rapidjson::Value& work : graph.GetArray()) {
    ids.insert(Text(work["@id"]));
  }
  EXPECT_EQ(ids.size(), 9U);
  EXPECT_EQ(Text(graph[0]["@type"]), "NewsArticle");
  EXPECT_EQ(Text(graph[0]["@id"]), "urn:wirecopy:document:root");
  EXPECT_EQ(Text(graph[0]["identifier"]), "root");
  EXPECT_EQ(Text(graph[0]["url"]), "https://skerry.example/ferry");
  EXPECT_EQ(Text(graph[0]["headline"]), "Ferry aground");
  EXPECT_EQ(Text(graph[0]["datePublished"]), "2023-11-14T22:13:20Z");
  EXPECT_EQ(Text(graph[0]["publisher"]["@type"]), "Organization");
  EXPECT_EQ(Text(graph[0]["publisher"]["name"]), "The Skerry");
  EXPECT_EQ(graph[0]["wordCount"].GetUint64(), 100U);
  EXPECT_EQ(Text(graph[1]["@id"]), "urn:wirecopy:document-number:7");
  EXPECT_EQ(graph[1]["identifier"].GetInt(), 7);
  EXPECT_EQ(Text(graph[2]["identifier"]), "7");
  EXPECT_EQ(Text(graph[1]["datePublished"]), "2023-11-15");
  EXPECT_FALSE(graph[3].HasMember("datePublished"));
  EXPECT_FALSE(graph[3].HasMember("publisher"));
  EXPECT_EQ(Text(graph[7]["headline"]), HostileText());
  EXPECT_EQ(Text(graph[7]["url"]), HostileText());
  EXPECT_EQ(Text(graph[8]["@type"]), "CreativeWork");
  EXPECT_EQ(Text(graph[8]["@id"]),
            "urn:wirecopy:absent-source:00000000000000aa");
}

TEST(SchemaJsonLdTest, WhatIsBasedOnWhat) {
  const rapidjson::Document document = JsonLd(MakeTrace());
  const rapidjson::Value& graph = document["@graph"];
  EXPECT_THAT(Sources(graph[0]), IsEmpty());
  EXPECT_THAT(Sources(graph[1]), ElementsAre("urn:wirecopy:document:root"));
  EXPECT_THAT(Sources(graph[2]), ElementsAre("urn:wirecopy:document-number:7"));
  for (const rapidjson::SizeType wire : {3U, 4U}) {
    EXPECT_THAT(Sources(graph[wire]),
                ElementsAre("urn:wirecopy:absent-source:00000000000000aa"));
  }
  EXPECT_THAT(Sources(graph[5]), IsEmpty());  // it quotes; it is undecided
  EXPECT_THAT(Sources(graph[6]), ElementsAre(Text(graph[7]["@id"])));
  EXPECT_THAT(Sources(graph[7]), IsEmpty());
}

TEST(SchemaJsonLdTest, NothingIsAGraphToo) {
  EXPECT_EQ(JsonLd({})["@graph"].Size(), 0U);
}

}  // namespace
}  // namespace wirecopy
