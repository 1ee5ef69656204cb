// Lists of a table as a batch changes them.

#ifndef WIRECOPY_INDEX_PENDING_LISTS_H_
#define WIRECOPY_INDEX_PENDING_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/store.h"

namespace wirecopy {

class PendingLists {
 public:
  // Of keys of so many bytes. The view must outlive this.
  PendingLists(const Store::View& view, Table table, size_t key_bytes)
      : view_(view), table_(table), key_bytes_(key_bytes) {}

  // Reads the lists of these keys: all at once and in order, which finds what
  // they need in the processor's cache more often than one document after
  // another would.
  absl::Status Prefetch(std::vector<uint64_t> keys, int threads);

  // A list that was read; empty where it was not. Thread-safe while none is
  // read or set.
  std::string_view Peek(uint64_t key) const;

  // A list as it is now. Valid until the next call.
  absl::StatusOr<const std::string*> Get(uint64_t key);

  // Calls visit(list) for the lists of keys as they are now, in any order, and
  // keeps none.
  absl::Status Visit(std::span<const uint64_t> keys,
                     const std::function<void(std::string_view)>& visit) const;

  // Of a key that was got.
  void Set(uint64_t key, std::string list);

  // The changed lists, by rising key.
  void Write(Store::Changes* changes) const;

 private:
  struct Entry {
    std::string list;
    bool is_changed = false;
  };
  std::string KeyOf(uint64_t key) const;
  absl::Status Read(std::span<const uint64_t> keys,
                    std::span<std::string> lists) const;

  const Store::View& view_;
  const Table table_;
  const size_t key_bytes_;
  absl::flat_hash_map<uint64_t, Entry> entries_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_PENDING_LISTS_H_
