// JSON read by RapidJSON: objects, and files of a line each.

#ifndef WIRECOPY_TESTS_SUPPORT_PARSED_JSON_H_
#define WIRECOPY_TESTS_SUPPORT_PARSED_JSON_H_

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <string>
#include <vector>

namespace wirecopy::oracle {

inline rapidjson::Document ParsedJson(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  EXPECT_FALSE(document.HasParseError()) << json;
  return document;
}

// Zeros within the string are part of it.
inline std::string Text(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

// A file of corpus/newsroom/truth.
inline std::vector<rapidjson::Document> ReadTruth(const std::string& name) {
  std::vector<rapidjson::Document> records;
  std::ifstream file(std::string(WIRECOPY_CORPUS_DIR "/newsroom/truth/") +
                     name);
  for (std::string line; std::getline(file, line);) {
    records.push_back(ParsedJson(line));
  }
  return records;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PARSED_JSON_H_
