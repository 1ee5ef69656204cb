#include "provenance/shortlist.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "provenance/variant_sites.h"

namespace wirecopy {
namespace {

constexpr size_t kRare = 256;  // texts that have it, at most
constexpr size_t kNearest = 16;
constexpr size_t kHubs = 12;
constexpr int64_t kEdit = 4;  // common pairs of words that an edit outweighs

class Shortlist {
 public:
  explicit Shortlist(TextSpans texts)
      : rare_(texts.size()), common_(texts.size()), shared_(texts.size()) {
    Index(texts);
  }

  std::vector<std::pair<uint32_t, uint32_t>> Run() {
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    const std::vector<uint32_t> hubs = Hubs();
    for (uint32_t text = 0; text < rare_.size(); ++text) {
      for (const uint32_t other : Nearest(text)) Add(text, other, &pairs);
      for (const uint32_t hub : hubs) Add(text, hub, &pairs);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
  }

 private:
  static void Add(uint32_t a, uint32_t b,
                  std::vector<std::pair<uint32_t, uint32_t>>* pairs) {
    if (a != b) pairs->emplace_back(std::min(a, b), std::max(a, b));
  }

  void Index(TextSpans texts) {
    absl::flat_hash_map<uint64_t, uint32_t> places;
    std::vector<size_t> counts;
    std::vector<BigramSet> sets;
    sets.reserve(texts.size());
    for (const auto text : texts) {
      sets.emplace_back(text);
      for (const uint64_t bigram : sets.back().bigrams()) {
        const auto place = static_cast<uint32_t>(counts.size());
        const auto [at, is_new] = places.try_emplace(bigram, place);
        if (is_new) counts.push_back(0);
        ++counts[at->second];
      }
    }
    texts_.resize(counts.size());
    for (uint32_t text = 0; text < sets.size(); ++text) {
      for (const uint64_t bigram : sets[text].bigrams()) {
        const uint32_t place = places.find(bigram)->second;
        if (counts[place] > kRare) {
          ++common_[text];
        } else {
          texts_[place].push_back(text);
          rare_[text].push_back(place);
        }
      }
    }
  }

  static std::vector<uint32_t> Best(
      size_t most, std::vector<std::pair<int64_t, uint32_t>> scored) {
    for (auto& [score, text] : scored) score = -score;
    most = std::min(most, scored.size());
    std::partial_sort(scored.begin(),
                      scored.begin() + static_cast<ptrdiff_t>(most),
                      scored.end());
    std::vector<uint32_t> best(most);
    for (size_t i = 0; i < most; ++i) best[i] = scored[i].second;
    return best;
  }

  std::vector<uint32_t> Hubs() const {
    std::vector<std::pair<int64_t, uint32_t>> scored(rare_.size());
    for (uint32_t text = 0; text < rare_.size(); ++text) {
      scored[text] = {
          common_[text] - kEdit * static_cast<int64_t>(rare_[text].size()),
          text};
    }
    return Best(kHubs, std::move(scored));
  }

  // By what they share, less half of what they have besides.
  std::vector<uint32_t> Nearest(uint32_t text) {
    std::vector<std::pair<int64_t, uint32_t>> scored;
    for (const uint32_t place : rare_[text]) {
      for (const uint32_t other : texts_[place]) {
        if (other != text && shared_[other]++ == 0) {
          scored.emplace_back(0, other);
        }
      }
    }
    for (auto& [score, other] : scored) {
      const auto has = static_cast<int64_t>(rare_[other].size());
      score = 3 * shared_[other] - has;
      shared_[other] = 0;
    }
    return Best(kNearest, std::move(scored));
  }

  std::vector<std::vector<uint32_t>> rare_;   // places in texts_, by text
  std::vector<std::vector<uint32_t>> texts_;  // by rare pair of words
  std::vector<int64_t> common_;               // pairs of words, by text
  std::vector<int64_t> shared_;               // scratch, by text
};

}  // namespace

std::vector<std::pair<uint32_t, uint32_t>> ShortlistPairs(TextSpans texts) {
  return Shortlist(texts).Run();
}

}  // namespace wirecopy
