// Random shingle sets, and pairs of them with a chosen resemblance.

#ifndef WIRECOPY_TESTS_SUPPORT_RANDOM_SETS_H_
#define WIRECOPY_TESTS_SUPPORT_RANDOM_SETS_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace wirecopy::oracle {

using HashVector = std::vector<uint64_t>;

// Not sorted.
struct SetPair {
  HashVector a;
  HashVector b;
  double resemblance = 0;
  double containment = 0;  // of a in b
};

class SetSource {
 public:
  explicit SetSource(uint64_t seed) : random_(seed) {}

  uint64_t Next() { return random_(); }
  uint64_t Below(uint64_t limit) { return random_() % limit; }

  HashVector Hashes(size_t count) {
    HashVector hashes(count);
    for (uint64_t& hash : hashes) hash = random_();
    return hashes;
  }

  // A set of that many of the numbers below `limit`, times `step`.
  HashVector Subset(size_t count, uint64_t limit, uint64_t step) {
    HashVector all(limit);
    for (uint64_t i = 0; i < limit; ++i) all[i] = i * step;
    std::shuffle(all.begin(), all.end(), random_);
    all.resize(std::min<size_t>(count, limit));
    std::sort(all.begin(), all.end());
    return all;
  }

  // Sets of which the union has `union_size` shingles and the resemblance is
  // as near to the wanted one as it can be; `share_of_a` of what they do not
  // share is a's.
  SetPair Pair(size_t union_size, double resemblance, double share_of_a = 0.5) {
    const auto size = static_cast<double>(union_size);
    const auto shared = static_cast<size_t>(std::lround(resemblance * size));
    const auto only_a = static_cast<size_t>(
        std::lround(share_of_a * static_cast<double>(union_size - shared)));
    SetPair pair;
    pair.a = Hashes(shared + only_a);
    pair.b.assign(pair.a.begin(),
                  pair.a.begin() + static_cast<std::ptrdiff_t>(shared));
    for (size_t i = shared + only_a; i < union_size; ++i) {
      pair.b.push_back(Next());
    }
    pair.resemblance = static_cast<double>(shared) / size;
    if (!pair.a.empty()) {
      pair.containment =
          static_cast<double>(shared) / static_cast<double>(pair.a.size());
    }
    return pair;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_RANDOM_SETS_H_
