#include "provenance/parent_scores.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "provenance/describe_cost.h"
#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

// Of long texts every word says less, and no number gets out of hand.
constexpr double kMostNats = 500;

class TextScorer {
 public:
  explicit TextScorer(TracedFamily* traced)
      : traced_(*traced), most_(traced->size()) {
    literals_.reserve(traced->size());
    for (const auto text : traced->texts) {
      uint64_t thirds = 0;
      for (const TokenCode code : text) thirds += ThirdsOf(code);
      literals_.push_back(
          LiteralBits(static_cast<double>(thirds) / kThirdsOfWord));
    }
  }

  std::vector<double> Run() {
    for (uint32_t child = 0; child < traced_.size(); ++child) {
      Score(child);
      FavourEarliest(child);
    }
    return std::move(most_);
  }

 private:
  void Score(uint32_t child) {
    std::vector<Candidate>& candidates = traced_.table[child];
    const bool has_whole =
        std::any_of(candidates.begin(), candidates.end(),
                    [&](const Candidate& c) { return IsWhole(c, child); });
    for (Candidate& c : candidates) {
      c.score = Saved(c, child);
      // A part of a text that somebody has the whole of does not join it to
      // another family.
      if (traced_.GivesLittle(&c, child) &&
          (has_whole || !traced_.Precedes(c.parent, child, true))) {
        c.score = std::min(c.score, 2 * kRootNats);
      }
      most_[child] = std::max(most_[child], c.score);
    }
    const double scale = std::min(1.0, kMostNats / std::max(most_[child], 1.0));
    for (Candidate& c : candidates) c.score = scale * (c.score - most_[child]);
    most_[child] *= scale;
  }

  bool IsWhole(const Candidate& c, uint32_t child) const {
    return !traced_.GivesLittle(&c, child) &&
           traced_.Precedes(c.parent, child, true);
  }

  // What a parent saves. What it saves more than the child would as a parent of
  // it counts less: whether words were added or left out is hard to tell.
  double Saved(const Candidate& c, uint32_t child) const {
    const double saved = literals_[child] - c.bits;
    const double back =
        literals_[c.parent] - traced_.Find(child, c.parent)->bits;
    return kNatsPerBit * ((saved + back) / 2 + kSkew * (saved - back) / 2);
  }

  // More copies are made from the source itself than from any one copy.
  void FavourEarliest(uint32_t child) {
    Candidate* earliest = nullptr;
    for (Candidate& c : traced_.table[child]) {
      if (!traced_.classes.clocks[c.parent].seconds.has_value()) continue;
      if (earliest == nullptr ||
          traced_.Precedes(c.parent, earliest->parent, false)) {
        earliest = &c;
      }
    }
    if (earliest != nullptr) earliest->score += kEarliestNats;
  }

  TracedFamily& traced_;
  std::vector<double> literals_;  // bits of each text by itself
  std::vector<double> most_;
};

}  // namespace

std::vector<double> ScoreTexts(TracedFamily* traced) {
  return TextScorer(traced).Run();
}

void AddEvidence(std::span<const MemberEvidence> evidence,
                 TracedFamily* traced) {
  const auto add = [&](uint32_t parent, uint32_t child, double nats) {
    Candidate* const candidate = traced->Find(parent, child);
    if (candidate == nullptr) return;
    candidate->score += nats;
    candidate->evidence += nats;
  };
  for (const MemberEvidence& one : evidence) {
    const uint32_t source = traced->classes.class_of[one.source];
    const uint32_t copy = traced->classes.class_of[one.copy];
    add(source, copy, one.log_odds / 2);
    add(copy, source, -one.log_odds / 2);
  }
}

void FavourHubs(const Forest& forest, CandidateTable* table) {
  std::vector<double> copies(table->size(), 1);
  for (uint32_t child = 0; child < table->size(); ++child) {
    for (size_t i = 0; i < (*table)[child].size(); ++i) {
      copies[(*table)[child][i].parent] += forest.probabilities[child][i];
    }
  }
  for (std::vector<Candidate>& candidates : *table) {
    for (Candidate& c : candidates) {
      const double hub = kHubNats * std::log(copies[c.parent]);
      c.score += hub - c.hub;
      c.hub = hub;
    }
  }
}

}  // namespace wirecopy
