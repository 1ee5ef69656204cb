#include "passage/report_rule.h"

#include <algorithm>

namespace wirecopy {
namespace {

bool HasWords(const DescribedPassage& passage, int words) {
  return passage.tokens->thirds >= static_cast<uint32_t>(words) * kThirdsOfWord;
}

}  // namespace

bool ReportRule::IsEnough(const DescribedPassage& passage) const {
  const uint32_t letters = std::min(passage.a->letters, passage.b->letters);
  if (!HasWords(passage, options_.min_words) ||
      letters < static_cast<uint32_t>(options_.min_letters)) {
    return false;
  }
  return HasWords(passage, options_.fragment_words) ||
         (passage.a->IsWhole() && passage.b->IsWhole());
}

void ReportRule::Choose(std::span<const DescribedPassage> passages,
                        std::vector<bool>* keeps) const {
  keeps->assign(passages.size(), options_.every_run);
  if (options_.every_run) return;
  bool has_long = false;
  for (size_t i = 0; i < passages.size(); ++i) {
    (*keeps)[i] = IsEnough(passages[i]);
    has_long |=
        (*keeps)[i] && (HasWords(passages[i], options_.lone_words) ||
                        passages[i].tokens->rarity >= options_.lone_rarity);
  }
  if (!has_long) keeps->assign(passages.size(), false);
}

}  // namespace wirecopy
