#include "provenance/clock_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

constexpr int kIterations = 4;
constexpr double kLeastLikelihood = 1e-6;

// Trees in which clocks are overruled, and copies that together overrule one in
// smaller trees.
constexpr size_t kLeastTree = 12;
constexpr size_t kLeastLater = 3;
constexpr double kTrusted = -100;  // nats

// Where either clock is wrong, the order is as likely one way as the other.
double OrderLikelihood(double is_earlier, double both_right) {
  return both_right * is_earlier + (1 - both_right) / 2;
}

// Few texts tell little of a direction that the clocks do not.
double ClockWeight(double texts) {
  return kClockWeight * (1 + kSmallFamily / (texts * texts));
}

class ClockModel {
 public:
  ClockModel(std::span<const Clock> clocks, std::span<const double> roots,
             CandidateTable* table)
      : clocks_(clocks),
        roots_(roots),
        table_(*table),
        weight_(ClockWeight(static_cast<double>(clocks.size()))),
        wrong_(clocks.size(), kWrongClocks) {}

  Forest Run() {
    double prior = kWrongClocks;
    for (int i = 0; i < kIterations; ++i) {
      Weigh();
      Update(ChooseForest(table_, roots_), prior);
      prior = Prevalence();
    }
    Weigh();
    return ChooseForest(table_, roots_);
  }

 private:
  void Weigh() {
    for (uint32_t copy = 0; copy < table_.size(); ++copy) {
      for (Candidate& candidate : table_[copy]) {
        const uint32_t source = candidate.parent;
        const auto earlier = IsEarlier(clocks_[source], clocks_[copy]);
        if (!earlier.has_value()) continue;
        const double right = (1 - wrong_[source]) * (1 - wrong_[copy]);
        candidate.clock =
            weight_ * std::log(2 * std::max(OrderLikelihood(*earlier, right),
                                            kLeastLikelihood));
      }
    }
  }

  // What each arc says of the clocks at its ends, as far as it is there.
  void Update(const Forest& forest, double prior) {
    std::vector<double> gains(clocks_.size());
    const auto gain = [&](double earlier, double other_wrong) {
      return std::log(0.5 / std::max(OrderLikelihood(earlier, 1 - other_wrong),
                                     kLeastLikelihood));
    };
    for (uint32_t copy = 0; copy < table_.size(); ++copy) {
      for (size_t i = 0; i < table_[copy].size(); ++i) {
        const uint32_t source = table_[copy][i].parent;
        const double share = forest.probabilities[copy][i];
        const auto earlier = IsEarlier(clocks_[source], clocks_[copy]);
        if (!earlier.has_value() || share < 1e-3) continue;
        gains[source] += share * gain(*earlier, wrong_[copy]);
        gains[copy] += share * gain(*earlier, wrong_[source]);
      }
    }
    const double odds = std::log(prior / (1 - prior));
    for (uint32_t i = 0; i < clocks_.size(); ++i) {
      if (!clocks_[i].seconds.has_value()) continue;
      wrong_[i] = 1 / (1 + std::exp(-odds - gains[i]));
    }
  }

  // Of this family's clocks, with some that we know from elsewhere.
  double Prevalence() const {
    double wrong = kWrongClocks * kClocksKnown;
    double all = kClocksKnown;
    for (uint32_t i = 0; i < clocks_.size(); ++i) {
      if (!clocks_[i].seconds.has_value()) continue;
      wrong += wrong_[i];
      all += 1;
    }
    return std::clamp(wrong / all, 0.001, 0.5);
  }

  std::span<const Clock> clocks_;
  std::span<const double> roots_;
  CandidateTable& table_;
  double weight_;
  std::vector<double> wrong_;  // how likely it is that the clock is
};

bool IsLater(const Clock& parent, const Clock& copy) {
  return IsEarlier(parent, copy).value_or(1) < 0.5;
}

// By parent, its copies that are dated before it.
std::vector<size_t> CountLater(std::span<const Clock> clocks,
                               const Forest& forest) {
  std::vector<size_t> later(clocks.size());
  for (uint32_t copy = 0; copy < clocks.size(); ++copy) {
    const auto& parent = forest.parents[copy];
    if (parent.has_value() && IsLater(clocks[*parent], clocks[copy])) {
      ++later[*parent];
    }
  }
  return later;
}

}  // namespace

std::optional<double> IsEarlier(const Clock& source, const Clock& copy) {
  if (!source.seconds.has_value() || !copy.seconds.has_value()) {
    return std::nullopt;
  }
  const double later_by = *copy.seconds - *source.seconds;
  const double error = source.error + copy.error;
  if (std::abs(later_by) < (source.length + copy.length) / 2 || later_by == 0) {
    return 0.5;
  }
  if (std::abs(later_by) >= error) return later_by > 0 ? 1.0 : 0.0;
  return (later_by + error) / (2 * error);
}

Forest WeighClocks(std::span<const Clock> clocks, std::span<const double> roots,
                   CandidateTable* table) {
  return ClockModel(clocks, roots, table).Run();
}

void TrustClocks(std::span<const Clock> clocks, const Forest& forest,
                 CandidateTable* table) {
  const std::vector<size_t> later = CountLater(clocks, forest);
  for (const std::vector<uint32_t>& tree : TreesOf(forest)) {
    if (tree.size() >= kLeastTree) continue;
    for (const uint32_t copy : tree) {
      for (Candidate& c : (*table)[copy]) {
        if (later[c.parent] >= kLeastLater ||
            !IsLater(clocks[c.parent], clocks[copy])) {
          continue;
        }
        c.clock = std::min(c.clock, kTrusted);
      }
    }
  }
}

void TurnSmallTrees(std::span<const Clock> clocks, const CandidateTable& table,
                    Forest* forest) {
  const std::vector<size_t> later = CountLater(clocks, *forest);
  for (const std::vector<uint32_t>& tree : TreesOf(*forest)) {
    if (tree.size() >= kLeastTree) continue;
    for (const uint32_t copy : tree) {
      const std::optional<uint32_t> parent = forest->parents[copy];
      if (!parent.has_value() || later[*parent] >= kLeastLater ||
          !IsLater(clocks[*parent], clocks[copy])) {
        continue;
      }
      const bool was_root = !forest->parents[*parent].has_value();
      MakeRoot(copy, forest);
      double* const forward = ShareOf(table, copy, *parent, forest);
      double* const backward = ShareOf(table, *parent, copy, forest);
      if (!was_root || backward == nullptr) continue;
      forest->parents[*parent] = copy;
      if (forward != nullptr) std::swap(*backward, *forward);
    }
  }
}

}  // namespace wirecopy
