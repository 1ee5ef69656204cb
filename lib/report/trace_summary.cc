#include "report/trace_summary.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "report/html_page.h"
#include "report/input_figures.h"
#include "report/trace_data.h"
#include "report/trace_figures.h"
#include "report/trace_words.h"

namespace wirecopy {
namespace {

constexpr size_t kExamples = 5;
constexpr double kNameEms = 34;

std::string Families(size_t n) {
  return n == 1 ? "1 family" : absl::StrCat(Grouped(n), " families");
}

std::string NameOf(const TraceDocumentRecord& document) {
  return Html(TraceLabel(
      document.title.empty() ? document.id.text : document.title, kNameEms));
}

std::string DocumentLink(const TraceDocumentRecord& document) {
  return absl::StrCat("<a href=\"#doc=", DocumentFragment(document.id),
                      "\"><bdi>", NameOf(document), "</bdi></a>");
}

// "the Mail's" where the publisher is known, the title where it is not.
std::string WhoseDocument(const TraceDocumentRecord& document) {
  if (document.publisher.empty()) return NameOf(document);
  return Html(TraceLabel(document.publisher, kNameEms));
}

struct Counts {
  TraceRunStats run;
  TraceVerdicts verdicts;
  size_t undated = 0;  // documents
};

Counts CountAll(const TraceRecords& records) {
  Counts counts{CountTrace(records), CountVerdicts(records), 0};
  for (const TraceDocumentRecord& document : records.documents) {
    if (!document.published.has_value()) ++counts.undated;
  }
  return counts;
}

// ", 1 rests", ", 2 rest"; nothing of none.
std::string Also(size_t n, const char* of_one, const char* of_more) {
  if (n == 0) return "";
  return absl::StrCat(", ", Grouped(n), " ", n == 1 ? of_one : of_more);
}

// " (7 directly, 2 by way of a third text)"; nothing where all are direct.
std::string Directness(const TraceVerdicts& verdicts) {
  if (verdicts.roundabout == 0) return "";
  return absl::StrCat(" (", Grouped(verdicts.decided - verdicts.roundabout),
                      " directly, ", Grouped(verdicts.roundabout),
                      " by way of a third text)");
}

std::string Lede(const TraceRecords& records, const TraceVerdicts& verdicts) {
  if (records.documents.empty()) {
    return absl::StrCat("<p class=\"lede\">None of the ",
                        Count(records.documents_read, "document"),
                        " shares text with another.</p>\n");
  }
  std::string text = absl::StrCat(
      "<p class=\"lede\">Of ", Count(records.documents_read, "document"), ", ",
      Grouped(records.documents.size()), " share text with another. ");
  absl::StrAppend(
      &text, "Copies make up ", Families(records.families.size()), ". Of ",
      Count(records.edges.size(), "pair"), ", ", Grouped(verdicts.decided),
      verdicts.decided == 1 ? " has" : " have",
      " a verdict on which goes back to the other", Directness(verdicts),
      Also(verdicts.common_source, "goes back to a common source",
           "go back to a common source"),
      Also(verdicts.quotations, "quotes the same words",
           "quote the same words"),
      verdicts.undecided == 0 ? "" : "; ",
      verdicts.undecided == 0
          ? ""
          : absl::StrCat("<strong>", Grouped(verdicts.undecided),
                         " undecided</strong>"),
      ".");
  if (!records.used_dates) text += " Dates were not used.";
  return text + "</p>\n";
}

std::string Column(const char* heading, const std::vector<std::string>& items) {
  std::string text = absl::StrCat("<div><h2>", heading, "</h2>\n<ul>\n");
  for (const std::string& item : items) {
    absl::StrAppend(&text, "<li>", item, "</li>\n");
  }
  return text + "</ul></div>\n";
}

std::string FamilyLine(const TraceRecords& records,
                       const TraceFamilyRecord& family) {
  const TraceDocumentRecord* root = nullptr;
  for (const size_t member : family.members) {
    const auto& lineage = records.documents[member].lineage;
    if (lineage.has_value() && lineage->status == "root") {
      root = &records.documents[member];
      break;
    }
  }
  const TraceDocumentRecord& titled =
      root == nullptr ? records.documents[family.members[0]] : *root;
  std::string text = absl::StrCat(
      "<a href=\"#family=", Html(family.name), "\"><bdi>", NameOf(titled),
      "</bdi></a>: ", Count(family.members.size(), "document"));
  if (root != nullptr) {
    absl::StrAppend(&text, ", from <bdi>", WhoseDocument(*root), "</bdi>");
  } else if (!family.source_groups.empty()) {
    text += ", from a source that is not among them";
  } else {
    text += ", whose beginning is undecided";
  }
  return text;
}

std::vector<std::string> LargestFamilies(const TraceRecords& records) {
  std::vector<const TraceFamilyRecord*> order;
  for (const TraceFamilyRecord& family : records.families) {
    order.push_back(&family);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const TraceFamilyRecord* x, const TraceFamilyRecord* y) {
                     return x->members.size() > y->members.size();
                   });
  std::vector<std::string> items;
  for (size_t i = 0; i < std::min(kExamples, order.size()); ++i) {
    items.push_back(FamilyLine(records, *order[i]));
  }
  return items;
}

std::vector<std::string> Feeds(const TraceRecords& records) {
  const std::vector<const TracePublisherRecord*> rows = LargestFeeds(records);
  std::vector<std::string> items;
  for (size_t i = 0; i < std::min(kExamples, rows.size()); ++i) {
    const TracePublisherRecord& row = *rows[i];
    std::string text = absl::StrCat(
        "<bdi>", Html(TraceLabel(row.source, kNameEms)), "</bdi> \u2192 <bdi>",
        Html(TraceLabel(row.copy, kNameEms)),
        "</bdi>: ", Count(row.words, "word"), " in ",
        Count(row.documents, "document"));
    if (row.median_delay.has_value()) {
      absl::StrAppend(&text, ", after ", DelayText(*row.median_delay));
    }
    items.push_back(text);
  }
  return items;
}

std::string PairLink(const TraceRecords& records, const TraceEdgeRecord& edge,
                     const std::string& text) {
  return absl::StrCat(
      "<a href=\"#edge=", DocumentFragment(records.documents[edge.a].id), ",",
      DocumentFragment(records.documents[edge.b].id), "\">", text, "</a>");
}

std::vector<std::string> SurestVerdicts(const TraceRecords& records) {
  std::vector<const TraceEdgeRecord*> order;
  for (const TraceEdgeRecord& edge : records.edges) {
    if (edge.source.has_value() && !IsRoundabout(records, edge)) {
      order.push_back(&edge);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const TraceEdgeRecord* x, const TraceEdgeRecord* y) {
                     if (x->confidence != y->confidence) {
                       return x->confidence > y->confidence;
                     }
                     return x->words > y->words;
                   });
  std::vector<std::string> items;
  for (size_t i = 0; i < std::min(kExamples, order.size()); ++i) {
    const TraceEdgeRecord& edge = *order[i];
    const bool a_is_source = edge.source == edge.a;
    const auto& a = records.documents[edge.a];
    const auto& b = records.documents[edge.b];
    const std::string who = absl::StrCat(
        "<bdi>", WhoseDocument(a_is_source ? b : a), "</bdi> from <bdi>",
        WhoseDocument(a_is_source ? a : b), "</bdi>");
    items.push_back(absl::StrCat(PairLink(records, edge, who), ": ",
                                 Count(edge.words, "word"), ", ",
                                 ConfidenceText(edge.confidence)));
  }
  return items;
}

std::string Overruled(const TraceRecords& records) {
  std::string text;
  size_t shown = 0;
  for (const TraceDocumentRecord& document : records.documents) {
    if (!document.lineage.has_value()) continue;
    if (!document.lineage->clock_overruled || shown == kExamples) continue;
    absl::StrAppend(&text, shown++ == 0 ? ": " : ", ", DocumentLink(document));
  }
  return text;
}

std::string Undecided(const TraceRecords& records) {
  std::string text;
  size_t shown = 0;
  for (const TraceEdgeRecord& edge : records.edges) {
    if (edge.source.has_value() || SaysNothingOfDirection(edge.relation)) {
      continue;
    }
    if (shown == kExamples) break;
    absl::StrAppend(
        &text, shown++ == 0 ? ": " : "; ",
        PairLink(records, edge,
                 absl::StrCat("<bdi>", NameOf(records.documents[edge.a]),
                              "</bdi> or <bdi>",
                              NameOf(records.documents[edge.b]), "</bdi>")));
  }
  return text;
}

std::vector<std::string> LeftOpen(const TraceRecords& records,
                                  const Counts& counts) {
  std::vector<std::string> items;
  const auto add = [&](uint64_t n, const std::string& text) {
    if (n > 0) items.push_back(text);
  };
  add(counts.verdicts.undecided,
      absl::StrCat("Undecided, who copied whom: ",
                   Count(counts.verdicts.undecided, "pair"),
                   Undecided(records)));
  add(counts.run.undecided,
      absl::StrCat("Undecided, where it comes from: ",
                   Count(counts.run.undecided, "document")));
  add(counts.run.hidden_source,
      absl::StrCat("Made from what is not among them: ",
                   Count(counts.run.hidden_source, "document"), ", from ",
                   Count(counts.run.absent_sources, "absent source")));
  add(counts.run.clocks_overruled,
      absl::StrCat("Dated before what it was copied from, which the text "
                   "overruled: ",
                   Count(counts.run.clocks_overruled, "document"),
                   Overruled(records)));
  if (records.used_dates) {
    add(counts.undated,
        absl::StrCat("Without a date: ", Count(counts.undated, "document")));
  }
  if (items.empty()) items.emplace_back("Nothing");
  return items;
}

}  // namespace

std::string TraceSummaryHtml(const TraceRecords& all,
                             const TraceExcerpt& excerpt) {
  const TraceRecords& shown = excerpt.records;
  const Counts counts = CountAll(all);
  std::string out = Lede(all, counts.verdicts);
  const std::string left_out = LeftOutText(excerpt);
  if (!left_out.empty()) {
    absl::StrAppend(&out, "<p class=\"left-out\">", left_out, "</p>\n");
  }
  if (all.documents.empty()) return out;
  out += "<div class=\"columns\">\n";
  if (!shown.families.empty()) {
    out += Column("The largest families", LargestFamilies(shown));
  }
  const std::vector<std::string> feeds = Feeds(shown);
  if (!feeds.empty()) out += Column("Who feeds whom", feeds);
  const std::vector<std::string> surest = SurestVerdicts(shown);
  if (!surest.empty()) out += Column("The surest verdicts", surest);
  out += Column("Left open", LeftOpen(shown, counts));
  return out + "</div>\n";
}

}  // namespace wirecopy
