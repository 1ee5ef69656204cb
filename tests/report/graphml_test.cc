#include "report/graphml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/trace_samples.h"
#include "tests/support/xml_reader.h"

namespace wirecopy {
namespace {

using oracle::HostileTextInXml;
using oracle::MakeTrace;
using oracle::ReadXml;
using oracle::Written;
using oracle::XmlElement;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Attributes = std::map<std::string, std::string>;

// A file's nodes by their ids and its edges, with their attributes by name.
struct Graph {
  std::map<std::string, Attributes> nodes;
  std::vector<Attributes> edges;
};

Attributes Data(const XmlElement& element, const Attributes& names) {
  Attributes data;
  for (const XmlElement& child : element.children) {
    EXPECT_EQ(child.name, "data");
    const std::string& key = child.attributes.at("key");
    EXPECT_TRUE(names.contains(key)) << key;
    EXPECT_EQ(key[0], element.name[0]);
    data[names.at(key)] = child.text;
  }
  return data;
}

Graph ReadGraph(const std::string& xml) {
  Graph graph;
  const std::optional<XmlElement> root = ReadXml(xml);
  EXPECT_TRUE(root) << xml;
  if (!root) return graph;
  EXPECT_EQ(root->attributes.at("xmlns"),
            "http://graphml.graphdrawing.org/xmlns");
  Attributes names;
  for (const XmlElement& child : root->children) {
    if (child.name != "key") continue;
    EXPECT_TRUE(names
                    .try_emplace(child.attributes.at("id"),
                                 child.attributes.at("attr.name"))
                    .second);
  }
  for (const XmlElement& element : root->children.back().children) {
    Attributes data = Data(element, names);
    if (element.name == "node") {
      graph.nodes[element.attributes.at("id")] = data;
      continue;
    }
    for (const char* end : {"source", "target"}) {
      data[end] = element.attributes.at(end);
      EXPECT_TRUE(graph.nodes.contains(data[end]));
    }
    graph.edges.push_back(data);
  }
  return graph;
}

TEST(GraphMlTest, Nodes) {
  const Graph graph = ReadGraph(Written(WriteGraphMl, MakeTrace()));
  EXPECT_EQ(graph.nodes.size(), 9U);
  EXPECT_THAT(
      graph.nodes.at("n0"),
      ElementsAre(Pair("document", "root"), Pair("document_type", "string"),
                  Pair("family", "00000000000000f0"), Pair("kind", "document"),
                  Pair("label", "Ferry aground"),
                  Pair("published", "2023-11-14T22:13:20Z"),
                  Pair("publisher", "The Skerry"), Pair("status", "root"),
                  Pair("title", "Ferry aground"),
                  Pair("url", "https://skerry.example/ferry"),
                  Pair("words", "100")));
  EXPECT_THAT(graph.nodes.at("n8"),
              ElementsAre(Pair("family", "00000000000000f1"),
                          Pair("kind", "absent_source"),
                          Pair("label", "absent source 00000000000000aa")));
  // The integer 7 and the string "7".
  EXPECT_EQ(graph.nodes.at("n1").at("document"), "7");
  EXPECT_EQ(graph.nodes.at("n1").at("document_type"), "integer");
  EXPECT_EQ(graph.nodes.at("n2").at("document"), "7");
  EXPECT_EQ(graph.nodes.at("n2").at("document_type"), "string");
  for (const char* key : {"document", "title", "publisher", "url"}) {
    EXPECT_EQ(graph.nodes.at("n7").at(key), HostileTextInXml()) << key;
  }
}

TEST(GraphMlTest, Edges) {
  const Graph graph = ReadGraph(Written(WriteGraphMl, MakeTrace()));
  EXPECT_THAT(
      graph.edges.at(0),
      ElementsAre(Pair("confidence", "0.875"), Pair("directed", "true"),
                  Pair("lineage", "true"), Pair("relation", "republication"),
                  Pair("source", "n0"), Pair("source_coverage", "0.25"),
                  Pair("target", "n1"), Pair("target_coverage", "0.5"),
                  Pair("weight", "90.0"), Pair("words", "90")));
  std::multiset<std::string> ends;
  for (const Attributes& edge : graph.edges) {
    ends.insert(edge.at("source") + edge.at("target"));
  }
  // Those without a direction there and back.
  EXPECT_THAT(ends, ElementsAre("n0n1", "n0n2", "n0n5", "n1n2", "n3n4", "n4n3",
                                "n5n6", "n6n5", "n7n6", "n8n3", "n8n4"));
}

TEST(GraphMlTest, AnEdgeAndItsReturnSayTheSame) {
  const Graph graph = ReadGraph(Written(WriteGraphMl, MakeTrace()));
  Attributes there = graph.edges.at(3);
  const Attributes& back = graph.edges.at(4);
  EXPECT_EQ(there.at("directed"), "false");
  EXPECT_EQ(there.at("source"), "n3");
  std::swap(there["source"], there["target"]);
  std::swap(there["source_coverage"], there["target_coverage"]);
  EXPECT_EQ(there, back);
}

// Gephi leaves out edges whose weight is 0.
TEST(GraphMlTest, AWeightIsNeverZero) {
  TraceRecords trace = MakeTrace();
  trace.edges.clear();
  const Graph graph = ReadGraph(Written(WriteGraphMl, trace));
  const Attributes& edge = graph.edges.back();
  EXPECT_EQ(edge.at("source"), "n8");
  EXPECT_EQ(edge.at("words"), "0");
  EXPECT_EQ(edge.at("weight"), "1.0");
}

TEST(GraphMlTest, NothingIsAGraphToo) {
  const Graph graph = ReadGraph(Written(WriteGraphMl, {}));
  EXPECT_THAT(graph.nodes, IsEmpty());
  EXPECT_THAT(graph.edges, IsEmpty());
}

TEST(GraphMlTest, Publishers) {
  std::string xml;
  ASSERT_TRUE(WritePublisherGraphMl(MakeTrace(), oracle::AppendTo(&xml)).ok());
  const Graph graph = ReadGraph(xml);
  EXPECT_THAT(
      graph.nodes,
      ElementsAre(Pair("n0", ElementsAre(Pair("label", "The Skerry"))),
                  Pair("n1", ElementsAre(Pair("label", "Northern Wire"))),
                  Pair("n2", ElementsAre(Pair("label", HostileTextInXml())))));
  ASSERT_EQ(graph.edges.size(), 2U);
  EXPECT_THAT(graph.edges[0],
              ElementsAre(Pair("documents", "1"),
                          Pair("median_delay_seconds", "6400.0"),
                          Pair("source", "n0"), Pair("target", "n1"),
                          Pair("weight", "90.0"), Pair("words", "90")));
  EXPECT_FALSE(graph.edges[1].contains("median_delay_seconds"));
}

}  // namespace
}  // namespace wirecopy
