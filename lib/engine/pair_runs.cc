#include "engine/pair_runs.h"

#include <algorithm>

namespace wirecopy {

void PairRuns::Add(uint32_t a, uint32_t b, std::span<const TokenRun> runs,
                   TokenPassage* passage) {
  std::vector<TokenRun>& kept = of_document_[Later(a, b)];
  passage->first_run = static_cast<uint32_t>(kept.size());
  auto run = std::partition_point(runs.begin(), runs.end(),
                                  [passage](const TokenRun& each) {
                                    return each.a_end() <= passage->a.begin;
                                  });
  for (; run != runs.end() && run->a < passage->a.end; ++run) {
    const uint32_t begin = std::max(run->a, passage->a.begin);
    const uint32_t end = std::min(run->a_end(), passage->a.end);
    kept.push_back({begin, run->b + (begin - run->a), end - begin});
  }
  passage->last_run = static_cast<uint32_t>(kept.size());
}

std::span<const TokenRun> PairRuns::Of(uint32_t a, uint32_t b,
                                       const TokenPassage& passage) const {
  return std::span(of_document_[Later(a, b)])
      .subspan(passage.first_run, passage.last_run - passage.first_run);
}

}  // namespace wirecopy
