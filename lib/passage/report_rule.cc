#include "passage/report_rule.h"

#include <algorithm>

namespace wirecopy {
namespace {

bool HasWords(const DescribedPassage& passage, int words) {
  return passage.tokens.thirds >= static_cast<uint32_t>(words) * kThirdsOfWord;
}

}  // namespace

bool ReportRule::IsEnough(const DescribedPassage& passage) const {
  const uint32_t letters = std::min(passage.a.letters, passage.b.letters);
  if (!HasWords(passage, options_.min_words) ||
      letters < static_cast<uint32_t>(options_.min_letters)) {
    return false;
  }
  return HasWords(passage, options_.fragment_words) ||
         (passage.a.IsWhole() && passage.b.IsWhole());
}

void ReportRule::Keep(std::vector<DescribedPassage>* passages) const {
  if (options_.every_run) return;
  std::erase_if(*passages, [this](const DescribedPassage& passage) {
    return !IsEnough(passage);
  });
  const bool stands_alone =
      std::none_of(passages->begin(), passages->end(),
                   [this](const DescribedPassage& passage) {
                     return HasWords(passage, options_.lone_words) ||
                            passage.tokens.rarity >= options_.lone_rarity;
                   });
  if (stands_alone) passages->clear();
}

}  // namespace wirecopy
