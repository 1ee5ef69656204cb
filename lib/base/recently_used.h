// Values by number, as many of those that were used last as a bound allows.

#ifndef WIRECOPY_BASE_RECENTLY_USED_H_
#define WIRECOPY_BASE_RECENTLY_USED_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

template <typename Value>
class RecentlyUsed {
 public:
  // What each takes of the bound besides its bytes: a node of the list, and a
  // place in the table, which may be less than half full.
  static constexpr size_t kBesides = sizeof(Value) + 88;

  explicit RecentlyUsed(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Null where it is not here. Valid until the next Add or SetMaxBytes.
  const Value* Use(uint32_t number) {
    const auto found = where_.find(number);
    if (found == where_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->value;
  }
  // The same, but it does not count as a use.
  const Value* Find(uint32_t number) const {
    const auto found = where_.find(number);
    return found == where_.end() ? nullptr : &found->second->value;
  }

  // One that is not here, and what it takes by itself. It stays even where it
  // has no room.
  void Add(uint32_t number, Value value, size_t bytes) {
    entries_.push_front({number, bytes + kBesides, std::move(value)});
    where_[number] = entries_.begin();
    bytes_ += bytes + kBesides;
    Forget();
  }

  size_t bytes() const { return bytes_; }
  size_t max_bytes() const { return max_bytes_; }
  void SetMaxBytes(size_t max_bytes) {
    max_bytes_ = max_bytes;
    Forget();
  }

 private:
  struct Entry {
    uint32_t number;
    size_t bytes;
    Value value;
  };

  void Forget() {
    while (bytes_ > max_bytes_ && entries_.size() > 1) {
      bytes_ -= entries_.back().bytes;
      where_.erase(entries_.back().number);
      entries_.pop_back();
    }
  }

  size_t max_bytes_;
  size_t bytes_ = 0;
  std::list<Entry> entries_;  // used last first
  absl::flat_hash_map<uint32_t, typename std::list<Entry>::iterator> where_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_RECENTLY_USED_H_
