#include "engine/text_sets.h"

#include <algorithm>

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
  Worker& own = workers_[static_cast<size_t>(worker)];
  const auto set = own.shingler.Set(own.reader->Text(document));
  const uint64_t loaded = ++loaded_;
  if (options_.progress != nullptr && loaded % kStep == 0) {
    options_.progress->Advance("comparing", loaded,
                               std::max(announced_.load(), loaded));
  }
  return std::make_shared<const std::vector<uint64_t>>(set.begin(), set.end());
}

}  // namespace wirecopy
