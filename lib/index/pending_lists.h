// Lists of a table as a batch changes them.

#ifndef WIRECOPY_INDEX_PENDING_LISTS_H_
#define WIRECOPY_INDEX_PENDING_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "index/store.h"

namespace wirecopy {

class PendingLists {
 public:
  // Of keys of so many bytes. The view must outlive this.
  PendingLists(const Store::View& view, Table table, size_t key_bytes)
      : view_(view), table_(table), key_bytes_(key_bytes) {}

  // A list as it is now. `before` is what the store has, where that is known.
  // Valid until the next call.
  absl::StatusOr<const std::string*> Get(uint64_t key,
                                         const std::string* before);

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

  const Store::View& view_;
  const Table table_;
  const size_t key_bytes_;
  absl::flat_hash_map<uint64_t, Entry> entries_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_PENDING_LISTS_H_
