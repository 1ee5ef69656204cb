#include "engine/trace_edges.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "engine/token_spans.h"
#include "provenance/direction.h"
#include "provenance/lineage.h"

namespace wirecopy {
namespace {

// The words that passages have in common, but for what is not told.
uint64_t CountWords(std::span<const ReusedPassage> passages) {
  uint64_t words = 0;
  for (const ReusedPassage& passage : passages) {
    if (IsTold(passage)) words += passage.words;
  }
  return words;
}

// The share of a document's own tokens that these spans cover.
double Coverage(std::vector<TokenSpan> spans, uint32_t size) {
  const uint32_t covered = CountTokens(Union(std::move(spans)));
  return size == 0 ? 0 : std::min(1.0, static_cast<double>(covered) / size);
}

// How likely it is that this document was made from that one, as far as its
// lineage names it: as a parent, or as one that it could be. One that is not
// named is no likelier than the last that is, nor than what all those leave.
double ParentConfidence(const LineageRecord& record, uint32_t parent) {
  double left = 1 - record.absent_confidence;
  double last = 1;
  for (const auto* list : {&record.parents, &record.runners_up}) {
    for (const LineageParent& choice : *list) {
      if (choice.document == parent) return choice.confidence;
      last = std::min(last, choice.confidence);
      // Those behind the first parent are of other passages.
      if (list == &record.runners_up || &choice == &record.parents[0]) {
        left -= choice.confidence;
      }
    }
  }
  const bool are_all_named = record.runners_up.size() < kMostRunnersUp;
  return are_all_named ? 0 : std::clamp(left, 0.0, last);
}

bool IsOneOf(std::string_view feature,
             std::initializer_list<std::string_view> features) {
  return std::find(features.begin(), features.end(), feature) != features.end();
}

// What a lineage does not see for itself: it has the clocks, and the words that
// texts share and do not share.
bool TellsBesidesWords(const Evidence& evidence) {
  return IsOneOf(evidence.feature,
                 {"attribution", "canonical", "is_based_on", "quote_marks",
                  "introduced", "named_author"});
}

// That both have the words of a third says nothing of the two, nor does the
// clock: only who credits or links to the other has them from there.
void KeepWhatTellsQuotations(std::vector<Evidence>* evidence) {
  const bool tells = std::any_of(
      evidence->begin(), evidence->end(), [](const Evidence& piece) {
        return IsOneOf(piece.feature,
                       {"attribution", "canonical", "is_based_on"});
      });
  if (!tells) evidence->clear();
}

// What a lineage that is so sure adds to a pair's own evidence: where its
// clocks stand, a part, for the lineage has seen that evidence too. These
// shares of its log-odds predict best on threads that weights are learnt from,
// and on generated families.
double FamilyWeight(double sure, bool are_posts, bool overrules_clocks) {
  constexpr double kMostOverruling = 4;
  struct Trust {
    double share;
    double most;
  };
  constexpr Trust kPosts = {0.25, 1};
  constexpr Trust kArticles = {0.8, 2};
  const double odds = std::log(sure / std::max(1 - sure, 1e-6));
  if (overrules_clocks) return std::clamp(odds, 0.0, kMostOverruling);
  const Trust trust = are_posts ? kPosts : kArticles;
  return std::clamp(trust.share * odds, 0.0, trust.most);
}

// Whether a pair's clocks say that this side is the copy.
bool ClocksOppose(const TraceEdge& edge, bool is_a) {
  return std::any_of(edge.evidence.begin(), edge.evidence.end(),
                     [is_a](const Evidence& evidence) {
                       return evidence.feature == "clock" &&
                              evidence.weight != 0 &&
                              (evidence.weight < 0) == is_a;
                     });
}

// The clocks' evidence stays to be seen, and counts for nothing.
void AddOverruledClock(TraceEdge* edge) {
  for (const Evidence& evidence : edge->evidence) {
    if (evidence.feature != "clock") continue;
    edge->evidence.push_back(
        {"clock_overruled", -evidence.weight,
         "the family's texts say so strongly that a date must be wrong", true});
    return;
  }
}

// Weighs what the texts of a pair say and what its family does.
class Judge {
 public:
  Judge(const EdgeCorpus& corpus, std::span<const PairFinding> findings)
      : corpus_(corpus), family_texts_(corpus.lineage.families()) {
    for (const PairFinding& finding : findings) {
      passages_of_.try_emplace(std::pair(finding.a, finding.b),
                               finding.first_passage, finding.last_passage);
    }
    absl::flat_hash_set<std::pair<uint32_t, uint32_t>> seen;
    for (const LineageRecord& record : corpus.lineage.records()) {
      const uint32_t text = corpus.lineage.TextOf(record.document);
      if (!seen.insert({record.family, text}).second) continue;
      ++family_texts_[record.family];
    }
  }

  TraceEdge Decide(const PairFinding& finding) const {
    TraceEdge edge = Describe(finding);
    edge.evidence = finding.said.evidence;
    if (edge.relation == Relation::kQuotation) {
      KeepWhatTellsQuotations(&edge.evidence);
    } else {
      AddFamilyEvidence(finding.said.are_posts, &edge);
    }
    const Direction direction = wirecopy::Decide(edge.evidence);
    edge.confidence = direction.confidence;
    if (direction.decided) {
      edge.source = direction.a_is_source() ? edge.a : edge.b;
    }
    if (edge.relation == Relation::kQuotation) return edge;
    const double common = CommonSource(edge);
    if (common > 0) {
      MakeCommonSource(common, &edge);
    } else {
      edge.relation = RelationOfCopy(edge);
    }
    return edge;
  }

 private:
  // Who shares how much; whether it is more than quotations.
  TraceEdge Describe(const PairFinding& finding) const;
  void AddFamilyEvidence(bool are_posts, TraceEdge* edge) const;
  double CommonSource(const TraceEdge& edge) const;
  void MakeCommonSource(double confidence, TraceEdge* edge) const;
  // Where a document has the told passages that it shares with another.
  void AddSpans(uint32_t document, uint32_t other,
                std::vector<TokenSpan>* spans) const;
  // What both go back to, by way of parents.
  std::vector<uint32_t> CommonAncestors(const TraceEdge& edge) const;
  uint32_t Nearest(const std::vector<uint32_t>& ancestors) const;
  // Whether both, with their ancestors, go back to one and the same absent
  // source.
  bool HaveOneAbsentSource(const TraceEdge& edge) const;
  // Whether a third document that both go back to has nearly all that they
  // share, or an absent one may.
  bool ThirdHasWhatTheyShare(const TraceEdge& edge) const;
  Relation RelationOfCopy(const TraceEdge& edge) const;
  // Whether they are two versions of one publisher's article.
  bool AreVersions(const TraceEdge& edge) const;

  const EdgeCorpus& corpus_;
  std::vector<uint32_t> family_texts_;  // different ones
  // By pair: the first passage and the last.
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, std::pair<size_t, size_t>>
      passages_of_;
};

TraceEdge Judge::Describe(const PairFinding& finding) const {
  const std::span<const ReusedPassage> passages =
      corpus_.passages.result.passages;
  TraceEdge edge;
  edge.a = finding.a;
  edge.b = finding.b;
  edge.first_passage = finding.first_passage;
  edge.last_passage = finding.last_passage;
  edge.words = CountWords(passages.subspan(
      edge.first_passage, edge.last_passage - edge.first_passage));
  edge.relation = Relation::kQuotation;
  for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
    if (passages[i].kind == PassageKind::kCopy) {
      edge.relation = Relation::kRepublication;
    }
  }
  std::vector<TokenSpan> in_a;
  std::vector<TokenSpan> in_b;
  AddSpans(edge.a, edge.b, &in_a);
  AddSpans(edge.b, edge.a, &in_b);
  edge.a_coverage = Coverage(std::move(in_a), corpus_.sizes.own[edge.a]);
  edge.b_coverage = Coverage(std::move(in_b), corpus_.sizes.own[edge.b]);
  return edge;
}

void Judge::AddFamilyEvidence(bool are_posts, TraceEdge* edge) const {
  const LineageRecord* const a = corpus_.lineage.Of(edge->a);
  const LineageRecord* const b = corpus_.lineage.Of(edge->b);
  if (a == nullptr || b == nullptr || a->family != b->family) return;
  // Of two texts the lineage knows what they say themselves, and no more; of
  // one, nothing.
  if (family_texts_[a->family] < 3) return;
  if (corpus_.lineage.TextOf(edge->a) == corpus_.lineage.TextOf(edge->b)) {
    return;
  }
  const uint32_t speaker_a = corpus_.lineage.SpeakerOf(edge->a);
  const uint32_t speaker_b = corpus_.lineage.SpeakerOf(edge->b);
  const double from_a = corpus_.lineage.Descends(edge->b, speaker_a);
  const double from_b = corpus_.lineage.Descends(edge->a, speaker_b);
  const double sure = std::max(from_a, from_b);
  if (sure == 0) return;
  const bool is_a = from_a > 0;
  const uint32_t origin = is_a ? edge->a : edge->b;
  const uint32_t speaker = is_a ? speaker_a : speaker_b;
  const LineageRecord& copy = is_a ? *b : *a;
  const bool is_parent = std::any_of(
      copy.parents.begin(), copy.parents.end(),
      [&](const LineageParent& parent) { return parent.document == speaker; });
  // Then a date is wrong on the way up, whatever is between the two.
  const bool overrules = ClocksOppose(*edge, is_a);
  if (overrules) AddOverruledClock(edge);
  const double weight = FamilyWeight(sure, are_posts, overrules);
  if (weight == 0) return;
  std::string detail =
      absl::StrCat("of the ", family_texts_[a->family],
                   " texts of the family, ", corpus_.source.Id(origin).text,
                   is_parent ? " explains " : " stands above ",
                   corpus_.source.Id(copy.document).text,
                   is_parent ? " best: whose edits it shares"
                             : ", by way of what was copied from it");
  edge->evidence.push_back(
      {"family", is_a ? weight : -weight, std::move(detail), true});
}

// How sure it is that neither was made from the other but both from a third;
// 0 where that is not likelier than not, or nothing is known of it.
double Judge::CommonSource(const TraceEdge& edge) const {
  const LineageRecord* const a = corpus_.lineage.Of(edge.a);
  const LineageRecord* const b = corpus_.lineage.Of(edge.b);
  if (a == nullptr || b == nullptr) return 0;
  if (a->status == LineageStatus::kUndecided ||
      b->status == LineageStatus::kUndecided) {
    return 0;
  }
  const CorpusLineage& lineage = corpus_.lineage;
  const uint32_t speaker_a = lineage.SpeakerOf(edge.a);
  const uint32_t speaker_b = lineage.SpeakerOf(edge.b);
  if (speaker_a == speaker_b || lineage.Descends(edge.b, speaker_a) > 0 ||
      lineage.Descends(edge.a, speaker_b) > 0) {
    return 0;
  }
  // A paper's second version comes from its first, whatever both credit.
  if (AreVersions(edge) && CommonAncestors(edge).empty()) return 0;
  const double neither =
      1 - (ParentConfidence(*a, edge.b) + ParentConfidence(*b, edge.a));
  return neither > 0.5 && ThirdHasWhatTheyShare(edge) ? neither : 0;
}

void Judge::AddSpans(uint32_t document, uint32_t other,
                     std::vector<TokenSpan>* spans) const {
  const auto found = passages_of_.find(std::minmax(document, other));
  if (found == passages_of_.end()) return;
  for (size_t i = found->second.first; i < found->second.second; ++i) {
    if (!IsTold(corpus_.passages.result.passages[i])) continue;
    const PassagePlaces& places = corpus_.passages.places[i];
    spans->push_back(places.a.document == document ? places.a.tokens
                                                   : places.b.tokens);
  }
}

std::vector<uint32_t> Judge::CommonAncestors(const TraceEdge& edge) const {
  const std::vector<uint32_t> of_a = corpus_.lineage.Ancestors(edge.a);
  const std::vector<uint32_t> of_b = corpus_.lineage.Ancestors(edge.b);
  std::vector<uint32_t> common;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                        std::back_inserter(common));
  return common;
}

// The one with the most generations above it.
uint32_t Judge::Nearest(const std::vector<uint32_t>& ancestors) const {
  return *std::min_element(
      ancestors.begin(), ancestors.end(), [this](uint32_t x, uint32_t y) {
        return std::pair(corpus_.lineage.DepthOf(y), corpus_.rank[x]) <
               std::pair(corpus_.lineage.DepthOf(x), corpus_.rank[y]);
      });
}

bool Judge::HaveOneAbsentSource(const TraceEdge& edge) const {
  const auto groups = [this](uint32_t document) {
    absl::flat_hash_set<uint32_t> found = {
        corpus_.lineage.Of(document)->source_group};
    for (const uint32_t ancestor : corpus_.lineage.Ancestors(document)) {
      found.insert(corpus_.lineage.Of(ancestor)->source_group);
    }
    found.erase(0);
    return found;
  };
  const auto in_a = groups(edge.a);
  const auto in_b = groups(edge.b);
  return std::any_of(in_a.begin(), in_a.end(),
                     [&](uint32_t group) { return in_b.contains(group); });
}

bool Judge::ThirdHasWhatTheyShare(const TraceEdge& edge) const {
  constexpr double kNearlyAll = 0.8;
  const std::vector<uint32_t> common = CommonAncestors(edge);
  // What they have from an absent source, nobody can look up.
  if (common.empty()) return HaveOneAbsentSource(edge);
  for (const auto& [document, other] :
       {std::pair(edge.a, edge.b), std::pair(edge.b, edge.a)}) {
    std::vector<TokenSpan> shared;
    AddSpans(document, other, &shared);
    std::vector<TokenSpan> known;
    for (const uint32_t ancestor : common) {
      AddSpans(document, ancestor, &known);
    }
    if (CoveredShare(std::move(shared), std::move(known)) < kNearlyAll) {
      return false;
    }
  }
  return true;
}

// The verdict is the family's, and so is the one piece of evidence: what the
// pair alone says of a direction that there is not would only mislead.
void Judge::MakeCommonSource(double confidence, TraceEdge* edge) const {
  constexpr double kSure = 1 - 1e-6;
  const double weight =
      std::log(std::min(confidence, kSure) / (1 - std::min(confidence, kSure)));
  const std::vector<uint32_t> common = CommonAncestors(*edge);
  edge->relation = Relation::kCommonSource;
  edge->source.reset();
  edge->confidence = 1 / (1 + std::exp(-weight));
  edge->evidence = {
      {"common_source", weight,
       absl::StrCat(
           "neither was made from the other: both go back to ",
           common.empty()
               ? std::string("a source that is not among the documents")
               : corpus_.source.Id(Nearest(common)).text),
       true}};
}

// Half of either is in the other: a report of few lines grows, and a long one
// is cut. Who tells less again has used a part of an older article.
bool Judge::AreVersions(const TraceEdge& edge) const {
  constexpr double kVersion = 0.5;
  const std::string_view publisher = corpus_.texts.Of(edge.a).publisher;
  return !publisher.empty() &&
         publisher == corpus_.texts.Of(edge.b).publisher &&
         std::max(edge.a_coverage, edge.b_coverage) >= kVersion;
}

Relation Judge::RelationOfCopy(const TraceEdge& edge) const {
  constexpr double kWhole = 2.0 / 3;
  if (AreVersions(edge)) return Relation::kUpdate;
  const double taken = !edge.source ? std::max(edge.a_coverage, edge.b_coverage)
                       : *edge.source == edge.a ? edge.a_coverage
                                                : edge.b_coverage;
  return taken < kWhole ? Relation::kExcerpt : Relation::kRepublication;
}

}  // namespace

std::vector<PairHint> HintsOfPairs(std::span<const PairFinding> findings) {
  std::vector<PairHint> result;
  result.reserve(findings.size());
  for (const PairFinding& finding : findings) {
    double log_odds = 0;
    for (const Evidence& evidence : finding.said.evidence) {
      if (TellsBesidesWords(evidence)) log_odds += evidence.weight;
    }
    result.push_back(
        {finding.a, finding.b, log_odds, finding.said.common_agency});
  }
  return result;
}

std::vector<TraceEdge> MakeEdges(const EdgeCorpus& corpus,
                                 std::span<const PairFinding> findings) {
  const Judge judge(corpus, findings);
  std::vector<TraceEdge> edges;
  edges.reserve(findings.size());
  for (const PairFinding& finding : findings) {
    edges.push_back(judge.Decide(finding));
  }
  return edges;
}

}  // namespace wirecopy
