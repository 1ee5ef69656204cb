#include "engine/text_sets.h"

#include <algorithm>

#include "base/parallel.h"

namespace wirecopy {

TextSets::TextSets(const DocumentSource& source, const MatchOptions& options,
                   std::span<const uint32_t> size_bounds)
    : options_(options), size_bounds_(size_bounds) {
  for (int i = 0; i < std::max(options.threads, 1); ++i) {
    workers_.push_back({source.NewReader(), Shingler(options.shingle)});
  }
}

void TextSets::Load(std::span<const uint32_t> documents,
                    std::vector<ShingleSet>* sets) {
  sets->assign(documents.size(), nullptr);
  ParallelFor(options_.threads, documents.size(), [&](int worker, size_t i) {
    Worker& own = workers_[static_cast<size_t>(worker)];
    const auto set = own.shingler.Set(own.reader->Text(documents[i]));
    (*sets)[i] =
        std::make_shared<const std::vector<uint64_t>>(set.begin(), set.end());
  });
  loaded_ += documents.size();
  announced_ = std::max(announced_, loaded_);
  if (options_.progress != nullptr) {
    options_.progress->Advance("comparing", loaded_, announced_);
  }
}

}  // namespace wirecopy
