#include "provenance/lineage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "provenance/absent_source.h"
#include "provenance/candidate_parents.h"
#include "provenance/clock_model.h"
#include "provenance/describe_cost.h"
#include "provenance/duplicate_classes.h"
#include "provenance/forest.h"
#include "provenance/lineage_weights.h"
#include "provenance/mosaic.h"
#include "provenance/shortlist.h"
#include "provenance/source_challenge.h"

namespace wirecopy {
namespace {

// By text; above them a shortlist is made.
constexpr size_t kMostPairs = 32;
constexpr size_t kMostRunnersUp = 3;
constexpr double kLeastRunnerUp = 0.01;
constexpr double kMostNats = 500;
constexpr int kHubRounds = 2;
constexpr double kOverruled = -0.7;  // nats of a clock
constexpr double kLeastShare = 0.5;  // of a text, from its parent

double Logistic(double nats) { return 1 / (1 + std::exp(-nats)); }

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
    table_ = DescribePairs(texts_, Pairs());
    ScoreTexts();
    AddEvidence();
    const std::vector<double> roots = RootWeights();
    if (family_.use_dates) {
      WeighClocks(clocks_, roots, &table_);
      ChallengeIncumbents(texts_, &table_);
    }
    forest_ = ChooseForest(table_, roots);
    for (int round = 0; round < kHubRounds; ++round) {
      FavourHubs();
      forest_ = ChooseForest(table_, roots);
    }
    FreeSources();
    absent_ = FindAbsentSources(texts_, table_, &forest_);
    return Report();
  }

 private:
  std::vector<std::pair<uint32_t, uint32_t>> Pairs() const {
    if (texts_.size() > kMostDense &&
        family_.pairs.size() > kMostPairs * texts_.size()) {
      return ShortlistPairs(texts_);
    }
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    pairs.reserve(family_.pairs.size());
    for (const Family::Pair& pair : family_.pairs) {
      const uint32_t a = classes_.class_of[pair.first];
      const uint32_t b = classes_.class_of[pair.second];
      if (a != b) pairs.emplace_back(a, b);
    }
    return pairs;
  }

  double Literal(uint32_t c) const {
    uint64_t thirds = 0;
    for (const TokenCode code : texts_[c]) thirds += ThirdsOf(code);
    return LiteralBits(static_cast<double>(thirds) / kThirdsOfWord);
  }

  // What a parent saves. What it saves more than the child would as a parent of
  // it counts less: whether words were added or left out is hard to tell.
  void ScoreTexts() {
    most_.assign(table_.size(), 0);
    for (uint32_t child = 0; child < table_.size(); ++child) {
      const bool has_whole = std::any_of(
          table_[child].begin(), table_[child].end(), [&](const Candidate& c) {
            return !IsLittle(&c, child) && Precedes(c.parent, child, 1);
          });
      for (Candidate& c : table_[child]) {
        const double saved = Literal(child) - c.bits;
        const double back = Literal(c.parent) - Find(child, c.parent)->bits;
        c.score =
            kNatsPerBit * ((saved + back) / 2 + kSkew * (saved - back) / 2);
        // A part of a text that somebody has the whole of does not join it to
        // another family.
        if (IsLittle(&c, child) &&
            (has_whole || !Precedes(c.parent, child, 1))) {
          c.score = std::min(c.score, 2 * kRootNats);
        }
        most_[child] = std::max(most_[child], c.score);
      }
      // Of long texts every word says less, and no number gets out of hand.
      const double scale =
          std::min(1.0, kMostNats / std::max(most_[child], 1.0));
      for (Candidate& c : table_[child]) {
        c.score = scale * (c.score - most_[child]);
      }
      most_[child] *= scale;
      FavourEarliest(child);
    }
  }

  // More copies are made from the source itself than from any one copy.
  void FavourEarliest(uint32_t child) {
    Candidate* earliest = nullptr;
    for (Candidate& c : table_[child]) {
      if (!clocks_[c.parent].seconds.has_value()) continue;
      if (earliest == nullptr || Precedes(c.parent, earliest->parent, 0)) {
        earliest = &c;
      }
    }
    if (earliest != nullptr) earliest->score += kEarliestNats;
  }

  // Whoever was copied often is likelier to be what else was copied: by how
  // many copies the forests give it so far.
  void FavourHubs() {
    std::vector<double> copies(table_.size(), 1);
    for (uint32_t child = 0; child < table_.size(); ++child) {
      for (size_t i = 0; i < table_[child].size(); ++i) {
        copies[table_[child][i].parent] += forest_.probabilities[child][i];
      }
    }
    for (std::vector<Candidate>& candidates : table_) {
      for (Candidate& c : candidates) {
        c.score += kHubNats * std::log(copies[c.parent]) - c.hub;
        c.hub = kHubNats * std::log(copies[c.parent]);
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

  // A text that was put together from two families joins them, but the one
  // does not come from it: who has but a part from a parent, and copies of its
  // own or an earlier date, is a root; so is who has nothing of what its later
  // parent has from elsewhere.
  void FreeSources() {
    std::vector<bool> has_copies(table_.size(), false);
    for (const auto& parent : forest_.parents) {
      if (parent.has_value()) has_copies[*parent] = true;
    }
    for (uint32_t child = 0; child < table_.size(); ++child) {
      if (!forest_.parents[child].has_value()) continue;
      const uint32_t parent = *forest_.parents[child];
      const bool is_later = Precedes(child, parent, 0);
      const bool is_part = IsLittle(Find(parent, child), child);
      const auto& above = forest_.parents[parent];
      const bool is_apart =
          above.has_value() && IsLittle(Find(*above, child), child);
      if ((is_part && (has_copies[child] || is_later)) ||
          (is_apart && is_later)) {
        forest_.parents[child].reset();
        forest_.root_probabilities[child] = 1 - kLeastShare;
      }
    }
  }

  // By their clocks; `unknown` where they say nothing.
  bool Precedes(uint32_t source, uint32_t copy, double unknown) const {
    return IsEarlier(clocks_[source], clocks_[copy]).value_or(unknown) > 0.5;
  }

  bool IsLittle(const Candidate* source, uint32_t child) const {
    return source == nullptr ||
           source->copied <
               kLeastShare * static_cast<double>(texts_[child].size());
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
      roots[i] = kRootNats - most_[i];
      if (counts[i] > 0)
        roots[i] += kRootSpread * sums[i] / (counts[i] + kRootShrink);
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
      const bool is_known = forest_.root_probabilities[c] >= 0.5 || IsFirst(c);
      lineage->status =
          is_known ? MemberStatus::kRoot : MemberStatus::kUndecided;
    } else {
      lineage->status = MemberStatus::kCopy;
      ReportParents(c, lineage);
    }
    ReportRunnersUp(c, lineage);
  }

  // In families that are too large for marginals: whether all say by their
  // clocks that it is older than they are.
  bool IsFirst(uint32_t c) const {
    return table_.size() > kMostDense &&
           std::all_of(table_[c].begin(), table_[c].end(),
                       [&](const Candidate& other) {
                         return Precedes(c, other.parent, 0);
                       });
  }

  void ReportParents(uint32_t c, MemberLineage* lineage) {
    const uint32_t parent = *forest_.parents[c];
    lineage->parents.push_back(ChoiceOf(c, *Find(parent, c)));
    lineage->clock_overruled = Precedes(c, parent, 0);
    for (const SecondParent& second :
         FindSecondParents(texts_, table_, forest_, c)) {
      const Candidate& candidate = *Find(second.parent, c);
      ParentChoice choice = ChoiceOf(c, candidate);
      choice.words = second.words;
      choice.confidence = second.confidence;
      lineage->parents.push_back(choice);
    }
  }

  // What its share of the forests says of how often such a parent is right.
  ParentChoice ChoiceOf(uint32_t child, const Candidate& candidate) const {
    const auto at = static_cast<size_t>(&candidate - table_[child].data());
    const double share = forest_.probabilities[child][at];
    const double confidence =
        Calibrated(share) *
        FirstShare(classes_.members[candidate.parent].size());
    return {classes_.members[candidate.parent][0],
            confidence * (1 - absent_.confidences[child]), candidate.copied};
  }

  double Calibrated(double share) const {
    constexpr double kSure = 1e-6;
    share = std::clamp(share, kSure, 1 - kSure);
    const double nats = std::log(share / (1 - share));
    return family_.use_dates ? Logistic(kSlopeDates * nats + kOffsetDates)
                             : Logistic(kSlope * nats + kOffset);
  }

  // How likely the parent among so many equal texts is the first.
  double FirstShare(size_t size) const {
    const double first = family_.use_dates ? kFirstOfClass : 1;
    return first / (first + static_cast<double>(size) - 1);
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
    // Each is calibrated by itself; one of them at most is right.
    double left = 1 - lineage->absent_confidence;
    if (!lineage->parents.empty()) left -= lineage->parents[0].confidence;
    double sum = 0;
    for (const ParentChoice& choice : lineage->runners_up) {
      sum += choice.confidence;
    }
    if (sum <= left || sum == 0) return;
    for (ParentChoice& choice : lineage->runners_up) {
      choice.confidence *= std::max(left, 0.0) / sum;
    }
  }

  // The first of the class is the likeliest parent of the others.
  void ReportDuplicate(uint32_t c, size_t place, MemberLineage* lineage) {
    const std::vector<uint32_t>& members = classes_.members[c];
    const size_t size = texts_[c].size();
    const double first = FirstShare(family_.use_dates ? place : members.size());
    lineage->status = MemberStatus::kCopy;
    lineage->parents.push_back({members[0], first, size});
    for (size_t i = 1; i < place && i <= kMostRunnersUp; ++i) {
      lineage->runners_up.push_back(
          {members[i], (1 - first) / static_cast<double>(place - 1), size});
    }
  }

  const Family& family_;
  DuplicateClasses classes_;
  // By class.
  std::vector<std::span<const TokenCode>> texts_;
  std::vector<Clock> clocks_;
  CandidateTable table_;
  std::vector<double> most_;  // that a parent saves, in nats
  Forest forest_;
  AbsentSources absent_;
};

}  // namespace

std::vector<MemberLineage> TraceLineage(const Family& family) {
  return Tracer(family).Run();
}

}  // namespace wirecopy
