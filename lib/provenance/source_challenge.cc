#include "provenance/source_challenge.h"

#include <algorithm>
#include <cstddef>

#include "provenance/describe_cost.h"
#include "provenance/lineage_weights.h"
#include "provenance/variant_sites.h"

namespace wirecopy {
namespace {

constexpr size_t kChallengers = 16;
constexpr uint32_t kLeastCopied = 20;  // tokens

// Places in the child's list, the likeliest first.
std::vector<uint32_t> Likeliest(const std::vector<Candidate>& candidates) {
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].clock > -1 && candidates[i].copied >= kLeastCopied) {
      places.push_back(i);
    }
  }
  std::stable_sort(places.begin(), places.end(), [&](uint32_t a, uint32_t b) {
    return candidates[a].total() > candidates[b].total();
  });
  places.resize(std::min(places.size(), kChallengers));
  return places;
}

void Challenge(std::vector<Candidate>* candidates,
               const std::vector<uint32_t>& places,
               const std::vector<Description>& descriptions) {
  size_t incumbent = 0;
  for (size_t i = 1; i < places.size(); ++i) {
    const SiteVotes votes =
        CompareSources(descriptions[i], descriptions[incumbent]);
    const double lead = static_cast<double>(votes.challenger) - votes.incumbent;
    if (lead < kVoteLead || votes.challenger < kVoteRatio * votes.incumbent) {
      continue;
    }
    Candidate& winner = (*candidates)[places[i]];
    const double beaten = (*candidates)[places[incumbent]].total();
    winner.score = beaten - winner.clock + kVoteNats * lead;
    incumbent = i;
  }
}

}  // namespace

void ChallengeIncumbents(TextSpans texts, CandidateTable* table) {
  std::vector<std::vector<uint32_t>> places(table->size());
  std::vector<std::vector<Description>> descriptions(table->size());
  // Children by parent, so that a parent's automaton is made once.
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> uses(table->size());
  for (uint32_t child = 0; child < table->size(); ++child) {
    places[child] = Likeliest((*table)[child]);
    descriptions[child].resize(places[child].size());
    for (uint32_t i = 0; i < places[child].size(); ++i) {
      uses[(*table)[child][places[child][i]].parent].emplace_back(child, i);
    }
  }
  for (uint32_t parent = 0; parent < table->size(); ++parent) {
    if (uses[parent].empty()) continue;
    const TextAutomaton automaton(texts[parent]);
    for (const auto& [child, i] : uses[parent]) {
      descriptions[child][i] = automaton.Describe(texts[child]);
    }
  }
  for (uint32_t child = 0; child < table->size(); ++child) {
    Challenge(&(*table)[child], places[child], descriptions[child]);
  }
}

}  // namespace wirecopy
