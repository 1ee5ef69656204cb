// Makes shingle sets from the texts of a source, with several threads; some
// have been kept since the texts were scanned.

#ifndef WIRECOPY_ENGINE_TEXT_SETS_H_
#define WIRECOPY_ENGINE_TEXT_SETS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cluster/shingle_sets.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

class TextSets : public SetLoader {
 public:
  // `size_bounds` are the numbers of shingles, repeats included, a document.
  // All must outlive this.
  TextSets(const DocumentSource& source, const MatchOptions& options,
           std::span<const uint32_t> size_bounds);

  int workers() const override { return static_cast<int>(workers_.size()); }
  void Announce(size_t documents) override { announced_ += documents; }
  ShingleSet Load(int worker, uint32_t document) override;

  size_t SizeBound(uint32_t document) const override {
    return size_bounds_[document];
  }

  // Load gives each of these away, once, instead of making it. Not while
  // anybody loads.
  void GiveEarlySets(ShingleSetList early);

 private:
  struct Worker {
    std::unique_ptr<TextReader> reader;
    Shingler shingler;
  };

  ShingleSet TakeEarlySet(uint32_t document);

  const MatchOptions& options_;
  std::span<const uint32_t> size_bounds_;
  std::vector<Worker> workers_;
  ShingleSetList early_;
  std::vector<std::atomic<bool>> taken_;  // as early_
  std::atomic<uint64_t> announced_{0};
  std::atomic<uint64_t> loaded_{0};
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TEXT_SETS_H_
