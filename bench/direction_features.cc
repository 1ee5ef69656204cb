// What the model of direction is learnt from: a line for each pair of which the
// copy and the source are known.
//
//   direction_features DOCS.jsonl PAIRS.jsonl [COPY SOURCE]
//
// DOCS: `id`, `text` and, where known, `published`. PAIRS: a record a line
// whose fields COPY and SOURCE ("copy", "source") hold ids; each pair counts
// once, and one whose texts share no passage is left out. Out: a head line, and
// then by tabs copy, source, 1 if they are posts, by how many hours the source
// is earlier (empty where unknown), and each figure of the source less the
// copy's.

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/json_record.h"
#include "provenance/direction.h"
#include "provenance/layout.h"
#include "provenance/pair_evidence.h"
#include "provenance/placement.h"
#include "wirecopy/passage.h"
#include "wirecopy/published.h"

namespace wirecopy {
namespace {

struct Text {
  std::string text;
  std::string published;
  std::string publisher;
};

// Calls take(record) with each line that is a document.
template <typename Take>
bool ReadRecords(const std::string& path, const FieldNames& fields, Take take) {
  std::ifstream in(path);
  JsonRecordParser parser{fields};
  for (std::string line; std::getline(in, line);) {
    const size_t size = line.size();
    line.append(64, ' ');
    Record record;
    if (parser.Parse(std::string_view(line).substr(0, size), &record).ok() &&
        record.id.has_value()) {
      take(record);
    }
  }
  return in.eof();
}

void PrintHead() {
  std::cout << "copy\tsource\tposts\thours";
  for (size_t i = 0; i < kFigures; ++i) {
    const FigureKind& kind = KindOf(static_cast<Figure>(i));
    std::cout << '\t' << kind.feature;
  }
  std::cout << "\tlog_odds\tdated_log_odds\n";
}

class FeaturePrinter {
 public:
  void Print(const std::string& copy_id, const Text& copy,
             const std::string& source_id, const Text& source) {
    const auto found = aligner_.Align(source.text, copy.text);
    if (found.empty()) return;
    std::vector<EvidencePassage> passages;
    for (size_t i = 0; i < found.size(); ++i) {
      passages.push_back(
          {found[i].a, found[i].b, found[i].kind, aligner_.Runs(i)});
    }
    const DocumentProfile a = Profile(source);
    const DocumentProfile b = Profile(copy);
    const MeasuredPair pair =
        MeasurePair(a, LayOut(passages, PairSide::kA, source.text.size()), b,
                    LayOut(passages, PairSide::kB, copy.text.size()), passages);
    std::cout << copy_id << '\t' << source_id << '\t' << pair.are_posts << '\t';
    if (a.published.is_known && b.published.is_known) {
      std::cout << absl::ToDoubleHours(b.published.time - a.published.time);
    }
    for (const double figure : CompareFigures(pair.a, pair.b)) {
      std::cout << '\t' << figure;
    }
    for (const bool use_dates : {false, true}) {
      const PairEvidence evidence = finder_.Find(a, b, passages, use_dates);
      std::cout << '\t' << Decide(evidence.evidence).log_odds;
    }
    std::cout << '\n';
  }

 private:
  DocumentProfile Profile(const Text& post) const {
    EvidenceDocument document;
    document.text = post.text;
    document.publisher = post.publisher;
    if (const auto published = ParsePublished(post.published)) {
      document.published = {true, published->time, published->is_uncertain};
    }
    return finder_.Profile(document);
  }

  PairEvidenceFinder finder_;
  PassageAligner aligner_{PassageOptions()};
};

int Run(const std::vector<std::string>& arguments) {
  std::map<std::string, Text> posts;
  bool read =
      ReadRecords(arguments[0], FieldNames(), [&](const Record& record) {
        posts[std::string(record.id->text)] = {std::string(record.text),
                                               std::string(record.published),
                                               std::string(record.publisher)};
      });
  FieldNames names;
  names.id = arguments.size() > 2 ? arguments[2] : "copy";
  names.text = arguments.size() > 3 ? arguments[3] : "source";
  std::set<std::pair<std::string, std::string>> pairs;
  read &= ReadRecords(arguments[1], names, [&](const Record& record) {
    pairs.emplace(record.id->text, std::string(record.text));
  });
  if (!read) {
    std::cerr << "cannot read " << arguments[0] << " or " << arguments[1]
              << '\n';
    return 2;
  }
  PrintHead();
  FeaturePrinter printer;
  for (const auto& [copy, source] : pairs) {
    if (pairs.contains({source, copy})) continue;
    const auto a = posts.find(source);
    const auto b = posts.find(copy);
    if (a == posts.end() || b == posts.end()) continue;
    printer.Print(copy, b->second, source, a->second);
  }
  return 0;
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) {
  if (argc != 3 && argc != 5) {
    std::cerr << "usage: direction_features DOCS PAIRS [COPY SOURCE]\n";
    return 2;
  }
  return wirecopy::Run({argv + 1, argv + argc});
}
