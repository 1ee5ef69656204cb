// Traces that are made up, for what shows them.

#ifndef WIRECOPY_TESTS_SUPPORT_MADE_TRACE_H_
#define WIRECOPY_TESTS_SUPPORT_MADE_TRACE_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "report/trace_records.h"
#include "tests/support/made_text.h"

namespace wirecopy::oracle {

// A day in spring, and hours after it.
inline absl::Time MadeTime(double hours) {
  return absl::FromUnixSeconds(1714982400) + absl::Hours(1) * hours;
}

// Takes documents and what is true of them, and makes records of it.
class TraceMaker {
 public:
  struct Entry {
    std::string id;
    std::string title;
    std::string publisher;
    std::optional<double> hours;  // MadeTime
    MadeText text;
  };

  size_t Add(const Entry& entry) {
    TraceDocumentRecord document;
    document.id.text = entry.id;
    document.title = entry.title;
    document.publisher = entry.publisher;
    if (entry.hours.has_value()) document.published = MadeTime(*entry.hours);
    document.text = Written(entry.text);
    document.words = entry.text.size();
    document.url = "https://" + entry.id + ".example/";
    records_.documents.push_back(document);
    texts_.push_back(entry.text);
    return texts_.size() - 1;
  }

  // Sets a document's place; the family is one that the caller numbers.
  TraceLineageRecord& Place(size_t document, size_t family,
                            std::string_view status,
                            const std::vector<size_t>& parents = {}) {
    TraceLineageRecord lineage;
    lineage.family = family;
    lineage.status = status;
    for (const size_t parent : parents) {
      lineage.parents.push_back({parent, parents.size() > 1 ? 0.87 : 0.968, 0});
    }
    if (status == "root") lineage.origin = document;
    if (!parents.empty() && records_.documents[parents[0]].lineage) {
      lineage.origin = records_.documents[parents[0]].lineage->origin;
    }
    auto& place = records_.documents[document].lineage;
    place = lineage;
    return *place;
  }

  TraceDocumentRecord& document(size_t number) {
    return records_.documents[number];
  }

  TraceRecords Finish() {
    records_.offset_unit = "code point";
    records_.documents_read = records_.documents.size() + 17;
    MakeFamilies();
    for (size_t a = 0; a < texts_.size(); ++a) {
      for (size_t b = a + 1; b < texts_.size(); ++b) MakeEdge(a, b);
    }
    MakePublishers();
    return records_;
  }

 private:
  bool MayShare(size_t a, size_t b) const {
    const auto& x = records_.documents[a].lineage;
    const auto& y = records_.documents[b].lineage;
    return !x.has_value() || !y.has_value() || x->family == y->family;
  }

  TraceParentRecord* Parent(size_t copy, size_t parent) {
    auto& lineage = records_.documents[copy].lineage;
    if (!lineage.has_value()) return nullptr;
    for (TraceParentRecord& candidate : lineage->parents) {
      if (candidate.document == parent) return &candidate;
    }
    return nullptr;
  }

  void MakeFamilies() {
    for (size_t i = 0; i < records_.documents.size(); ++i) {
      const auto& lineage = records_.documents[i].lineage;
      if (!lineage.has_value()) continue;
      while (records_.families.size() <= lineage->family) {
        std::string name = std::to_string(records_.families.size() + 1);
        records_.families.push_back(
            {std::string(16 - name.size(), 'a') + name, {}, {}});
      }
      TraceFamilyRecord& family = records_.families[lineage->family];
      family.members.push_back(i);
      auto& groups = family.source_groups;
      if (!lineage->source_group.empty() &&
          std::find(groups.begin(), groups.end(), lineage->source_group) ==
              groups.end()) {
        groups.push_back(lineage->source_group);
      }
    }
  }

  void MakeEdge(size_t a, size_t b) {
    TraceParentRecord* const from_a = Parent(b, a);
    TraceParentRecord* const from_b = Parent(a, b);
    if (!MayShare(a, b) && from_a == nullptr && from_b == nullptr) return;
    std::vector<PassageView> passages = PassagesOf(texts_[a], texts_[b]);
    if (passages.empty()) return;
    TraceEdgeRecord edge;
    edge.a = a;
    edge.b = b;
    const bool quotes = !records_.documents[a].lineage.has_value() ||
                        !records_.documents[b].lineage.has_value();
    edge.first_passage = records_.passages.size();
    for (PassageView& view : passages) {
      edge.words += view.words;
      if (quotes) view.kind = "quotation";
      records_.passages.push_back({a, b, view, "group", std::nullopt, 0.5});
    }
    edge.last_passage = records_.passages.size();
    edge.a_coverage = Share(edge.words, texts_[a].size());
    edge.b_coverage = Share(edge.words, texts_[b].size());
    if (from_a != nullptr) edge.source = a;
    if (from_b != nullptr) edge.source = b;
    for (TraceParentRecord* const parent : {from_a, from_b}) {
      if (parent != nullptr) parent->words = edge.words;
    }
    edge.relation = RelationOf(edge, quotes);
    AddEvidence(&edge);
    for (size_t p = edge.first_passage; p < edge.last_passage; ++p) {
      records_.passages[p].source = edge.source;
      records_.passages[p].confidence = edge.confidence;
    }
    records_.edges.push_back(edge);
  }

  static double Share(uint64_t words, size_t all) {
    return static_cast<double>(words) / static_cast<double>(all);
  }

  std::string_view RelationOf(const TraceEdgeRecord& edge, bool quotes) const {
    if (quotes) return "quotation";
    const auto& a = records_.documents[edge.a];
    const auto& b = records_.documents[edge.b];
    if (!edge.source.has_value()) {
      return a.lineage->status == "undecided" ? "republication"
                                              : "common_source";
    }
    if (!a.publisher.empty() && a.publisher == b.publisher) return "update";
    const double share =
        edge.source == edge.a ? edge.b_coverage : edge.a_coverage;
    return share < 2.0 / 3 ? "excerpt" : "republication";
  }

  void AddEvidence(TraceEdgeRecord* edge) const {
    if (edge->relation == "common_source") {
      edge->evidence = {
          {"common_source", 2.31, "the same words are missing in both", false}};
      edge->confidence = 1 / (1 + std::exp(-2.31));
      return;
    }
    const double sign = !edge->source.has_value() ? 0.1
                        : edge->source == edge->a ? 1
                                                  : -1;
    const auto& a = records_.documents[edge->a];
    const auto& b = records_.documents[edge->b];
    edge->evidence.push_back({"attribution", 2.75 * sign,
                              "says \u201c(" + a.publisher + ")\u201d", true});
    if (a.published.has_value() && b.published.has_value()) {
      edge->evidence.push_back(
          {"clock", 1.4 * sign,
           "published " + absl::FormatDuration(*b.published - *a.published) +
               " later",
           false});
    }
    edge->evidence.push_back({"coverage", -0.35 * sign,
                              "the passages cover more of one text", false});
    double sum = 0;
    for (const Evidence& piece : edge->evidence) sum += piece.weight;
    edge->confidence = 1 / (1 + std::exp(-std::abs(sum)));
  }

  void MakePublishers() {
    std::map<std::pair<std::string, std::string>, TracePublisherRecord> rows;
    for (const TraceEdgeRecord& edge : records_.edges) {
      if (!edge.source.has_value()) continue;
      const size_t copy = edge.source == edge.a ? edge.b : edge.a;
      const auto& from = records_.documents[*edge.source];
      const auto& to = records_.documents[copy];
      if (from.publisher.empty() || to.publisher.empty()) continue;
      TracePublisherRecord& row = rows[{from.publisher, to.publisher}];
      row.source = from.publisher;
      row.copy = to.publisher;
      ++row.documents;
      row.words += edge.words;
      if (from.published.has_value() && to.published.has_value()) {
        row.median_delay = *to.published - *from.published;
      }
    }
    for (const auto& [key, row] : rows) records_.publishers.push_back(row);
  }

  TraceRecords records_;
  std::vector<MadeText> texts_;
};

// An agency's story on its way through the papers: copies of copies, a copy
// without a date, one with a wrong clock, one with two parents, an update.
inline void AddAgencyFamily(TextMaker* text, TraceMaker* trace, size_t family) {
  const MadeText wire = text->Story(14);
  const size_t root = trace->Add(
      {"bridge-wire", "Tarnholm swing bridge closed", "Coast Wire", 0, wire});
  trace->Place(root, family, "root");
  const auto add = [&](const char* id, const char* title, const char* paper,
                       std::optional<double> hours, const MadeText& words,
                       const std::vector<size_t>& parents) {
    const size_t number = trace->Add({id, title, paper, hours, words});
    trace->Place(number, family, "copy", parents);
    return number;
  };
  add("bridge-ledger", "Swing bridge closed until autumn", "Velisport Ledger",
      2, text->CopyOf(wire, {0, 0, 0}), {root});
  const MadeText post_text = text->CopyOf(wire, {0.2, 0.06, 3});
  const size_t post = add("bridge-post", "No bridge, no eels", "Harbour Post",
                          5.5, post_text, {root});
  add("bridge-argus", "Bridge closed, market empty", "Quessing Argus", 26,
      text->CopyOf(post_text, {0.1, 0.02, 1}), {post});
  add("bridge-beacon", "Bridge repairs", "Marrowby Beacon", 4,
      text->CopyOf(wire, {0.6, 0.02, 4}), {root});
  add("bridge-blog", "Tarnholm, again", "", std::nullopt,
      text->CopyOf(wire, {0.3, 0.02, 1}), {root});
  const size_t early =
      add("bridge-early", "Closed: the swing bridge", "Ostrelle Mail", -30,
          text->CopyOf(post_text, {0.1, 0.01, 0}), {post});
  trace->document(early).lineage->clock_overruled = true;
  trace->document(early).lineage->runners_up = {{root, 0.2, 90}};
  add("bridge-update", "Tarnholm swing bridge closed (update)", "Coast Wire", 9,
      text->CopyOf(wire, {0.1, 0.05, 2}), {root});
  MadeText roundup = text->CopyOf(wire, {0.7, 0, 0});
  const MadeText rest = text->CopyOf(post_text, {0.3, 0, 0});
  roundup.insert(roundup.end(), rest.begin(), rest.end());
  add("bridge-roundup", "The week on the coast", "Dunmarch Tribune", 70,
      roundup, {post, root});
}

// Two papers that have it from an agency that is not there.
inline void AddAbsentFamily(TextMaker* text, TraceMaker* trace, size_t family) {
  const MadeText absent = text->Story(10);
  size_t n = 0;
  for (const char* const paper : {"Harbour Post", "Velisport Ledger"}) {
    const size_t number =
        trace->Add({"lamp-" + std::to_string(++n), text->Headline(), paper,
                    120 + 3.0 * static_cast<double>(n),
                    text->CopyOf(absent, {0.2, 0.03, 2})});
    TraceLineageRecord& lineage = trace->Place(number, family, "hidden_source");
    lineage.source_group = "0123456789abcdef";
    lineage.absent_confidence = 0.91;
  }
}

// Two texts without dates or publishers, of which nobody knows which is first.
inline void AddUndecidedFamily(TextMaker* text, TraceMaker* trace,
                               size_t family) {
  const MadeText one = text->Story(8);
  const size_t a = trace->Add({"note-1", "", "", std::nullopt, one});
  const size_t b = trace->Add(
      {"note-2", "", "", std::nullopt, text->CopyOf(one, {0, 0.05, 0})});
  trace->Place(a, family, "undecided");
  trace->Place(b, family, "undecided").runners_up = {{a, 0.55, 130}};
}

// Two articles of different subjects that quote the same speaker.
inline void AddQuotation(TextMaker* text, TraceMaker* trace) {
  const MadeText quotation = text->Words(
      "\u201cNobody who has ever waited here in the rain will believe a "
      "timetable that was drawn by people with cars and umbrellas.\u201d");
  size_t n = 0;
  for (const char* const paper : {"Marrowby Beacon", "Ostrelle Mail"}) {
    MadeText words = text->Story(6);
    words.insert(words.end(), quotation.begin(), quotation.end());
    const MadeText more = text->Story(3);
    words.insert(words.end(), more.begin(), more.end());
    ++n;
    trace->Add({"quote-" + std::to_string(n), text->Headline(), paper,
                200 + static_cast<double>(n), words});
  }
}

inline TraceRecords MakeDeskTrace() {
  TextMaker text(7);
  TraceMaker trace;
  AddAgencyFamily(&text, &trace, 0);
  AddAbsentFamily(&text, &trace, 1);
  AddUndecidedFamily(&text, &trace, 2);
  AddQuotation(&text, &trace);
  return trace.Finish();
}

// Families of 2 to `most` documents, each copied from one before it.
inline TraceRecords MakeLargeTrace(size_t documents, size_t most,
                                   int sentences = 20) {
  TextMaker text(11);
  TraceMaker trace;
  size_t family = 0;
  size_t number = 0;
  while (number < documents) {
    const size_t size = std::min(2 + text.Number(most - 1), documents - number);
    std::vector<MadeText> texts;
    std::vector<size_t> numbers;
    const double begin = static_cast<double>(text.Number(4000));
    for (size_t i = 0; i < size; ++i, ++number) {
      const size_t parent = i == 0 ? 0 : text.Number(i);
      texts.push_back(i == 0 ? text.Story(sentences)
                             : text.CopyOf(texts[parent], {0.1, 0.03, 1}));
      numbers.push_back(trace.Add(
          {"doc-" + std::to_string(number), text.Headline(),
           "Paper " + std::to_string(text.Number(12)),
           begin + static_cast<double>(i) + static_cast<double>(text.Number(5)),
           texts.back()}));
      if (i == 0) {
        trace.Place(numbers[0], family, "root");
      } else {
        trace.Place(numbers[i], family, "copy", {numbers[parent]});
      }
    }
    ++family;
  }
  return trace.Finish();
}

// Documents whose every field means harm.
inline TraceRecords MakeHostileTrace() {
  using namespace std::string_literals;
  TextMaker text(13);
  TraceMaker trace;
  const std::string script = "<script>window.harmed='text'</script>";
  const std::string handler = "<img src=x onerror=\"window.harmed='image'\">";
  MadeText words = text.Words(
      script + " </script><script>window.harmed='end'</script> " + handler +
      " <!-- <script> ]]> &lt;b&gt; ' \" ` ${window.harmed=1}");
  const MadeText more = text.Words(
      "\u202Ereversed until the end \u2066and isolated\u200F "s + "\0nul"s +
      " \u0007bell \uFFFE \u2028 \u2029 caf\u00E9 \U0001F6A2 ship "
      "\u0633\u0641\u064A\u0646\u0629 \u6E21\u8239 last words of the line");
  words.insert(words.end(), more.begin(), more.end());
  words.back().ends_paragraph = true;
  const MadeText story = text.Story(6);
  words.insert(words.end(), story.begin(), story.end());
  const size_t a = trace.Add({"</script><script>window.harmed='id'</script>",
                              script, handler, 0, words});
  const size_t b = trace.Add({std::string(5000, 'x') + "'\"><b>",
                              "\u202E" + std::string(3000, 'W') + " " + handler,
                              "\u202Epaper\u2067" + std::string(400, 'p'), 5,
                              text.CopyOf(words, {0, 0.03, 1})});
  const size_t c = trace.Add({"1", "", "javascript:alert(1)", std::nullopt,
                              text.CopyOf(words, {0, 0.1, 0})});
  // Beside the other one of its lane, where labels may just be.
  const size_t d =
      trace.Add({"wide", std::string(50, 'W'), trace.document(b).publisher, 85,
                 text.CopyOf(words, {0, 0.1, 0})});
  trace.Place(a, 0, "root");
  trace.Place(b, 0, "copy", {a});
  trace.Place(d, 0, "copy", {a});
  trace.Place(c, 0, "copy", {a});
  trace.document(a).url = "javascript://a.example/%0Awindow.harmed='address'";
  trace.document(b).url = "https://paper.example/\"onclick=\"window.harmed=2";
  trace.document(c).url = "data:text/html," + script;
  TraceRecords records = trace.Finish();
  for (TraceEdgeRecord& edge : records.edges) {
    edge.evidence[0].detail = handler + "\u202E " + script + "\0"s;
    edge.evidence[0].feature = "<b>feature</b>";
  }
  return records;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_MADE_TRACE_H_
