// Writes the page of a made-up trace, for the tests of tests/browser and for
// looking at: page.html, graph.svg, and for comparison passages.jsonl and
// documents.jsonl.
//
//   make_page desk|hostile FOLDER
//   make_page large FOLDER DOCUMENTS LARGEST-FAMILY [SENTENCES]
//   make_page long FOLDER PASSAGES BYTES

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "report/json_line.h"
#include "report/passage_records.h"
#include "report/trace_page.h"
#include "report/trace_svg.h"
#include "tests/support/long_pair.h"
#include "tests/support/made_trace.h"

namespace wirecopy {
namespace {

void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  if (file.flush()) return;
  std::cerr << "make_page: cannot write " << path << "\n";
  std::exit(1);
}

std::string PassageLines(const TraceRecords& records) {
  std::string lines;
  for (const TracePassageRecord& passage : records.passages) {
    const PassageView& view = passage.view;
    PassageRecord record;
    record.a = {records.documents[passage.a].id, view.places.a.begin,
                view.places.a.end};
    record.b = {records.documents[passage.b].id, view.places.b.begin,
                view.places.b.end};
    record.words = view.words;
    record.edits = view.edits;
    record.identity = view.identity;
    record.kind = view.kind;
    record.group = passage.group;
    lines += PassageLine(record, "");
  }
  return lines;
}

std::string DocumentLines(const TraceRecords& records) {
  std::string lines;
  JsonLine line;
  for (const TraceDocumentRecord& document : records.documents) {
    lines += line.Add("id", document.id).Add("text", document.text).Finish();
  }
  return lines;
}

std::optional<TraceRecords> Make(const std::vector<std::string>& arguments) {
  if (arguments.size() == 2 && arguments[0] == "desk") {
    return oracle::MakeDeskTrace();
  }
  if (arguments.size() == 2 && arguments[0] == "hostile") {
    return oracle::MakeHostileTrace();
  }
  if (arguments.size() >= 4 && arguments[0] == "large") {
    const int sentences =
        arguments.size() > 4 ? std::atoi(arguments[4].c_str()) : 20;
    return oracle::MakeLargeTrace(
        std::strtoull(arguments[2].c_str(), nullptr, 10),
        std::strtoull(arguments[3].c_str(), nullptr, 10), sentences);
  }
  if (arguments.size() == 4 && arguments[0] == "long") {
    return oracle::MakeLongPair(
        std::strtoull(arguments[2].c_str(), nullptr, 10),
        std::strtoull(arguments[3].c_str(), nullptr, 10));
  }
  return std::nullopt;
}

int Main(const std::vector<std::string>& arguments) {
  const std::optional<TraceRecords> records = Make(arguments);
  if (!records.has_value()) {
    std::cerr << "usage: make_page desk|hostile FOLDER\n"
                 "       make_page large FOLDER DOCUMENTS LARGEST-FAMILY "
                 "[SENTENCES]\n"
                 "       make_page long FOLDER PASSAGES BYTES\n";
    return 2;
  }
  const std::string& folder = arguments[1];
  WriteFile(folder + "/page.html", TracePage(*records, {}));
  WriteFile(folder + "/graph.svg", TraceSvg(*records, {}));
  WriteFile(folder + "/passages.jsonl", PassageLines(*records));
  WriteFile(folder + "/documents.jsonl", DocumentLines(*records));
  return 0;
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) {
  return wirecopy::Main({argv + 1, argv + argc});
}
