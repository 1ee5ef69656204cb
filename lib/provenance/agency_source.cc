#include "provenance/agency_source.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace wirecopy {
namespace {

constexpr double kFromAgency = 0.8;

using Copies = std::map<std::string_view, std::vector<uint32_t>>;  // by agency

// By root: its copies that credit an agency which it credits, too.
std::map<uint32_t, Copies> CreditingCopies(
    std::span<const CommonAgency> pairs,
    const std::vector<MemberLineage>& lineage) {
  std::map<uint32_t, Copies> found;
  const auto add = [&](uint32_t root, uint32_t copy, std::string_view name) {
    const MemberLineage& of_copy = lineage[copy];
    if (lineage[root].status != MemberStatus::kRoot) return;
    if (of_copy.status != MemberStatus::kCopy) return;
    if (of_copy.parents.size() != 1 || of_copy.parents[0].member != root) {
      return;
    }
    found[root][name].push_back(copy);
  };
  for (const CommonAgency& pair : pairs) {
    if (pair.name.empty()) continue;
    add(pair.first, pair.second, pair.name);
    add(pair.second, pair.first, pair.name);
  }
  return found;
}

// The agency that most of them credit; of several, the first by name.
const std::vector<uint32_t>& MostCredited(const Copies& copies) {
  return std::max_element(copies.begin(), copies.end(),
                          [](const auto& a, const auto& b) {
                            return a.second.size() < b.second.size();
                          })
      ->second;
}

void Free(uint32_t source_group, MemberLineage* lineage) {
  lineage->status = MemberStatus::kHiddenSource;
  lineage->source_group = source_group;
  lineage->absent_confidence =
      std::max(lineage->absent_confidence, kFromAgency);
  lineage->clock_overruled = false;
  lineage->runners_up.insert(lineage->runners_up.begin(),
                             lineage->parents.begin(), lineage->parents.end());
  lineage->parents.clear();
  for (ParentChoice& parent : lineage->runners_up) {
    parent.confidence *= 1 - kFromAgency;
  }
}

}  // namespace

void MoveToAgencies(std::span<const CommonAgency> pairs,
                    std::vector<MemberLineage>* lineage) {
  uint32_t source_group = 0;
  for (const MemberLineage& member : *lineage) {
    source_group = std::max(source_group, member.source_group);
  }
  for (const auto& [root, copies] : CreditingCopies(pairs, *lineage)) {
    ++source_group;
    Free(source_group, &(*lineage)[root]);
    for (const uint32_t copy : MostCredited(copies)) {
      Free(source_group, &(*lineage)[copy]);
    }
  }
}

}  // namespace wirecopy
