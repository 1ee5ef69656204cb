// The lineage of a family: for every member the parents that it was made from.

#ifndef WIRECOPY_PROVENANCE_LINEAGE_H_
#define WIRECOPY_PROVENANCE_LINEAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

// A member of a family. Members are numbered as they come.
struct FamilyMember {
  // Without what its publisher prints around every article.
  std::span<const TokenCode> tokens;
  // Seconds since 1970, where it is dated: the middle of what is stated, and
  // how long that lasts (a day, where there is only a date). Those that overlap
  // say nothing of their order.
  std::optional<double> seconds;
  double seconds_length = 0;
  // By how much all that may be off for reasons that we know of (an unknown
  // zone, or hour).
  double seconds_error = 0;
};

// What the texts of two members say about their direction besides the words
// that they share: attribution and the like. Above 0 for `source` being the
// source, in nats.
struct MemberEvidence {
  uint32_t source = 0;
  uint32_t copy = 0;
  double log_odds = 0;
};

struct Family {
  std::span<const FamilyMember> members;
  // Pairs that share passages: only these are looked at as parent and copy,
  // either way round. Families of very many pairs get a shortlist instead,
  // made from their texts (shortlist.h).
  struct Pair {
    uint32_t first = 0;
    uint32_t second = 0;
  };
  std::span<const Pair> pairs;
  std::span<const MemberEvidence> evidence;
  bool use_dates = true;
};

struct ParentChoice {
  uint32_t member = 0;
  double confidence = 0;  // that it is the parent
  uint64_t words = 0;     // tokens that the copy has from it
  // Of all forests, weighed by their likelihood: what the confidence was made
  // from. 0 of further parents.
  double share = 0;
};

enum class MemberStatus : uint8_t { kRoot, kCopy, kHiddenSource, kUndecided };

// So many runners-up are named at most, and none that is less likely.
inline constexpr size_t kMostRunnersUp = 3;
inline constexpr double kLeastRunnerUp = 0.01;

struct MemberLineage {
  MemberStatus status = MemberStatus::kUndecided;
  std::vector<ParentChoice> parents;     // of a copy, the most words first
  std::vector<ParentChoice> runners_up;  // for the first parent's place
  double absent_confidence = 0;          // that its parent is not here
  uint32_t source_group = 0;             // from 1, within the family; 0: none
  bool clock_overruled = false;
  // The first member with the same text, which may be itself; and whether
  // nothing tells which of the two is the earlier one.
  uint32_t twin = 0;
  bool is_like_twin = true;
};

// Describes every member from all that it may come from (describe_cost.h),
// weighs clocks and evidence, chooses the likeliest forest and takes what is in
// conflict with it for copies of an absent source. Deterministic: of
// members that are alike in all that counts and may be a parent, the one with
// the lowest number is named. By member. O(pairs * text), and of up to
// kMostDense different texts O(texts^3) besides (forest.h).
std::vector<MemberLineage> TraceLineage(const Family& family);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_H_
