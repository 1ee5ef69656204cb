#include "provenance/describe_cost.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "base/mix.h"
#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

constexpr uint32_t kLeastBlock = 2;
constexpr size_t kMostTokens = size_t{1} << 30;
constexpr uint32_t kNoState = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kLongBlock = 4;
constexpr uint32_t kNear = 8;  // tokens, on either side

bool Follows(const CopiedBlock& before, const CopiedBlock& block) {
  return block.copy <= before.copy_end() + kNear &&
         block.source >= before.source_end() &&
         block.source <= before.source_end() + kNear;
}

// Two or three words in common are nothing among others that are not, unless
// they stand where their neighbours do.
void DropChance(std::vector<CopiedBlock>* blocks) {
  std::vector<CopiedBlock> kept;
  for (size_t i = 0; i < blocks->size(); ++i) {
    const CopiedBlock& block = (*blocks)[i];
    const bool follows = !kept.empty() && Follows(kept.back(), block);
    const bool leads =
        i + 1 < blocks->size() && Follows(block, (*blocks)[i + 1]);
    if (block.length >= kLongBlock || follows || leads) kept.push_back(block);
  }
  *blocks = std::move(kept);
}

void CountLiterals(std::span<const TokenCode> copy, Description* description) {
  uint32_t at = 0;
  const auto count = [&](uint32_t end) {
    uint64_t thirds = 0;
    for (; at < end; ++at) thirds += ThirdsOf(copy[at]);
    description->literal_bits +=
        LiteralBits(static_cast<double>(thirds) / kThirdsOfWord);
  };
  for (const CopiedBlock& block : description->blocks) {
    count(block.copy);
    at = block.copy_end();
  }
  count(static_cast<uint32_t>(copy.size()));
}

void CountUnused(uint32_t size, Description* description) {
  std::vector<TokenSpan> used;
  used.reserve(description->blocks.size());
  for (const CopiedBlock& block : description->blocks) {
    used.push_back({block.source, block.source_end()});
  }
  std::sort(used.begin(), used.end(), [](TokenSpan a, TokenSpan b) {
    return a.begin < b.begin || (a.begin == b.begin && a.end < b.end);
  });
  uint32_t end = 0;
  for (const TokenSpan span : used) {
    description->unused_runs += span.begin > end ? 1 : 0;
    end = std::max(end, span.end);
  }
  description->has_unused_tail = end < size;
}

}  // namespace

double LiteralBits(double words) { return kBitsPerLiteral * words; }

double Description::Bits() const {
  return literal_bits + kBitsPerBlock * static_cast<double>(blocks.size()) +
         kBitsPerUnusedRun * unused_runs +
         (has_unused_tail ? kBitsPerUnusedTail : 0);
}

uint64_t Description::copied_tokens() const {
  uint64_t sum = 0;
  for (const CopiedBlock& block : blocks) sum += block.length;
  return sum;
}

TextAutomaton::TextAutomaton(std::span<const TokenCode> source) {
  source = source.first(std::min(source.size(), kMostTokens));
  size_ = static_cast<uint32_t>(source.size());
  states_.reserve(2 * source.size() + 1);
  arcs_.reserve(3 * source.size() + 1);
  // There are fewer than 3n arcs.
  slots_.resize(std::bit_ceil(5 * source.size() + 2));
  states_.push_back({.link = kNoState});
  arcs_.emplace_back();
  for (const TokenCode token : source) Extend(token);
}

size_t TextAutomaton::SlotOf(uint32_t state, TokenCode token) const {
  const size_t mask = slots_.size() - 1;
  size_t at = MixTwice((uint64_t{state} << 32) | token) & mask;
  while (slots_[at] != 0 && (arcs_[slots_[at]].state != state ||
                             arcs_[slots_[at]].token != token)) {
    at = (at + 1) & mask;
  }
  return at;
}

uint32_t TextAutomaton::Next(uint32_t state, TokenCode token) const {
  const uint32_t arc = slots_[SlotOf(state, token)];
  return arc == 0 ? 0 : arcs_[arc].target;
}

void TextAutomaton::SetNext(uint32_t state, TokenCode token, uint32_t target) {
  const size_t slot = SlotOf(state, token);
  if (slots_[slot] != 0) {
    arcs_[slots_[slot]].target = target;
    return;
  }
  slots_[slot] = static_cast<uint32_t>(arcs_.size());
  arcs_.push_back({token, target, states_[state].arcs, state});
  states_[state].arcs = slots_[slot];
}

void TextAutomaton::Extend(TokenCode token) {
  const auto added = static_cast<uint32_t>(states_.size());
  const uint32_t length = states_[last_].length + 1;
  states_.push_back({.length = length, .first_end = length});
  uint32_t state = last_;
  last_ = added;
  while (state != kNoState && Next(state, token) == 0) {
    SetNext(state, token, added);
    state = states_[state].link;
  }
  if (state == kNoState) return;
  const uint32_t next = Next(state, token);
  const bool is_shortest = states_[next].length == states_[state].length + 1;
  const uint32_t link = is_shortest ? next : Split(state, next, token);
  states_[added].link = link;
}

// Parts the strings of `next` that come from `state` and its suffixes from the
// longer ones.
uint32_t TextAutomaton::Split(uint32_t state, uint32_t next, TokenCode token) {
  const auto twin = static_cast<uint32_t>(states_.size());
  states_.push_back({.length = states_[state].length + 1,
                     .link = states_[next].link,
                     .first_end = states_[next].first_end});
  states_[next].link = twin;
  for (uint32_t arc = states_[next].arcs; arc != 0; arc = arcs_[arc].next) {
    SetNext(twin, arcs_[arc].token, arcs_[arc].target);
  }
  while (state != kNoState && Next(state, token) == next) {
    SetNext(state, token, twin);
    state = states_[state].link;
  }
  return twin;
}

CopiedBlock TextAutomaton::LongestAt(std::span<const TokenCode> copy,
                                     uint32_t begin) const {
  uint32_t state = 0;
  uint32_t end = begin;
  while (end < copy.size()) {
    const uint32_t next = Next(state, copy[end]);
    if (next == 0) break;
    state = next;
    ++end;
  }
  return {begin, states_[state].first_end - (end - begin), end - begin};
}

std::vector<CopiedBlock> TextAutomaton::Blocks(
    std::span<const TokenCode> copy) const {
  std::vector<CopiedBlock> blocks;
  copy = copy.first(std::min(copy.size(), kMostTokens));
  for (uint32_t at = 0; at < copy.size();) {
    const CopiedBlock block = LongestAt(copy, at);
    if (block.length >= kLeastBlock) blocks.push_back(block);
    at += block.length >= kLeastBlock ? block.length : 1;
  }
  return blocks;
}

Description TextAutomaton::Describe(std::span<const TokenCode> copy) const {
  Description description;
  description.blocks = Blocks(copy);
  DropChance(&description.blocks);
  CountLiterals(copy, &description);
  CountUnused(size_, &description);
  return description;
}

}  // namespace wirecopy
