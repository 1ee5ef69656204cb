#include "provenance/arborescence.h"

#include <cstddef>
#include <limits>
#include <utility>

namespace wirecopy {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// Arcs into a node, the heaviest on top: a leftist heap whose weights are
// lowered lazily. Arcs are named by their places in the list.
class ArcHeaps {
 public:
  explicit ArcHeaps(std::span<const WeightedArc> arcs) : nodes_(arcs.size()) {
    for (size_t i = 0; i < arcs.size(); ++i) nodes_[i].weight = arcs[i].weight;
  }

  double Weight(uint32_t heap) const { return nodes_[heap].weight; }

  void Lower(uint32_t heap, double by) {
    if (heap == kNone) return;
    nodes_[heap].weight -= by;
    nodes_[heap].lowered += by;
  }

  uint32_t Pop(uint32_t heap) {
    Settle(heap);
    return Merge(nodes_[heap].left, nodes_[heap].right);
  }

  // Walks down the right spines, which have logarithmic length.
  uint32_t Merge(uint32_t a, uint32_t b) {
    std::vector<uint32_t>& spine = spine_;
    spine.clear();
    while (a != kNone && b != kNone) {
      if (Before(b, a)) std::swap(a, b);
      Settle(a);
      spine.push_back(a);
      a = nodes_[a].right;
    }
    uint32_t merged = a == kNone ? b : a;
    for (; !spine.empty(); spine.pop_back()) {
      Node& node = nodes_[spine.back()];
      node.right = merged;
      if (Rank(node.left) < Rank(node.right)) std::swap(node.left, node.right);
      node.rank = Rank(node.right) + 1;
      merged = spine.back();
    }
    return merged;
  }

 private:
  struct Node {
    double weight = 0;
    double lowered = 0;  // what the nodes below are still to be lowered by
    uint32_t left = kNone;
    uint32_t right = kNone;
    uint32_t rank = 1;
  };

  bool Before(uint32_t a, uint32_t b) const {
    const double x = nodes_[a].weight;
    const double y = nodes_[b].weight;
    return x > y || (x == y && a < b);
  }
  uint32_t Rank(uint32_t heap) const {
    return heap == kNone ? 0 : nodes_[heap].rank;
  }
  void Settle(uint32_t heap) {
    Node& node = nodes_[heap];
    Lower(node.left, node.lowered);
    Lower(node.right, node.lowered);
    node.lowered = 0;
  }

  std::vector<Node> nodes_;
  std::vector<uint32_t> spine_;
};

// Grows a path backwards from each node along the heaviest arcs; where it
// meets itself, the cycle becomes one node.
class Contraction {
 public:
  Contraction(uint32_t nodes, uint32_t root, std::span<const WeightedArc> arcs)
      : arcs_(arcs),
        root_(root),
        heaps_(arcs),
        heap_(nodes, kNone),
        top_(nodes),
        above_(nodes, kNone),
        chosen_(nodes, kNone),
        is_done_(nodes, false) {
    for (uint32_t node = 0; node < nodes; ++node) top_[node] = node;
    for (uint32_t arc = 0; arc < arcs.size(); ++arc) {
      uint32_t& heap = heap_[arcs[arc].child];
      heap = heaps_.Merge(heap, arc);
    }
    is_done_[root] = true;
    for (uint32_t node = 0; node < nodes; ++node) Grow(Top(node));
  }

  std::vector<uint32_t> Unfold(uint32_t nodes) const {
    std::vector<uint32_t> entering = chosen_;
    // The newest first: what a cycle is entered by replaces the arcs on the
    // way down to the arc's head.
    for (auto node = static_cast<uint32_t>(chosen_.size()); node-- > 0;) {
      const uint32_t arc = entering[node];
      if (arc == kNone) continue;
      const uint32_t head = arcs_[arc].child;
      for (uint32_t at = head; at != node && entering[at] != arc;
           at = above_[at]) {
        entering[at] = arc;
      }
    }
    std::vector<uint32_t> parents(nodes, root_);
    for (uint32_t node = 0; node < nodes; ++node) {
      if (node != root_) parents[node] = arcs_[entering[node]].parent;
    }
    return parents;
  }

 private:
  uint32_t Top(uint32_t node) {
    while (top_[node] != node) {
      top_[node] = top_[top_[node]];
      node = top_[node];
    }
    return node;
  }

  void Grow(uint32_t node) {
    std::vector<uint32_t> path;
    std::vector<bool>& is_on_path = is_on_path_;
    is_on_path.resize(heap_.size(), false);
    while (!is_done_[node]) {
      path.push_back(node);
      is_on_path[node] = true;
      const uint32_t from = Enter(node);
      node = is_on_path[from] ? Contract(from, &path) : from;
    }
    for (const uint32_t done : path) {
      is_done_[done] = true;
      is_on_path[done] = false;
    }
  }

  // Chooses the heaviest arc from outside; returns where it comes from.
  uint32_t Enter(uint32_t node) {
    while (true) {
      const uint32_t arc = heap_[node];
      const uint32_t from = Top(arcs_[arc].parent);
      const double weight = heaps_.Weight(arc);
      heap_[node] = heaps_.Pop(arc);
      if (from == node) continue;
      chosen_[node] = arc;
      heaps_.Lower(heap_[node], weight);
      return from;
    }
  }

  // The end of the path, from `first` on, is a cycle. Returns the new node,
  // from which the path is to go on.
  uint32_t Contract(uint32_t first, std::vector<uint32_t>* path) {
    const auto made = static_cast<uint32_t>(heap_.size());
    uint32_t heap = kNone;
    uint32_t node = 0;
    do {
      node = path->back();
      path->pop_back();
      is_on_path_[node] = false;
      above_[node] = made;
      top_[node] = made;
      heap = heaps_.Merge(heap, heap_[node]);
    } while (node != first);
    heap_.push_back(heap);
    top_.push_back(made);
    above_.push_back(kNone);
    chosen_.push_back(kNone);
    is_done_.push_back(false);
    is_on_path_.push_back(false);
    return made;
  }

  std::span<const WeightedArc> arcs_;
  uint32_t root_;
  ArcHeaps heaps_;
  // By node; those above `nodes` are cycles.
  std::vector<uint32_t> heap_;
  std::vector<uint32_t> top_;
  std::vector<uint32_t> above_;
  std::vector<uint32_t> chosen_;
  std::vector<bool> is_done_;
  std::vector<bool> is_on_path_;
};

}  // namespace

std::vector<uint32_t> MaximumArborescence(uint32_t nodes, uint32_t root,
                                          std::span<const WeightedArc> arcs) {
  return Contraction(nodes, root, arcs).Unfold(nodes);
}

}  // namespace wirecopy
