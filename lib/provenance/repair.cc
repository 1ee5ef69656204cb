#include "provenance/repair.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr size_t kLeastLength = 5;
constexpr size_t kLongestWord = 60;
constexpr size_t kMostEdits = 2;

// The word that stands alone between two places, if one does.
std::optional<ProfileWord> OnlyWordIn(const TextProfile& text, size_t begin,
                                      size_t end) {
  if (begin >= end) return std::nullopt;
  const auto word = std::lower_bound(
      text.words.begin(), text.words.end(), begin,
      [](const ProfileWord& x, size_t place) { return x.begin < place; });
  if (word == text.words.end() || word->end > end) return std::nullopt;
  const auto next = word + 1;
  if (next != text.words.end() && next->begin < end) return std::nullopt;
  return *word;
}

size_t Occurrences(const TextProfile& text, TokenCode code) {
  const auto [first, last] = std::equal_range(text.sorted_codes.begin(),
                                              text.sorted_codes.end(), code);
  return static_cast<size_t>(last - first);
}

std::string_view Written(const TextProfile& text, const ProfileWord& word) {
  return text.text.substr(word.begin, word.end - word.begin);
}

}  // namespace

bool IsNear(std::string_view x, std::string_view y, size_t most) {
  if (x.size() > y.size()) std::swap(x, y);
  if (y.size() - x.size() > most) return false;
  if (x.empty()) return true;
  if (y.empty() || most == 0) return x == y;
  size_t same = 0;
  while (same < x.size() && x[same] == y[same]) ++same;
  x.remove_prefix(same);
  y.remove_prefix(same);
  if (x.empty()) return true;
  return IsNear(x.substr(1), y.substr(1), most - 1) ||
         IsNear(x, y.substr(1), most - 1) || IsNear(x.substr(1), y, most - 1);
}

Misprints FindMisprints(const TextProfile& a, const TextProfile& b,
                        std::span<const EvidencePassage> passages) {
  Misprints found;
  for (const EvidencePassage& passage : passages) {
    if (passage.kind == PassageKind::kSelf) continue;
    for (size_t i = 0; i + 1 < passage.runs.size(); ++i) {
      const EqualRun& before = passage.runs[i];
      const EqualRun& behind = passage.runs[i + 1];
      const auto x = OnlyWordIn(a, before.a.end, behind.a.begin);
      const auto y = OnlyWordIn(b, before.b.end, behind.b.begin);
      if (!x || !y) continue;
      const std::string_view in_a = Written(a, *x);
      const std::string_view in_b = Written(b, *y);
      if (std::min(in_a.size(), in_b.size()) < kLeastLength ||
          std::max(in_a.size(), in_b.size()) > kLongestWord ||
          x->code == y->code || !IsNear(in_a, in_b, kMostEdits)) {
        continue;
      }
      const bool a_is_known =
          Occurrences(a, x->code) + Occurrences(b, x->code) > 1;
      const bool b_is_known =
          Occurrences(a, y->code) + Occurrences(b, y->code) > 1;
      if (a_is_known == b_is_known) continue;
      if (found.in_a + found.in_b == 0) {
        found.wrong = a_is_known ? in_b : in_a;
        found.right = a_is_known ? in_a : in_b;
      }
      ++(a_is_known ? found.in_b : found.in_a);
    }
  }
  return found;
}

}  // namespace wirecopy
