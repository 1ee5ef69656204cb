#include "provenance/lineage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "provenance/absent_source.h"
#include "provenance/candidate_parents.h"
#include "provenance/clock_model.h"
#include "provenance/duplicate_classes.h"
#include "provenance/forest.h"
#include "provenance/lineage_weights.h"
#include "provenance/mosaic.h"
#include "provenance/source_challenge.h"

namespace wirecopy {
namespace {

constexpr size_t kMostRunnersUp = 3;
constexpr double kLeastRunnerUp = 0.01;

// The lineage of classes of equal texts.
class Tracer {
 public:
  explicit Tracer(const Family& family)
      : family_(family), classes_(FindDuplicateClasses(family)) {
    for (const std::vector<uint32_t>& members : classes_.members) {
      texts_.push_back(family.members[members[0]].tokens);
      clocks_.push_back(ClockOf(family, members[0]));
    }
  }

  std::vector<MemberLineage> Run() {
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (const Family::Pair& pair : family_.pairs) {
      const uint32_t a = classes_.class_of[pair.first];
      const uint32_t b = classes_.class_of[pair.second];
      if (a != b) pairs.emplace_back(a, b);
    }
    table_ = DescribePairs(texts_, std::move(pairs));
    ScoreTexts();
    AddEvidence();
    const std::vector<double> roots = RootWeights();
    if (family_.use_dates) {
      WeighClocks(clocks_, roots, &table_);
      ChallengeIncumbents(texts_, &table_);
    }
    forest_ = ChooseForest(table_, roots);
    absent_ = FindAbsentSources(texts_, clocks_, table_, forest_);
    return Report();
  }

 private:
  // Each child's cheapest parent is as good as another's.
  void ScoreTexts() {
    for (std::vector<Candidate>& candidates : table_) {
      double least = std::numeric_limits<double>::infinity();
      for (const Candidate& c : candidates) least = std::min(least, c.bits);
      for (Candidate& c : candidates) {
        const double nats = kNatsPerBit * (c.bits - least);
        c.score = -std::min(nats, kMostNats) -
                  kBeyond * std::max(0.0, nats - kMostNats);
      }
    }
  }

  void AddEvidence() {
    for (const MemberEvidence& evidence : family_.evidence) {
      const uint32_t source = classes_.class_of[evidence.source];
      const uint32_t copy = classes_.class_of[evidence.copy];
      Add(source, copy, evidence.log_odds / 2);
      Add(copy, source, -evidence.log_odds / 2);
    }
  }

  void Add(uint32_t parent, uint32_t child, double nats) {
    Candidate* candidate = Find(parent, child);
    if (candidate != nullptr) candidate->score += nats;
  }

  Candidate* Find(uint32_t parent, uint32_t child) {
    std::vector<Candidate>& list = table_[child];
    const auto at = std::lower_bound(
        list.begin(), list.end(), parent,
        [](const Candidate& c, uint32_t p) { return c.parent < p; });
    return at == list.end() || at->parent != parent ? nullptr : &*at;
  }

  // Whoever describes the others cheaply is likely the root.
  std::vector<double> RootWeights() const {
    std::vector<double> sums(table_.size());
    std::vector<double> counts(table_.size());
    constexpr double kLeast = -8;
    for (const std::vector<Candidate>& candidates : table_) {
      for (const Candidate& c : candidates) {
        sums[c.parent] += std::max(c.score, kLeast);
        counts[c.parent] += 1;
      }
    }
    std::vector<double> roots(table_.size());
    for (size_t i = 0; i < roots.size(); ++i) {
      double least = std::numeric_limits<double>::infinity();
      for (const Candidate& c : table_[i]) least = std::min(least, c.bits);
      if (table_[i].empty()) least = 0;
      const double words = static_cast<double>(texts_[i].size());
      const double all = kBitsPerLiteral * std::min(words, kLongestEdit) +
                         kBitsPerAdded * std::max(0.0, words - kLongestEdit);
      roots[i] = kRootNats -
                 std::min(kNatsPerBit * kRootMdl * std::max(0.0, all - least),
                          kMostRoot);
      if (counts[i] > 0) roots[i] += kRootSpread * sums[i] / counts[i];
    }
    return roots;
  }

  std::vector<MemberLineage> Report() {
    std::vector<MemberLineage> lineage(family_.members.size());
    for (uint32_t c = 0; c < classes_.members.size(); ++c) {
      ReportFirst(c, &lineage[classes_.members[c][0]]);
      for (size_t i = 1; i < classes_.members[c].size(); ++i) {
        ReportDuplicate(c, i, &lineage[classes_.members[c][i]]);
      }
    }
    for (uint32_t member = 0; member < lineage.size(); ++member) {
      lineage[member].origin = OriginOf(lineage, member);
    }
    return lineage;
  }

  static std::optional<uint32_t> OriginOf(
      const std::vector<MemberLineage>& lineage, uint32_t member) {
    while (lineage[member].status == MemberStatus::kCopy) {
      member = lineage[member].parents[0].member;
    }
    if (lineage[member].status != MemberStatus::kRoot) return std::nullopt;
    return member;
  }

  void ReportFirst(uint32_t c, MemberLineage* lineage) {
    const bool is_root = !forest_.parents[c].has_value();
    lineage->absent_confidence = absent_.confidences[c];
    lineage->source_group = absent_.groups[c];
    if (lineage->source_group != 0) {
      lineage->status = MemberStatus::kHiddenSource;
    } else if (is_root) {
      const bool is_known = forest_.root_probabilities[c] >= 0.5;
      lineage->status =
          is_known ? MemberStatus::kRoot : MemberStatus::kUndecided;
    } else {
      lineage->status = MemberStatus::kCopy;
      ReportParents(c, lineage);
    }
    ReportRunnersUp(c, lineage);
  }

  void ReportParents(uint32_t c, MemberLineage* lineage) {
    const uint32_t parent = *forest_.parents[c];
    lineage->parents.push_back(ChoiceOf(c, *Find(parent, c)));
    lineage->clock_overruled = Find(parent, c)->clock < -0.7;
    for (const SecondParent& second :
         FindSecondParents(texts_, table_, forest_, c)) {
      const Candidate& candidate = *Find(second.parent, c);
      ParentChoice choice = ChoiceOf(c, candidate);
      choice.words = second.words;
      choice.confidence = second.confidence;
      lineage->parents.push_back(choice);
    }
  }

  ParentChoice ChoiceOf(uint32_t child, const Candidate& candidate) const {
    const std::vector<uint32_t>& members = classes_.members[candidate.parent];
    const auto at = static_cast<size_t>(&candidate - table_[child].data());
    const double share =
        kFirstOfClass /
        (kFirstOfClass + static_cast<double>(members.size()) - 1);
    return {members[0],
            forest_.probabilities[child][at] * share *
                (1 - absent_.confidences[child]),
            candidate.copied};
  }

  void ReportRunnersUp(uint32_t c, MemberLineage* lineage) {
    for (const Candidate& candidate : table_[c]) {
      if (lineage->status == MemberStatus::kCopy &&
          candidate.parent == *forest_.parents[c]) {
        continue;
      }
      const ParentChoice choice = ChoiceOf(c, candidate);
      if (choice.confidence < kLeastRunnerUp) continue;
      lineage->runners_up.push_back(choice);
    }
    std::stable_sort(lineage->runners_up.begin(), lineage->runners_up.end(),
                     [](const ParentChoice& a, const ParentChoice& b) {
                       return a.confidence > b.confidence;
                     });
    if (lineage->runners_up.size() > kMostRunnersUp) {
      lineage->runners_up.resize(kMostRunnersUp);
    }
  }

  // The first of the class is the likeliest parent of the others.
  void ReportDuplicate(uint32_t c, size_t place, MemberLineage* lineage) {
    const std::vector<uint32_t>& members = classes_.members[c];
    const size_t size = texts_[c].size();
    const auto before = static_cast<double>(place);
    lineage->status = MemberStatus::kCopy;
    lineage->parents.push_back(
        {members[0], kFirstOfClass / (kFirstOfClass + before - 1), size});
    for (size_t i = 1; i < place && i <= kMostRunnersUp; ++i) {
      lineage->runners_up.push_back(
          {members[i], 1 / (kFirstOfClass + before - 1), size});
    }
  }

  const Family& family_;
  DuplicateClasses classes_;
  // By class.
  std::vector<std::span<const TokenCode>> texts_;
  std::vector<Clock> clocks_;
  CandidateTable table_;
  Forest forest_;
  AbsentSources absent_;
};

}  // namespace

std::vector<MemberLineage> TraceLineage(const Family& family) {
  return Tracer(family).Run();
}

}  // namespace wirecopy
