#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "cluster/union_find.h"
#include "engine/spread_bands.h"
#include "lsh/buckets.h"
#include "lsh/prefix_index.h"
#include "lsh/shingle_counts.h"
#include "wirecopy/spread.h"

namespace wirecopy {

struct BucketLinker::State {
  explicit State(const SpreadBands& chosen)
      : bands(chosen), words(bands.packing.slot_words()) {}

  // Links of a bucket that is whole and no hub.
  void LinkSmall(std::vector<BucketLink>* links) {
    UnionFind joined(documents.size());
    for (uint32_t i = 0; i < documents.size(); ++i) {
      for (uint32_t j = i + 1; j < documents.size(); ++j) {
        if (joined.Find(i) == joined.Find(j)) continue;
        if (!bands.packing.DifferInAtMost(bands.most_different,
                                          packed.data() + i * words,
                                          packed.data() + j * words)) {
          continue;
        }
        joined.Union(i, j);
        links->push_back({documents[i], documents[j], false});
      }
    }
  }

  void Begin(uint64_t next_key) {
    key = next_key;
    is_hub = false;
    documents.clear();
    packed.clear();
  }

  SpreadBands bands;
  size_t words;
  std::optional<uint64_t> key;  // of the bucket that is being filled
  bool is_hub = false;
  std::vector<int64_t> documents;  // its members; of a hub the first
  std::vector<uint64_t> packed;
};

BucketLinker::BucketLinker(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
BucketLinker::~BucketLinker() = default;
BucketLinker::BucketLinker(BucketLinker&&) noexcept = default;

absl::StatusOr<BucketLinker> BucketLinker::Create(const MatchOptions& options) {
  WIRECOPY_ASSIGN_OR_RETURN(const SpreadBands bands,
                            SpreadBands::Choose(options));
  return BucketLinker(std::make_unique<State>(bands));
}

size_t BucketLinker::packed_words() const { return state_->words; }

void BucketLinker::Add(uint64_t key, int64_t document,
                       std::span<const uint64_t> packed,
                       std::vector<BucketLink>* links) {
  State& state = *state_;
  if (state.key != key) {
    Finish(links);
    state.Begin(key);
  }
  std::vector<int64_t>& documents = state.documents;
  if (!state.is_hub && documents.size() < Buckets::kHubSize) {
    documents.push_back(document);
    state.packed.insert(state.packed.end(), packed.begin(), packed.end());
    return;
  }
  if (!state.is_hub) {
    state.is_hub = true;
    for (const int64_t member : documents) {
      links->push_back({documents.front(), member, true});
    }
  }
  links->push_back({documents.front(), document, true});
}

void BucketLinker::Finish(std::vector<BucketLink>* links) {
  if (!state_->is_hub) state_->LinkSmall(links);
  state_->documents.clear();
  state_->key.reset();
}

struct PrefixFinder::State {
  explicit State(const MatchOptions& options)
      : shingler(options.shingle),
        counts(kCounters),
        keys(counts, options.threshold) {}

  Shingler shingler;
  ShingleCounts counts;
  PrefixKeys keys;
  std::vector<uint64_t> prefix;
};

PrefixFinder::PrefixFinder(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
PrefixFinder::~PrefixFinder() = default;
PrefixFinder::PrefixFinder(PrefixFinder&&) noexcept = default;

absl::StatusOr<PrefixFinder> PrefixFinder::Create(const MatchOptions& options) {
  WIRECOPY_RETURN_IF_ERROR(SpreadBands::Choose(options).status());
  return PrefixFinder(std::make_unique<State>(options));
}

void PrefixFinder::Count(std::string_view text) {
  state_->counts.AddAlone(state_->shingler.Set(text));
}

uint32_t PrefixFinder::CounterAt(size_t place) const {
  return state_->counts.At(place);
}

void PrefixFinder::AddToCounter(size_t place, uint32_t count) {
  state_->counts.AddAt(place, count);
}

std::span<const uint64_t> PrefixFinder::Prefix(std::string_view text) {
  state_->prefix.clear();
  state_->keys.Append(0, state_->shingler.Set(text), &state_->prefix);
  return state_->prefix;
}

}  // namespace wirecopy
