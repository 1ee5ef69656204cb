#include "engine/text_sets.h"

#include <algorithm>
#include <utility>

namespace wirecopy {

TextSets::TextSets(const DocumentSource& source, const MatchOptions& options,
                   std::span<const uint32_t> size_bounds)
    : options_(options), size_bounds_(size_bounds) {
  for (int i = 0; i < std::max(options.threads, 1); ++i) {
    workers_.push_back({source.NewReader(), Shingler(options.shingle)});
  }
}

ShingleSet TextSets::Load(int worker, uint32_t document) {
  // Few enough calls that nobody waits for the listener.
  constexpr uint64_t kStep = 32;
  ShingleSet set = TakeEarlySet(document);
  if (set == nullptr) {
    Worker& own = workers_[static_cast<size_t>(worker)];
    set = NewShingleSet(own.shingler.Set(own.reader->Text(document)));
  }
  const uint64_t loaded = ++loaded_;
  if (options_.progress != nullptr && loaded % kStep == 0) {
    options_.progress->Advance("comparing", loaded,
                               std::max(announced_.load(), loaded));
  }
  return set;
}

void TextSets::GiveEarlySets(ShingleSetList early) {
  early_ = std::move(early);
  taken_ = std::vector<std::atomic<bool>>(early_.size());
}

// Null where there is none, or somebody has taken it.
ShingleSet TextSets::TakeEarlySet(uint32_t document) {
  const auto found = std::lower_bound(
      early_.begin(), early_.end(), document,
      [](const auto& entry, uint32_t d) { return entry.first < d; });
  if (found == early_.end() || found->first != document) return nullptr;
  std::atomic<bool>& is_taken =
      taken_[static_cast<size_t>(found - early_.begin())];
  if (is_taken.exchange(true, std::memory_order_relaxed)) return nullptr;
  return std::move(found->second);
}

}  // namespace wirecopy
