// Shingle sets, keys and twins made up by a test.

#ifndef WIRECOPY_TESTS_SUPPORT_FAKE_SETS_H_
#define WIRECOPY_TESTS_SUPPORT_FAKE_SETS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "cluster/clustering.h"
#include "cluster/shingle_sets.h"
#include "lsh/candidate_keys.h"

namespace wirecopy::oracle {

using Sets = std::vector<std::vector<uint64_t>>;

// Loads what it was given, and remembers what it was asked for.
class FakeLoader : public SetLoader {
 public:
  explicit FakeLoader(Sets sets) : sets_(std::move(sets)) {}

  int workers() const override { return worker_count; }
  void Announce(size_t documents) override { announced += documents; }
  ShingleSet Load(int worker, uint32_t document) override {
    EXPECT_LT(worker, worker_count);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      loaded.push_back(document);
    }
    return std::make_shared<const std::vector<uint64_t>>(sets_[document]);
  }
  size_t SizeBound(uint32_t document) const override {
    return size_bound > 0 ? size_bound : sets_[document].size();
  }

  size_t LoadedCount() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return loaded.size();
  }

  std::atomic<size_t> announced = 0;  // by several threads
  std::vector<uint32_t> loaded;
  size_t size_bound = 0;  // where set, of all
  int worker_count = 1;

 private:
  Sets sets_;
  std::mutex mutex_;
};

// Keys as the test has them.
class FakeKeys : public CandidateKeys {
 public:
  explicit FakeKeys(Sets keys) : keys_(std::move(keys)) {}

  std::unique_ptr<CandidateKeys> Another() const override {
    return std::make_unique<FakeKeys>(*this);
  }
  bool MayMatch(uint32_t document) const override {
    return !keys_[document].empty();
  }
  bool MayPair(uint32_t a, uint32_t b) override {
    return !barred.contains({std::min(a, b), std::max(a, b)});
  }
  void Append(uint32_t document, std::span<const uint64_t> /*set*/,
              std::vector<uint64_t>* keys) override {
    keys->insert(keys->end(), keys_[document].begin(), keys_[document].end());
  }

  // Whether two documents have a key in common and may pair.
  bool Meet(uint32_t a, uint32_t b) {
    return MayPair(a, b) &&
           std::any_of(keys_[a].begin(), keys_[a].end(), [&](uint64_t key) {
             return std::count(keys_[b].begin(), keys_[b].end(), key) > 0;
           });
  }

  std::set<std::pair<uint32_t, uint32_t>> barred;

 private:
  Sets keys_;
};

// All that a ClusterTask refers to. The order is that of the numbers, and
// there are no twins, until told otherwise.
class FakeTask {
 public:
  FakeTask(const Sets& sets, double threshold, size_t cache_bytes = 1 << 20)
      : order(sets.size()),
        twin_of(sets.size()),
        loader(sets),
        threshold_(threshold),
        cache_(&loader, cache_bytes) {
    std::iota(order.begin(), order.end(), 0U);
    std::iota(twin_of.begin(), twin_of.end(), 0U);
  }

  // Valid while this is and nothing changes.
  ClusterTask Task() {
    rank_.resize(order.size());
    for (uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
    return {order, rank_, twin_of, threshold_, &cache_};
  }

  std::vector<uint32_t> order;
  std::vector<uint32_t> twin_of;
  FakeLoader loader;

 private:
  double threshold_;
  SetCache cache_;
  std::vector<uint32_t> rank_;
};

// Sets of up to `most` numbers below `universe`.
inline Sets RandomSets(size_t count, size_t most, uint64_t universe,
                       std::mt19937_64* random) {
  Sets sets(count);
  for (auto& set : sets) {
    std::set<uint64_t> drawn;
    for (size_t i = (*random)() % (most + 1); i > 0; --i) {
      drawn.insert((*random)() % universe);
    }
    set.assign(drawn.begin(), drawn.end());
  }
  return sets;
}

inline double SlowJaccard(const std::vector<uint64_t>& a,
                          const std::vector<uint64_t>& b) {
  std::set<uint64_t> all(a.begin(), a.end());
  all.insert(b.begin(), b.end());
  const size_t shared = a.size() + b.size() - all.size();
  if (shared == 0) return 0;
  return static_cast<double>(shared) / static_cast<double>(all.size());
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_FAKE_SETS_H_
