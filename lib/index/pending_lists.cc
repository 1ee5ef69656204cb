#include "index/pending_lists.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/status_macros.h"
#include "index/encoding.h"

namespace wirecopy {

std::string PendingLists::KeyOf(uint64_t key) const {
  std::string bytes;
  AppendNumber<8>(key, &bytes);
  return bytes.substr(bytes.size() - key_bytes_);
}

absl::Status PendingLists::Prefetch(std::vector<uint64_t> keys, int threads) {
  constexpr size_t kAtOnce = 4096;
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::vector<std::string> lists(keys.size());
  const size_t tasks = (keys.size() + kAtOnce - 1) / kAtOnce;
  std::vector<absl::Status> statuses(tasks);
  ParallelFor(threads, tasks, [&](int, size_t task) {
    const size_t begin = task * kAtOnce;
    const auto part =
        std::span(keys).subspan(begin, std::min(kAtOnce, keys.size() - begin));
    statuses[task] = Read(part, std::span(lists).subspan(begin, part.size()));
  });
  for (const absl::Status& status : statuses) {
    WIRECOPY_RETURN_IF_ERROR(status);
  }
  entries_.reserve(entries_.size() + keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    entries_.try_emplace(keys[i], Entry{std::move(lists[i]), false});
  }
  return absl::OkStatus();
}

absl::Status PendingLists::Read(std::span<const uint64_t> keys,
                                std::span<std::string> lists) const {
  std::string bytes;
  bytes.reserve(keys.size() * key_bytes_);
  for (const uint64_t key : keys) bytes += KeyOf(key);
  std::vector<std::string_view> parts;
  parts.reserve(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    parts.push_back(std::string_view(bytes).substr(i * key_bytes_, key_bytes_));
  }
  return view_.GetMany(
      table_, parts,
      [lists](size_t i, std::string_view value) { lists[i] = value; });
}

std::string_view PendingLists::Peek(uint64_t key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? std::string_view()
                                 : std::string_view(found->second.list);
}

absl::StatusOr<const std::string*> PendingLists::Get(uint64_t key) {
  const auto [place, is_new] = entries_.try_emplace(key);
  if (is_new) {
    WIRECOPY_RETURN_IF_ERROR(
        view_.Get(table_, KeyOf(key), &place->second.list).status());
  }
  return &place->second.list;
}

absl::Status PendingLists::Visit(
    std::span<const uint64_t> keys,
    const std::function<void(std::string_view)>& visit) const {
  std::vector<uint64_t> unread;
  for (const uint64_t key : keys) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) {
      unread.push_back(key);
    } else {
      visit(found->second.list);
    }
  }
  std::vector<std::string> lists(unread.size());
  WIRECOPY_RETURN_IF_ERROR(Read(unread, lists));
  for (const std::string& list : lists) visit(list);
  return absl::OkStatus();
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
