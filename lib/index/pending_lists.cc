#include "index/pending_lists.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "index/encoding.h"

namespace wirecopy {

std::string PendingLists::KeyOf(uint64_t key) const {
  std::string bytes;
  AppendNumber<8>(key, &bytes);
  return bytes.substr(bytes.size() - key_bytes_);
}

absl::StatusOr<const std::string*> PendingLists::Get(
    uint64_t key, const std::string* before) {
  const auto [place, is_new] = entries_.try_emplace(key);
  if (!is_new) return &place->second.list;
  if (before != nullptr) {
    place->second.list = *before;
    return &place->second.list;
  }
  WIRECOPY_RETURN_IF_ERROR(
      view_.Get(table_, KeyOf(key), &place->second.list).status());
  return &place->second.list;
}

void PendingLists::Set(uint64_t key, std::string list) {
  Entry& entry = entries_[key];
  entry.is_changed = entry.is_changed || entry.list != list;
  entry.list = std::move(list);
}

void PendingLists::Write(Store::Changes* changes) const {
  std::vector<std::pair<uint64_t, const Entry*>> changed;
  for (const auto& [key, entry] : entries_) {
    if (entry.is_changed) changed.emplace_back(key, &entry);
  }
  std::sort(changed.begin(), changed.end());
  for (const auto& [key, entry] : changed) {
    if (entry->list.empty()) {
      changes->Delete(table_, KeyOf(key));
    } else {
      changes->Put(table_, KeyOf(key), entry->list);
    }
  }
}

}  // namespace wirecopy
