// Keys to the documents filed under them, by groups that come together.

#ifndef WIRECOPY_CLUSTER_MEMBER_RINGS_H_
#define WIRECOPY_CLUSTER_MEMBER_RINGS_H_

#include <cstdint>
#include <stdexcept>
#include <utility>

#include "base/block_list.h"
#include "lsh/key_heads.h"

namespace wirecopy {

// The members of a group are a ring of links, so that two groups become one by
// an exchange of two links. 12 bytes a member. Not thread-safe.
// Throws std::length_error at 2^32 - 1 members: 52 GB of them.
class MemberRings {
 public:
  // Keys below `small_keys` are found without a search, for four bytes each.
  explicit MemberRings(uint64_t small_keys) : heads_(small_keys) {}

  // Files a document under `key`, in one group with all those there for which
  // joins(group) is true, or alone; the groups are asked one by one, the latest
  // first.
  template <typename Joins>
  void File(uint64_t key, uint32_t document, Joins joins) {
    uint32_t& head = heads_.At(key);
    const uint32_t own = NewMember(document);
    uint32_t before = kEnd;
    for (uint32_t group = head; group != kEnd;) {
      const uint32_t next = members_[group].next_group;
      if (joins(Group(*this, group))) {
        std::swap(members_[group].next, members_[own].next);
        (before == kEnd ? head : members_[before].next_group) = next;
      } else {
        before = group;
      }
      group = next;
    }
    members_[own].next_group = head;
    head = own;
  }

  // Asks the groups under `key`, and files nothing.
  template <typename Joins>
  void Ask(uint64_t key, Joins joins) const {
    for (uint32_t group = heads_.Find(key); group != kEnd;
         group = members_[group].next_group) {
      joins(Group(*this, group));
    }
  }

  // Valid while File or Ask asks.
  class Group {
   public:
    Group(const MemberRings& rings, uint32_t first)
        : rings_(rings), first_(first) {}

    uint32_t front() const { return rings_.members_[first_].document; }

    // Whether `holds` is true of any member.
    template <typename Holds>
    bool HasAny(Holds holds) const {
      uint32_t member = first_;
      do {
        if (holds(rings_.members_[member].document)) return true;
        member = rings_.members_[member].next;
      } while (member != first_);
      return false;
    }

   private:
    const MemberRings& rings_;
    uint32_t first_;
  };

 private:
  static constexpr uint32_t kEnd = KeyHeads::kNone;

  struct Member {
    uint32_t document;
    uint32_t next;        // in the ring
    uint32_t next_group;  // of the ring's first
  };

  uint32_t NewMember(uint32_t document) {
    if (members_.size() >= kEnd) throw std::length_error("too many members");
    const auto member = static_cast<uint32_t>(members_.size());
    members_.push_back({document, member, kEnd});
    return member;
  }

  KeyHeads heads_;
  BlockList<Member> members_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_MEMBER_RINGS_H_
