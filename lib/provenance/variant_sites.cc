#include "provenance/variant_sites.h"

#include <algorithm>

namespace wirecopy {
namespace {

constexpr uint32_t kLongestSite = 6;

uint64_t Bigram(TokenCode first, TokenCode second) {
  return (uint64_t{first} << 32) | second;
}

uint32_t VotesFor(const Description& source, const Description& other) {
  uint32_t votes = 0;
  for (const VariantSite& site : VariantSites(other)) {
    votes += Holds(source, site.copy) ? 1 : 0;
  }
  return votes;
}

}  // namespace

std::vector<VariantSite> VariantSites(const Description& description) {
  std::vector<VariantSite> sites;
  const std::vector<CopiedBlock>& blocks = description.blocks;
  for (size_t i = 1; i < blocks.size(); ++i) {
    const CopiedBlock& before = blocks[i - 1];
    const CopiedBlock& behind = blocks[i];
    if (behind.source < before.source_end()) continue;
    const VariantSite site{{before.copy_end(), behind.copy},
                           {before.source_end(), behind.source}};
    if (site.copy.size() > kLongestSite || site.source.size() > kLongestSite) {
      continue;
    }
    sites.push_back(site);
  }
  return sites;
}

bool Holds(const Description& description, TokenSpan copy) {
  const auto behind = std::upper_bound(
      description.blocks.begin(), description.blocks.end(), copy.begin,
      [](uint32_t at, const CopiedBlock& block) { return at <= block.copy; });
  if (behind == description.blocks.begin()) return false;
  const CopiedBlock& block = *(behind - 1);
  return block.copy < copy.begin && copy.end < block.copy_end();
}

SiteVotes CompareSources(const Description& challenger,
                         const Description& incumbent) {
  return {VotesFor(challenger, incumbent), VotesFor(incumbent, challenger)};
}

BigramSet::BigramSet(std::span<const TokenCode> tokens) {
  if (tokens.size() < 2) return;
  bigrams_.reserve(tokens.size() - 1);
  for (size_t i = 1; i < tokens.size(); ++i) {
    bigrams_.push_back(Bigram(tokens[i - 1], tokens[i]));
  }
  std::sort(bigrams_.begin(), bigrams_.end());
  bigrams_.erase(std::unique(bigrams_.begin(), bigrams_.end()), bigrams_.end());
}

bool BigramSet::Holds(std::span<const TokenCode> tokens) const {
  for (size_t i = 1; i < tokens.size(); ++i) {
    if (!std::binary_search(bigrams_.begin(), bigrams_.end(),
                            Bigram(tokens[i - 1], tokens[i]))) {
      return false;
    }
  }
  return true;
}

}  // namespace wirecopy
