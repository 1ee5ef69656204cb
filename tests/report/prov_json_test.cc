#include "report/prov_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/parsed_json.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::HostileText;
using oracle::MakeTrace;
using oracle::Text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

rapidjson::Document Prov(const TraceRecords& trace) {
  return oracle::ParsedJson(oracle::Written(WriteProvJson, trace));
}

std::vector<std::string> Names(const rapidjson::Value& part) {
  std::vector<std::string> names;
  for (const auto& member : part.GetObject()) {
    names.push_back(Text(member.name));
  }
  return names;
}

TEST(ProvJsonTest, Entities) {
  const rapidjson::Document prov = Prov(MakeTrace());
  const rapidjson::Value& entities = prov["entity"];
  const std::vector<std::string> names = Names(entities);
  ASSERT_EQ(names.size(), 9U);
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), 9U);
  EXPECT_EQ(names[0], "document:root");
  EXPECT_EQ(names[1], "number:7");
  EXPECT_EQ(names[2], "document:7");
  EXPECT_EQ(names[3], "document:w%2F1");
  EXPECT_EQ(names[5], "number:%2D5");
  EXPECT_EQ(names[6], "document:%2Eplain");
  EXPECT_EQ(names[8], "absent:00000000000000aa");
  const rapidjson::Value& root = entities["document:root"];
  EXPECT_EQ(Text(root["dcterms:identifier"]), "root");
  EXPECT_EQ(Text(root["prov:label"]), "Ferry aground");
  EXPECT_EQ(Text(root["dcterms:issued"]["$"]), "2023-11-14T22:13:20Z");
  EXPECT_EQ(Text(root["dcterms:issued"]["type"]), "xsd:dateTime");
  EXPECT_EQ(Text(root["wirecopy:url"]["$"]), "https://skerry.example/ferry");
  EXPECT_EQ(root["wirecopy:words"].GetUint64(), 100U);
  EXPECT_EQ(Text(root["wirecopy:family"]), "00000000000000f0");
  EXPECT_EQ(Text(root["wirecopy:status"]), "root");
  const rapidjson::Value& number = entities["number:7"];
  EXPECT_EQ(Text(number["dcterms:issued"]["type"]), "xsd:date");
  EXPECT_EQ(number["dcterms:identifier"].GetInt(), 7);
  EXPECT_EQ(Text(entities["document:7"]["dcterms:identifier"]), "7");
  const rapidjson::Value& hostile = entities[names[7].c_str()];
  EXPECT_EQ(Text(hostile["prov:label"]), HostileText());
  EXPECT_EQ(Text(hostile["dcterms:identifier"]), HostileText());
}

// PROV-N's PN_LOCAL, as far as it is ASCII and not escaped by backslashes.
TEST(ProvJsonTest, NamesAreQualifiedNames) {
  TraceRecords trace = MakeTrace();
  for (const char* id : {"", ".", "-", "..", "a.", "~", "a.b-c"}) {
    trace.documents.emplace_back().id = {false, id};
  }
  const rapidjson::Document prov = Prov(trace);
  std::vector<std::string> names = Names(prov["entity"]);
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), 16U);
  for (const std::string& name : Names(prov["agent"])) names.push_back(name);
  for (const std::string& name : names) {
    const size_t colon = name.find(':');
    EXPECT_TRUE(prov["prefix"].HasMember(name.substr(0, colon).c_str()));
    EXPECT_THAT(name, MatchesRegex("[a-z]+:(([A-Za-z0-9_~]|%[0-9A-F][0-9A-F])"
                                   "(([-A-Za-z0-9_~.]|%[0-9A-F][0-9A-F])*"
                                   "([-A-Za-z0-9_~]|%[0-9A-F][0-9A-F]))?)?"));
  }
}

TEST(ProvJsonTest, Agents) {
  TraceRecords trace = MakeTrace();
  trace.documents[3].publisher = "The Skerry";
  const rapidjson::Document prov = Prov(trace);
  const std::vector<std::string> names = Names(prov["agent"]);
  ASSERT_EQ(names.size(), 3U);
  EXPECT_EQ(names[0], "publisher:The%20Skerry");
  const rapidjson::Value& skerry = prov["agent"][names[0].c_str()];
  EXPECT_EQ(Text(skerry["prov:type"]["$"]), "prov:Organization");
  EXPECT_EQ(Text(skerry["prov:label"]), "The Skerry");
  std::vector<std::string> said;
  for (const auto& member : prov["wasAttributedTo"].GetObject()) {
    EXPECT_TRUE(prov["agent"].HasMember(member.value["prov:agent"]));
    said.push_back(Text(member.value["prov:entity"]));
  }
  EXPECT_EQ(said.size(), 4U);
  EXPECT_EQ(said[2], "document:w%2F1");
}

// What was derived, from what, and the type.
std::vector<std::string> Derivations(const rapidjson::Document& prov) {
  std::vector<std::string> derivations;
  for (const auto& member : prov["wasDerivedFrom"].GetObject()) {
    const rapidjson::Value& said = member.value;
    EXPECT_EQ(Text(member.name).substr(0, 2), "_:");
    EXPECT_TRUE(prov["entity"].HasMember(said["prov:generatedEntity"]));
    EXPECT_TRUE(prov["entity"].HasMember(said["prov:usedEntity"]));
    std::string type;
    if (said.HasMember("prov:type")) {
      type = " " + Text(said["prov:type"]["$"]);
      EXPECT_EQ(Text(said["prov:type"]["type"]), "xsd:QName");
    }
    derivations.push_back(absl::StrCat(Text(said["prov:generatedEntity"]), " ",
                                       Text(said["prov:usedEntity"]), type));
  }
  return derivations;
}

TEST(ProvJsonTest, Derivations) {
  const rapidjson::Document prov = Prov(MakeTrace());
  const std::string hostile = Names(prov["entity"])[7];
  EXPECT_THAT(Derivations(prov),
              ElementsAre("number:7 document:root",
                          "number:%2D5 document:root prov:Quotation",
                          "document:7 number:7 prov:Quotation",
                          "document:%2Eplain " + hostile + " prov:Revision",
                          "document:w%2F1 absent:00000000000000aa",
                          "document:w%2F2 absent:00000000000000aa",
                          "number:7 document:root prov:PrimarySource",
                          "document:7 document:root prov:PrimarySource"));
  const rapidjson::Value& first = prov["wasDerivedFrom"]["_:d0"];
  EXPECT_EQ(first["wirecopy:confidence"].GetDouble(), 0.875);
  EXPECT_EQ(first["wirecopy:words"].GetUint64(), 90U);
  EXPECT_EQ(Text(first["wirecopy:relation"]), "republication");
  EXPECT_EQ(Text(first["wirecopy:term"]), "prov:wasDerivedFrom");
  const rapidjson::Value& second = prov["wasDerivedFrom"]["_:d1"];
  EXPECT_EQ(Text(second["wirecopy:term"]), "prov:wasQuotedFrom");
}

// A copy of a copy goes back to the origin only if both are claimed.
TEST(ProvJsonTest, NothingIsSaidOfWhatIsUnlikely) {
  TraceRecords trace = MakeTrace();
  trace.edges.clear();
  trace.documents[1].lineage->parents[0].confidence = 0.45;
  EXPECT_THAT(Derivations(Prov(trace)),
              ElementsAre("document:7 number:7",
                          "document:w%2F1 absent:00000000000000aa",
                          "document:w%2F2 absent:00000000000000aa"));
}

TEST(ProvJsonTest, NothingIsADocumentToo) {
  const rapidjson::Document prov = Prov({});
  for (const char* part :
       {"entity", "agent", "wasAttributedTo", "wasDerivedFrom"}) {
    EXPECT_THAT(Names(prov[part]), IsEmpty()) << part;
  }
}

}  // namespace
}  // namespace wirecopy
