#include "provenance/tree_shares.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace wirecopy {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

class TreeShares {
 public:
  TreeShares(const CandidateTable& table, std::span<const double> roots,
             double nats, Forest* forest)
      : table_(table),
        roots_(roots),
        nats_(nats),
        forest_(*forest),
        children_(table.size()),
        begin_(table.size()),
        end_(table.size()),
        rooted_(table.size()),
        below_(table.size()) {
    for (uint32_t i = 0; i < table.size(); ++i) {
      if (forest->parents[i]) children_[*forest->parents[i]].push_back(i);
    }
  }

  void Run() {
    Walk();
    for (size_t at = 0; at < order_.size(); at = end_[order_[at]]) {
      WeighRootings(std::span(order_).subspan(at, end_[order_[at]] - at));
    }
    for (uint32_t i = 0; i < table_.size(); ++i) Store(i);
  }

 private:
  // Puts parents before their children, trees one behind the other.
  void Walk() {
    order_.reserve(table_.size());
    std::vector<uint32_t> stack;
    for (uint32_t top = 0; top < table_.size(); ++top) {
      if (forest_.parents[top].has_value()) continue;
      stack.push_back(top);
      while (!stack.empty()) {
        const uint32_t text = stack.back();
        stack.pop_back();
        begin_[text] = order_.size();
        order_.push_back(text);
        stack.insert(stack.end(), children_[text].begin(),
                     children_[text].end());
      }
    }
    for (size_t at = order_.size(); at-- > 0;) {
      const uint32_t text = order_[at];
      end_[text] = std::max(end_[text], at + 1);
      if (const auto parent = forest_.parents[text]) {
        end_[*parent] = std::max(end_[*parent], end_[text]);
      }
    }
  }

  bool IsBelow(uint32_t text, uint32_t top) const {
    return begin_[top] <= begin_[text] && begin_[text] < end_[top];
  }

  double Total(uint32_t child, uint32_t parent) const {
    const Candidate* const found = FindCandidate(table_[child], parent);
    return found == nullptr ? kNever : found->total();
  }

  // `tree`: its texts as walked.
  void WeighRootings(std::span<const uint32_t> tree) {
    std::vector<double> turned(tree.size());  // what the turned arcs add
    double most = kNever;
    for (size_t i = 0; i < tree.size(); ++i) {
      const uint32_t text = tree[i];
      size_t copies = children_[text].size();
      if (i > 0) {
        const uint32_t parent = *forest_.parents[text];
        const double back = Total(parent, text);
        turned[i] = back == kNever ? kNever
                                   : turned[begin_[parent] - begin_[tree[0]]] +
                                         back - Total(text, parent);
        ++copies;
      }
      rooted_[text] =
          turned[i] + roots_[text] + nats_ * static_cast<double>(copies);
      most = std::max(most, rooted_[text]);
    }
    double all = 0;
    for (const uint32_t text : tree) {
      all += rooted_[text] = std::exp(rooted_[text] - most);
    }
    for (size_t i = tree.size(); i-- > 0;) {
      const uint32_t text = tree[i];
      rooted_[text] /= all;
      below_[text] += rooted_[text];
      if (i > 0) below_[*forest_.parents[text]] += below_[text];
    }
  }

  void Store(uint32_t child) {
    const std::vector<Candidate>& candidates = table_[child];
    std::vector<double>& shares = forest_.probabilities[child];
    double most = roots_[child];
    for (const Candidate& c : candidates) {
      if (!IsBelow(c.parent, child)) most = std::max(most, c.total());
    }
    double all = std::exp(roots_[child] - most);
    const double none = all;
    for (size_t i = 0; i < candidates.size(); ++i) {
      shares[i] = IsBelow(candidates[i].parent, child)
                      ? 0
                      : std::exp(candidates[i].total() - most);
      all += shares[i];
    }
    const double elsewhere = std::max(0.0, 1 - below_[child]);
    forest_.root_probabilities[child] = rooted_[child] + elsewhere * none / all;
    for (size_t i = 0; i < candidates.size(); ++i) {
      const uint32_t parent = candidates[i].parent;
      shares[i] *= elsewhere / all;
      if (forest_.parents[parent] == child) shares[i] += below_[parent];
    }
  }

  const CandidateTable& table_;
  const std::span<const double> roots_;
  const double nats_;
  Forest& forest_;
  std::vector<std::vector<uint32_t>> children_;
  std::vector<uint32_t> order_;
  std::vector<size_t> begin_;  // of a text and what is below it, in the order
  std::vector<size_t> end_;
  std::vector<double> rooted_;  // how likely it is the root of its tree
  std::vector<double> below_;   // or one that is below it
};

}  // namespace

void TakeTreeShares(const CandidateTable& table, std::span<const double> roots,
                    double nats, Forest* forest) {
  TreeShares(table, roots, nats, forest).Run();
}

}  // namespace wirecopy
