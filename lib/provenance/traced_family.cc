#include "provenance/traced_family.h"

#include <algorithm>
#include <utility>

#include "provenance/candidate_pairs.h"

namespace wirecopy {
namespace {

constexpr double kLeastShare = 0.5;  // of a text, from its parent

std::vector<std::pair<uint32_t, uint32_t>> PairsOfClasses(
    const Family& family, const DuplicateClasses& classes) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  pairs.reserve(family.pairs.size());
  for (const Family::Pair& pair : family.pairs) {
    const uint32_t a = classes.class_of[pair.first];
    const uint32_t b = classes.class_of[pair.second];
    if (a != b) pairs.emplace_back(a, b);
  }
  return pairs;
}

}  // namespace

TracedFamily::TracedFamily(const Family& of)
    : family(of), classes(FindDuplicateClasses(of)) {
  texts.reserve(classes.members.size());
  for (const std::vector<uint32_t>& members : classes.members) {
    texts.push_back(of.members[members[0]].tokens);
  }
  table =
      DescribePairs(texts, CandidatePairs(texts, PairsOfClasses(of, classes)));
}

bool TracedFamily::Precedes(uint32_t source, uint32_t copy,
                            bool unknown) const {
  const auto earlier = IsEarlier(classes.clocks[source], classes.clocks[copy]);
  return earlier.has_value() ? *earlier > 0.5 : unknown;
}

bool TracedFamily::GivesLittle(const Candidate* source, uint32_t child) const {
  return source == nullptr ||
         source->copied <
             kLeastShare * static_cast<double>(texts[child].size());
}

const Candidate* TracedFamily::Find(uint32_t parent, uint32_t child) const {
  return FindCandidate(table[child], parent);
}

Candidate* TracedFamily::Find(uint32_t parent, uint32_t child) {
  const Candidate* const found = std::as_const(*this).Find(parent, child);
  return found == nullptr
             ? nullptr
             : &table[child][static_cast<size_t>(found - table[child].data())];
}

}  // namespace wirecopy
