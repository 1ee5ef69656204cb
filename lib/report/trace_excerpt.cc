#include "report/trace_excerpt.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "report/input_figures.h"
#include "report/trace_links.h"

namespace wirecopy {
namespace {

constexpr size_t kGone = std::numeric_limits<size_t>::max();

// Picks documents, edges and families, then copies what was picked.
class Cutter {
 public:
  Cutter(const TraceRecords& records, const TraceLimits& limits)
      : records_(records),
        limits_(limits),
        links_(FindTraceLinks(records)),
        new_number_(records.documents.size(), kGone),
        keeps_edge_(records.edges.size()) {}

  TraceExcerpt Cut() {
    PickDocuments();
    PickEdges();
    CopyDocuments();
    CopyFamilies();
    CopyEdges();
    CopyPublishers();
    return std::move(result_);
  }

 private:
  bool TakeBytes(uint64_t bytes) {
    if (bytes > limits_.bytes - bytes_) return false;
    bytes_ += bytes;
    return true;
  }

  void PickDocuments();
  bool PickDocument(size_t document);
  void PickEdges();
  uint64_t BytesOf(const TraceEdgeRecord& edge) const;
  void CopyDocuments();
  void CopyFamilies();
  void CopyEdges();
  void CopyPublishers();
  std::optional<size_t> NewNumber(std::optional<size_t> document) const;
  std::vector<TraceParentRecord> NewParents(
      const std::vector<TraceParentRecord>& parents) const;

  const TraceRecords& records_;
  const TraceLimits& limits_;
  TraceLinks links_;
  uint64_t bytes_ = 0;
  size_t picked_ = 0;
  std::vector<size_t> new_number_;  // of a document; kGone
  std::vector<size_t> new_family_;
  std::vector<bool> keeps_edge_;
  TraceExcerpt result_;
};

bool Cutter::PickDocument(size_t document) {
  if (picked_ == limits_.documents) return false;
  const TraceDocumentRecord& record = records_.documents[document];
  if (!TakeBytes(record.text.size() + record.title.size() +
                 record.id.text.size() + record.url.size())) {
    return false;
  }
  new_number_[document] = 0;  // told apart from kGone; numbered later
  ++picked_;
  return true;
}

void Cutter::PickDocuments() {
  bool is_first = true;
  for (const TraceGroup& group : FindTraceGroups(records_, links_)) {
    if (!is_first && picked_ + group.documents.size() > limits_.documents) {
      break;
    }
    const uint64_t bytes_before = bytes_;
    bool fits = true;
    for (const size_t document : group.documents) {
      fits = fits && PickDocument(document);
    }
    if (!fits && !is_first) {  // wholly or not at all
      for (const size_t document : group.documents) {
        if (new_number_[document] != kGone) --picked_;
        new_number_[document] = kGone;
      }
      bytes_ = bytes_before;
    }
    if (!fits) break;
    is_first = false;
  }
  result_.documents = records_.documents.size() - picked_;
}

uint64_t Cutter::BytesOf(const TraceEdgeRecord& edge) const {
  uint64_t bytes = 100;
  for (const Evidence& evidence : edge.evidence) {
    bytes += 40 + evidence.detail.size();
  }
  for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
    bytes += 80 + 24 * records_.passages[i].view.equal.size();
  }
  return bytes;
}

void Cutter::PickEdges() {
  std::vector<const TraceLink*> candidates;
  for (const TraceLink& link : links_.links) {
    if (!link.edge.has_value()) continue;
    const TraceEdgeRecord& edge = records_.edges[*link.edge];
    if (new_number_[edge.a] == kGone || new_number_[edge.b] == kGone) continue;
    candidates.push_back(&link);
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const TraceLink* x, const TraceLink* y) {
                     if (x->kind != y->kind) return x->kind < y->kind;
                     return x->words > y->words;
                   });
  size_t picked = 0;
  for (const TraceLink* link : candidates) {
    if (picked == limits_.edges) break;
    if (keeps_edge_[*link->edge]) continue;
    if (!TakeBytes(BytesOf(records_.edges[*link->edge]))) break;
    keeps_edge_[*link->edge] = true;
    ++picked;
  }
  for (const TraceEdgeRecord& edge : records_.edges) {
    const bool both =
        new_number_[edge.a] != kGone && new_number_[edge.b] != kGone;
    if (both) ++result_.edges;
  }
  result_.edges -= picked;
}

std::optional<size_t> Cutter::NewNumber(std::optional<size_t> document) const {
  if (!document.has_value() || new_number_[*document] == kGone) {
    return std::nullopt;
  }
  return new_number_[*document];
}

std::vector<TraceParentRecord> Cutter::NewParents(
    const std::vector<TraceParentRecord>& parents) const {
  std::vector<TraceParentRecord> kept;
  kept.reserve(parents.size());
  for (TraceParentRecord parent : parents) {
    if (new_number_[parent.document] == kGone) continue;
    parent.document = new_number_[parent.document];
    kept.push_back(parent);
  }
  return kept;
}

void Cutter::CopyDocuments() {
  std::vector<TraceDocumentRecord>& out = result_.records.documents;
  out.reserve(picked_);
  for (size_t i = 0; i < new_number_.size(); ++i) {
    if (new_number_[i] == kGone) continue;
    new_number_[i] = out.size();
    out.push_back(records_.documents[i]);
  }
  for (TraceDocumentRecord& document : out) {
    if (!document.lineage.has_value()) continue;
    TraceLineageRecord& lineage = *document.lineage;
    lineage.parents = NewParents(lineage.parents);
    lineage.runners_up = NewParents(lineage.runners_up);
    lineage.origin = NewNumber(lineage.origin);
  }
}

void Cutter::CopyFamilies() {
  TraceRecords& out = result_.records;
  for (const TraceFamilyRecord& family : records_.families) {
    TraceFamilyRecord kept{family.name, {}, family.source_groups};
    for (const size_t member : family.members) {
      if (new_number_[member] == kGone) continue;
      kept.members.push_back(new_number_[member]);
    }
    new_family_.push_back(out.families.size());
    if (kept.members.empty()) {
      ++result_.families;
      continue;
    }
    if (kept.members.size() < family.members.size()) ++result_.cut_families;
    out.families.push_back(std::move(kept));
  }
  for (TraceDocumentRecord& document : out.documents) {
    if (!document.lineage.has_value()) continue;
    document.lineage->family = new_family_[document.lineage->family];
  }
}

void Cutter::CopyEdges() {
  TraceRecords& out = result_.records;
  for (size_t i = 0; i < records_.edges.size(); ++i) {
    if (!keeps_edge_[i]) continue;
    TraceEdgeRecord edge = records_.edges[i];
    edge.a = new_number_[edge.a];
    edge.b = new_number_[edge.b];
    edge.source = NewNumber(edge.source);
    const size_t first = out.passages.size();
    for (size_t p = edge.first_passage; p < edge.last_passage; ++p) {
      TracePassageRecord passage = records_.passages[p];
      passage.a = edge.a;
      passage.b = edge.b;
      passage.source = NewNumber(passage.source);
      out.passages.push_back(std::move(passage));
    }
    edge.first_passage = first;
    edge.last_passage = out.passages.size();
    out.edges.push_back(std::move(edge));
  }
}

void Cutter::CopyPublishers() {
  TraceRecords& out = result_.records;
  out.offset_unit = records_.offset_unit;
  out.used_dates = records_.used_dates;
  out.documents_read = records_.documents_read;
  out.publishers = records_.publishers;
  if (out.publishers.size() <= limits_.publishers) return;
  result_.publishers = out.publishers.size() - limits_.publishers;
  std::stable_sort(
      out.publishers.begin(), out.publishers.end(),
      [](const TracePublisherRecord& x, const TracePublisherRecord& y) {
        return x.words > y.words;
      });
  out.publishers.resize(limits_.publishers);
}

}  // namespace

TraceExcerpt CutTrace(const TraceRecords& records, const TraceLimits& limits) {
  return Cutter(records, limits).Cut();
}

std::string LeftOutText(const TraceExcerpt& excerpt) {
  std::string text;
  if (excerpt.documents > 0) {
    absl::StrAppend(&text,
                    "Too much for one page: only the largest families "
                    "are here. Left out: ",
                    Count(excerpt.documents, "document"));
    if (excerpt.families > 0) {
      absl::StrAppend(
          &text, ", among them all of ",
          excerpt.families == 1
              ? "1 family"
              : absl::StrCat(Grouped(excerpt.families), " families"));
    }
    text += ". ";
  }
  if (excerpt.cut_families > 0) {
    text += "Of the largest family only the first members are here. ";
  }
  if (excerpt.edges > 0) {
    absl::StrAppend(&text, "Of the pairs of these documents the ",
                    Grouped(excerpt.edges),
                    " with the fewest words in common are left out. ");
  }
  if (excerpt.publishers > 0) {
    absl::StrAppend(&text, Grouped(excerpt.publishers),
                    " rows of who feeds whom are left out. ");
  }
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace wirecopy
