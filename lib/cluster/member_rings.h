// Keys to the documents filed under them, by groups that come together.

#ifndef WIRECOPY_CLUSTER_MEMBER_RINGS_H_
#define WIRECOPY_CLUSTER_MEMBER_RINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

// The members of a group are a ring of links, so that two groups become one by
// an exchange of two links. 12 bytes a member, taken by the block: what there
// is never moves, and nothing is held twice while it grows. Not thread-safe.
// Throws std::length_error at 2^32 - 1 members: 52 GB of them.
class MemberRings {
 public:
  // Keys below `small_keys` are found without a search, for four bytes each.
  explicit MemberRings(uint64_t small_keys) : small_heads_(small_keys, kEnd) {}

  // Files a document under `key`, in one group with all those there for which
  // joins(group) is true, or alone; the groups are asked one by one, the latest
  // first.
  template <typename Joins>
  void File(uint64_t key, uint32_t document, Joins joins) {
    uint32_t& head = HeadOf(key);
    const uint32_t own = NewMember(document);
    uint32_t before = kEnd;
    for (uint32_t group = head; group != kEnd;) {
      const uint32_t next = At(group).next_group;
      if (joins(Group(*this, group))) {
        std::swap(At(group).next, At(own).next);
        (before == kEnd ? head : At(before).next_group) = next;
      } else {
        before = group;
      }
      group = next;
    }
    At(own).next_group = head;
    head = own;
  }

  // Valid while File asks.
  class Group {
   public:
    Group(const MemberRings& rings, uint32_t first)
        : rings_(rings), first_(first) {}

    uint32_t front() const { return rings_.At(first_).document; }

    // Whether `holds` is true of any member.
    template <typename Holds>
    bool HasAny(Holds holds) const {
      uint32_t member = first_;
      do {
        if (holds(rings_.At(member).document)) return true;
        member = rings_.At(member).next;
      } while (member != first_);
      return false;
    }

   private:
    const MemberRings& rings_;
    uint32_t first_;
  };

 private:
  static constexpr uint32_t kEnd = ~uint32_t{0};
  static constexpr unsigned kBlockBits = 14;
  static constexpr uint32_t kBlockSize = uint32_t{1} << kBlockBits;
  // Of the other keys, cut so that one part at a time grows.
  static constexpr unsigned kPartBits = 6;

  struct Member {
    uint32_t document;
    uint32_t next;        // in the ring
    uint32_t next_group;  // of the ring's first
  };
  using Heads = absl::flat_hash_map<uint64_t, uint32_t>;

  Member& At(uint32_t member) {
    return blocks_[member >> kBlockBits][member & (kBlockSize - 1)];
  }
  const Member& At(uint32_t member) const {
    return blocks_[member >> kBlockBits][member & (kBlockSize - 1)];
  }

  uint32_t NewMember(uint32_t document) {
    if (count_ == kEnd) throw std::length_error("too many members");
    if (count_ % kBlockSize == 0) {
      blocks_.emplace_back();
      blocks_.back().reserve(kBlockSize);
    }
    blocks_.back().push_back({document, count_, kEnd});
    return count_++;
  }

  uint32_t& HeadOf(uint64_t key) {
    if (key < small_heads_.size()) return small_heads_[key];
    Heads& part = heads_[key >> (64 - kPartBits)];
    return part.try_emplace(key, kEnd).first->second;
  }

  std::vector<uint32_t> small_heads_;
  std::array<Heads, size_t{1} << kPartBits> heads_;
  std::vector<std::vector<Member>> blocks_;
  uint32_t count_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_MEMBER_RINGS_H_
