#include "provenance/cut_source.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "provenance/describe_cost.h"
#include "provenance/variant_sites.h"

namespace wirecopy {
namespace {

constexpr size_t kMostMembers = 32;    // of a group, that are looked at
constexpr size_t kMostSources = 32;    // that are tried
constexpr uint32_t kLeastSource = 30;  // tokens
constexpr uint32_t kLeastTail = 20;    // tokens of a copy behind its source
constexpr uint32_t kNearEnd = 12;      // tokens that an edit may take
constexpr double kNearlyAll = 0.8;     // of a group
constexpr double kMost = 0.5;
constexpr double kNotLater = -1;  // nats of its clock

class CutSourceFinder {
 public:
  CutSourceFinder(TextSpans texts, const CandidateTable& table,
                  std::vector<uint32_t> members)
      : texts_(texts),
        table_(table),
        members_(std::move(members)),
        looked_(members_.size() > kMostMembers
                    ? std::vector<uint32_t>(members_.begin(),
                                            members_.begin() + kMostMembers)
                    : members_) {
    bigrams_.reserve(looked_.size());
    for (const uint32_t member : looked_) bigrams_.emplace_back(texts[member]);
  }

  // The longest that fits; none: the number of texts.
  uint32_t Find() const {
    for (const uint32_t source : Sources()) {
      if (HasNoWordOfItsOwn(source) && IsBeginningOfNearlyAll(source)) {
        return source;
      }
    }
    return static_cast<uint32_t>(texts_.size());
  }

 private:
  // Candidates of nearly all, the longest first.
  std::vector<uint32_t> Sources() const {
    std::map<uint32_t, size_t> counts;
    for (const uint32_t member : looked_) {
      for (const Candidate& candidate : table_[member]) {
        if (candidate.clock > kNotLater) ++counts[candidate.parent];
      }
    }
    std::vector<uint32_t> sources;
    for (const auto& [source, count] : counts) {
      if (texts_[source].size() >= kLeastSource && IsNearlyAll(count) &&
          !std::binary_search(members_.begin(), members_.end(), source)) {
        sources.push_back(source);
      }
    }
    std::stable_sort(sources.begin(), sources.end(),
                     [this](uint32_t x, uint32_t y) {
                       return texts_[x].size() > texts_[y].size();
                     });
    sources.resize(std::min(sources.size(), kMostSources));
    return sources;
  }

  bool IsNearlyAll(size_t count) const {
    return static_cast<double>(count) >=
           kNearlyAll * static_cast<double>(looked_.size());
  }

  bool HasNoWordOfItsOwn(uint32_t source) const {
    const std::span<const TokenCode> text = texts_[source];
    for (size_t i = 0; i + 1 < text.size(); ++i) {
      size_t holders = 0;
      for (const BigramSet& other : bigrams_) {
        holders += other.Holds(text.subspan(i, 2)) ? 1 : 0;
      }
      if (static_cast<double>(holders) <
          kMost * static_cast<double>(bigrams_.size())) {
        return false;
      }
    }
    return true;
  }

  bool IsBeginningOfNearlyAll(uint32_t source) const {
    const TextAutomaton automaton(texts_[source]);
    const auto count =
        std::count_if(looked_.begin(), looked_.end(), [&](uint32_t member) {
          return GoesOnBehind(automaton.Describe(texts_[member]), source,
                              member);
        });
    return IsNearlyAll(static_cast<size_t>(count));
  }

  // Whether it has the source's end, or near it, and then more.
  bool GoesOnBehind(const Description& description, uint32_t source,
                    uint32_t member) const {
    const CopiedBlock* last = nullptr;
    for (const CopiedBlock& block : description.blocks) {
      if (last == nullptr || block.source_end() > last->source_end()) {
        last = &block;
      }
    }
    return last != nullptr &&
           last->source_end() + kNearEnd >= texts_[source].size() &&
           last->copy_end() + kLeastTail <= texts_[member].size();
  }

  const TextSpans texts_;
  const CandidateTable& table_;
  const std::vector<uint32_t> members_;
  const std::vector<uint32_t> looked_;
  std::vector<BigramSet> bigrams_;  // of those looked at
};

// A source may have been cut after its copies were made, not made after them.
bool MayComeFrom(const std::vector<Candidate>& candidates, uint32_t source) {
  const Candidate* const found = FindCandidate(candidates, source);
  return found != nullptr && found->clock > kNotLater;
}

}  // namespace

void HangOnCutSources(TextSpans texts, const CandidateTable& table,
                      AbsentSources* absent, Forest* forest) {
  std::map<uint32_t, std::vector<uint32_t>> groups;
  for (uint32_t text = 0; text < texts.size(); ++text) {
    if (absent->groups[text] != 0) groups[absent->groups[text]].push_back(text);
  }
  for (const auto& [group, members] : groups) {
    const uint32_t source = CutSourceFinder(texts, table, members).Find();
    if (source == texts.size()) continue;
    if (std::any_of(members.begin(), members.end(), [&](uint32_t member) {
          return forest->IsBelow(source, member);
        })) {
      MakeRoot(source, forest);
    }
    for (const uint32_t member : members) {
      if (!MayComeFrom(table[member], source)) continue;
      absent->groups[member] = 0;
      absent->confidences[member] = 0;
      ReplaceParent(table, member, source, forest);
    }
  }
}

}  // namespace wirecopy
