// What a trace says of corpus/newsroom is its truth: every pair's relation and
// source, and every article's parents.

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "io/corpus.h"
#include "tests/support/parsed_json.h"
#include "wirecopy/trace.h"

namespace wirecopy {
namespace {

using oracle::ReadTruth;

struct Newsroom {
  std::unique_ptr<Corpus> corpus;
  TraceResult trace;

  std::string Id(uint32_t document) const { return corpus->Id(document).text; }
};

Newsroom TraceNewsroom() {
  CorpusOptions options;
  options.paths = {WIRECOPY_CORPUS_DIR "/newsroom/articles.jsonl"};
  options.keeps_publishers = true;
  Newsroom newsroom;
  auto corpus = Corpus::Open(options);
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  if (!corpus.ok()) return newsroom;
  newsroom.corpus = *std::move(corpus);
  auto trace = Trace({}, newsroom.corpus.get());
  EXPECT_TRUE(trace.ok()) << trace.status();
  if (trace.ok()) newsroom.trace = *std::move(trace);
  return newsroom;
}

std::string NameOf(Relation relation) {
  static constexpr const char* kNames[] = {"republication", "excerpt", "update",
                                           "common_source", "quotation"};
  return kNames[static_cast<size_t>(relation)];
}

std::string NameOf(LineageStatus status) {
  static constexpr const char* kNames[] = {"root", "copy", "hidden_source",
                                           "undecided"};
  return kNames[static_cast<size_t>(status)];
}

TEST(TraceNewsroomTest, EdgesAreTheTruth) {
  const Newsroom newsroom = TraceNewsroom();
  // Of two ids, the lesser one first: relation, and the source if there is one.
  using Verdict = std::pair<std::string, std::string>;
  std::map<std::pair<std::string, std::string>, Verdict> expected;
  for (const rapidjson::Document& line : ReadTruth("pairs.jsonl")) {
    const std::string relation = line["relation"].GetString();
    const bool is_copy = relation != "common_source" && relation != "quotation";
    const std::string a = line["a"].GetString();
    const std::string b = line["b"].GetString();
    expected[std::minmax(a, b)] = {relation, is_copy ? a : ""};
  }
  ASSERT_GT(expected.size(), 40U);
  std::map<std::pair<std::string, std::string>, Verdict> found;
  for (const TraceEdge& edge : newsroom.trace.edges) {
    const std::string a = newsroom.Id(edge.a);
    const std::string b = newsroom.Id(edge.b);
    found[std::minmax(a, b)] = {NameOf(edge.relation),
                                edge.source ? newsroom.Id(*edge.source) : ""};
  }
  EXPECT_EQ(found, expected);
}

TEST(TraceNewsroomTest, LineageIsTheTruth) {
  const Newsroom newsroom = TraceNewsroom();
  // Status, parents, origin.
  using Member =
      std::pair<std::string, std::pair<std::vector<std::string>, std::string>>;
  std::map<std::string, Member> expected;
  for (const rapidjson::Document& line : ReadTruth("parents.jsonl")) {
    std::vector<std::string> parents;
    if (line.HasMember("parents")) {
      for (const auto& parent : line["parents"].GetArray()) {
        parents.push_back(parent.GetString());
      }
    } else if (line["parent"].IsString()) {
      parents.push_back(line["parent"].GetString());
    }
    expected[line["id"].GetString()] = {
        line["status"].GetString(),
        {parents, line["origin"].IsString() ? line["origin"].GetString() : ""}};
  }
  ASSERT_GT(expected.size(), 20U);
  std::map<std::string, Member> found;
  std::map<uint32_t, std::set<std::string>> absent;
  for (const LineageRecord& record : newsroom.trace.lineage) {
    std::vector<std::string> parents;
    for (const LineageParent& parent : record.parents) {
      parents.push_back(newsroom.Id(parent.document));
    }
    const std::string id = newsroom.Id(record.document);
    found[id] = {NameOf(record.status),
                 {parents, record.origin ? newsroom.Id(*record.origin) : ""}};
    if (record.source_group != 0) absent[record.source_group].insert(id);
  }
  EXPECT_EQ(found, expected);
  // The one absent source fed both papers.
  ASSERT_EQ(absent.size(), 1U);
  EXPECT_EQ(absent.begin()->second,
            (std::set<std::string>{"river-post", "river-argus"}));
}

}  // namespace
}  // namespace wirecopy
