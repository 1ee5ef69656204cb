#include "provenance/lineage_report.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "provenance/lineage_weights.h"
#include "provenance/mosaic.h"
#include "provenance/parent_confidence.h"

namespace wirecopy {
namespace {

class LineageReport {
 public:
  LineageReport(const TracedFamily& traced, const Forest& forest,
                const AbsentSources& absent)
      : traced_(traced), forest_(forest), absent_(absent) {}

  std::vector<MemberLineage> Run() const {
    std::vector<MemberLineage> lineage(traced_.family.members.size());
    for (uint32_t c = 0; c < traced_.classes.members.size(); ++c) {
      const std::vector<uint32_t>& members = traced_.classes.members[c];
      for (size_t place = 0; place < members.size(); ++place) {
        MemberLineage* const member = &lineage[members[place]];
        ReportTwins(c, place, member);
        if (place >= traced_.classes.tied[c]) {
          ReportDuplicate(c, place, member);
        } else if (NothingTellsFirst(c)) {
          ReportTied(c, place, member);
        } else {
          ReportFirst(c, place, member);
        }
      }
    }
    return lineage;
  }

 private:
  // Nothing but dates and evidence tells members of a class apart, and so an
  // undated one may be the first for all that is known of the pair.
  void ReportTwins(uint32_t c, size_t place, MemberLineage* lineage) const {
    const uint32_t first = traced_.classes.members[c][0];
    const uint32_t member = traced_.classes.members[c][place];
    const auto earlier = IsEarlier(ClockOf(traced_.family, first),
                                   ClockOf(traced_.family, member));
    lineage->twin = first;
    lineage->is_like_twin =
        place < traced_.classes.tied[c] ||
        (!earlier.has_value() && traced_.classes.told[member] == 0);
  }

  // Of those that may be the first, each: what it is if it is.
  void ReportFirst(uint32_t c, size_t place, MemberLineage* lineage) const {
    const bool is_root = !forest_.parents[c].has_value();
    lineage->absent_confidence = absent_.confidences[c] * IsFirstOfTied(c);
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
    ReportRunnersUp(c, place, lineage);
  }

  // How likely each of those is the first.
  double IsFirstOfTied(uint32_t c) const {
    return 1 / static_cast<double>(traced_.classes.tied[c]);
  }

  // Of a text without a parent, that several have and as early.
  bool NothingTellsFirst(uint32_t c) const {
    return traced_.classes.tied[c] > 1 && !forest_.parents[c].has_value() &&
           absent_.groups[c] == 0;
  }

  // Whether all that share something with it say by their clocks that it is
  // older than they are.
  bool IsFirst(uint32_t c) const {
    return !traced_.table[c].empty() &&
           std::all_of(traced_.table[c].begin(), traced_.table[c].end(),
                       [&](const Candidate& other) {
                         return traced_.Precedes(c, other.parent, false);
                       });
  }

  void ReportParents(uint32_t c, MemberLineage* lineage) const {
    const uint32_t parent = *forest_.parents[c];
    lineage->parents.push_back(ChoiceOf(c, *traced_.Find(parent, c)));
    lineage->clock_overruled = traced_.Precedes(c, parent, false);
    for (const SecondParent& second :
         FindSecondParents(traced_.texts, traced_.table, forest_, c)) {
      const Candidate& candidate = *traced_.Find(second.parent, c);
      ParentChoice choice = ChoiceOf(c, candidate);
      choice.words = second.words;
      choice.confidence = SecondConfidence(second.is_kin);
      choice.share = 0;
      lineage->parents.push_back(choice);
    }
  }

  ParentChoice ChoiceOf(uint32_t child, const Candidate& candidate) const {
    const auto at =
        static_cast<size_t>(&candidate - traced_.table[child].data());
    const std::vector<uint32_t>& members =
        traced_.classes.members[candidate.parent];
    const double share = forest_.probabilities[child][at] *
                         FirstShare(candidate.parent, members.size()) *
                         (1 - absent_.confidences[child]) *
                         IsFirstOfTied(child);
    return {members[0], Calibrated(share), candidate.copied, share};
  }

  double Calibrated(double share) const {
    return ParentConfidence(share, traced_.family.use_dates);
  }

  double SecondConfidence(bool is_kin) const {
    if (is_kin) return kSecondKin;
    return traced_.family.use_dates ? kSecondDates : kSecond;
  }

  // How likely the parent among the first so many texts of a class is the first
  // of all.
  double FirstShare(uint32_t c, size_t size) const {
    const auto all = static_cast<double>(size);
    const auto tied = static_cast<double>(traced_.classes.tied[c]);
    const double first = traced_.family.use_dates ? kOfFirst : 0;
    return first / std::min(all, tied) + (1 - first) / all;
  }

  // All that it may be from but for the parent: any of those that are as likely
  // the first of their text as that one's first is; and its own twins.
  std::vector<ParentChoice> OthersThan(uint32_t c, size_t place) const {
    std::vector<ParentChoice> others;
    const auto add = [&](uint32_t of, size_t without, ParentChoice choice) {
      const size_t tied = traced_.classes.tied[of];
      for (size_t i = 0; i < std::min(tied, kMostRunnersUp + 2); ++i) {
        if (i == without) continue;
        choice.member = traced_.classes.members[of][i];
        others.push_back(choice);
      }
    };
    for (const Candidate& candidate : traced_.table[c]) {
      const bool is_parent = candidate.parent == forest_.parents[c];
      if (is_parent && absent_.groups[c] == 0) {
        add(candidate.parent, 0, ChoiceOf(c, candidate));
      } else {
        add(candidate.parent, SIZE_MAX, ChoiceOf(c, candidate));
      }
    }
    const double each = IsFirstOfTied(c);
    add(c, place, {0, each, traced_.texts[c].size(), each});
    return others;
  }

  // What the parent's confidence leaves, in the proportion of their shares.
  void ReportRunnersUp(uint32_t c, size_t place, MemberLineage* lineage) const {
    double scale = 1;
    if (lineage->status == MemberStatus::kCopy) {
      const ParentChoice& parent = lineage->parents[0];
      if (parent.share < 1) {
        scale = (1 - parent.confidence) / (1 - parent.share);
      }
    }
    for (ParentChoice choice : OthersThan(c, place)) {
      choice.confidence = std::min(1.0, scale * choice.share);
      if (choice.confidence < kLeastRunnerUp) continue;
      lineage->runners_up.push_back(choice);
    }
    std::stable_sort(lineage->runners_up.begin(), lineage->runners_up.end(),
                     [](const ParentChoice& a, const ParentChoice& b) {
                       return a.share > b.share;
                     });
    if (lineage->runners_up.size() > kMostRunnersUp) {
      lineage->runners_up.resize(kMostRunnersUp);
    }
    // One of them at most is right.
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

  // The first of the class is the likeliest parent of the others. Those that
  // may be the first themselves are likely as not each other's.
  void ReportDuplicate(uint32_t c, size_t place, MemberLineage* lineage) const {
    const std::vector<uint32_t>& members = traced_.classes.members[c];
    const size_t size = traced_.texts[c].size();
    const size_t tied = traced_.classes.tied[c];
    const size_t before = std::max(place, tied);
    double first = FirstShare(c, before);
    const double told = traced_.classes.told[members[place]];
    if (told > 0) first *= told;
    // Without a date it may be the first of all of them itself.
    if (lineage->is_like_twin) {
      first *= 1 - 1 / static_cast<double>(members.size());
    }
    lineage->status = MemberStatus::kCopy;
    const double confidence = Calibrated(first);
    lineage->parents.push_back({members[0], confidence, size, first});
    const auto others = static_cast<double>(before - 1);
    for (size_t i = 1; i < before; ++i) {
      if (lineage->runners_up.size() == kMostRunnersUp) break;
      if (i == place) continue;
      lineage->runners_up.push_back(
          {members[i], (1 - confidence) / others, size, (1 - first) / others});
    }
  }

  // One of those that are tied is the first, and any other may be from it.
  void ReportTied(uint32_t c, size_t place, MemberLineage* lineage) const {
    const std::vector<uint32_t>& members = traced_.classes.members[c];
    const size_t tied = traced_.classes.tied[c];
    lineage->status = MemberStatus::kUndecided;
    const double each = 1 / static_cast<double>(tied);
    if (each < kLeastRunnerUp) return;
    for (size_t i = 0; i < tied; ++i) {
      if (lineage->runners_up.size() == kMostRunnersUp) break;
      if (i == place) continue;
      lineage->runners_up.push_back(
          {members[i], each, traced_.texts[c].size(), each});
    }
  }

  const TracedFamily& traced_;
  const Forest& forest_;
  const AbsentSources& absent_;
};

}  // namespace

std::vector<MemberLineage> ReportLineage(const TracedFamily& traced,
                                         const Forest& forest,
                                         const AbsentSources& absent) {
  return LineageReport(traced, forest, absent).Run();
}

}  // namespace wirecopy
