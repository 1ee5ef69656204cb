#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "cluster/clustering.h"
#include "engine/spread_bands.h"
#include "wirecopy/spread.h"

namespace wirecopy {

struct StarReplay::State {
  State(const SpreadBands& chosen, double least, BandSketcher made)
      : bands(chosen), threshold(least), sketcher(std::move(made)) {}

  struct Kept {
    int64_t document = 0;
    std::vector<uint64_t> set;
    std::vector<uint64_t> packed;
    uint32_t asked = 0;  // the number of who was compared with it last
  };

  // Keys of different bands do not meet.
  static uint64_t KeyOf(size_t band, uint32_t key) {
    return uint64_t{band} << 32 | key;
  }

  void Begin(int64_t next) {
    group = next;
    kept.clear();
    under_key.clear();
    in_hubs.clear();
    asking = 0;
  }

  void Compare(uint32_t i, const SketchedDocument& sketched,
               std::optional<Fate>* best, uint32_t* best_kept);
  Fate Visit(int64_t document, bool in_hub, const SketchedDocument& sketched);
  void File(int64_t document, bool in_hub, const SketchedDocument& sketched);

  SpreadBands bands;
  double threshold;
  BandSketcher sketcher;
  std::optional<int64_t> group;
  std::vector<Kept> kept;  // in keep order
  absl::flat_hash_map<uint64_t, std::vector<uint32_t>> under_key;
  std::vector<uint32_t> in_hubs;
  uint32_t asking = 0;
  std::vector<uint64_t> set;  // of the document that asks
  std::vector<uint64_t> scratch;
};

// The more similar one is better; the earlier where both are equally so.
void StarReplay::State::Compare(uint32_t i, const SketchedDocument& sketched,
                                std::optional<Fate>* best,
                                uint32_t* best_kept) {
  Kept& other = kept[i];
  if (std::exchange(other.asked, asking) == asking) return;
  if (!bands.packing.DifferInAtMost(
          bands.most_different, sketched.packed.data(), other.packed.data())) {
    return;
  }
  const auto overlap = VerifyResemblance(set, other.set, threshold);
  if (!overlap) return;
  const double similarity = overlap->Jaccard();
  const bool is_better = !*best || similarity > (*best)->similarity ||
                         (similarity == (*best)->similarity && i < *best_kept);
  if (!is_better) return;
  *best = Fate{other.document, similarity};
  *best_kept = i;
}

StarReplay::Fate StarReplay::State::Visit(int64_t document, bool in_hub,
                                          const SketchedDocument& sketched) {
  ++asking;
  std::optional<Fate> best;
  uint32_t best_kept = 0;
  for (size_t band = 0; band < sketched.keys.size(); ++band) {
    const auto found = under_key.find(KeyOf(band, sketched.keys[band]));
    if (found == under_key.end()) continue;
    for (const uint32_t i : found->second) {
      Compare(i, sketched, &best, &best_kept);
    }
  }
  if (in_hub) {
    for (const uint32_t i : in_hubs) Compare(i, sketched, &best, &best_kept);
  }
  if (best) return *best;
  File(document, in_hub, sketched);
  return {document, 0};
}

void StarReplay::State::File(int64_t document, bool in_hub,
                             const SketchedDocument& sketched) {
  const auto number = static_cast<uint32_t>(kept.size());
  for (size_t band = 0; band < sketched.keys.size(); ++band) {
    under_key[KeyOf(band, sketched.keys[band])].push_back(number);
  }
  if (in_hub) in_hubs.push_back(number);
  kept.push_back({document,
                  set,
                  {sketched.packed.begin(), sketched.packed.end()},
                  asking});
}

StarReplay::StarReplay(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
StarReplay::~StarReplay() = default;
StarReplay::StarReplay(StarReplay&&) noexcept = default;

absl::StatusOr<StarReplay> StarReplay::Create(const MatchOptions& options) {
  WIRECOPY_ASSIGN_OR_RETURN(const SpreadBands bands,
                            SpreadBands::Choose(options));
  WIRECOPY_ASSIGN_OR_RETURN(BandSketcher sketcher,
                            BandSketcher::Create(options));
  return StarReplay(
      std::make_unique<State>(bands, options.threshold, std::move(sketcher)));
}

StarReplay::Fate StarReplay::Add(int64_t group, int64_t document, bool in_hub,
                                 std::string_view text) {
  State& state = *state_;
  if (state.group != group) state.Begin(group);
  const SketchedDocument sketched = state.sketcher.Sketch(text);
  state.set.assign(sketched.shingles.begin(), sketched.shingles.end());
  SortDistinct(&state.set, &state.scratch);
  return state.Visit(document, in_hub, sketched);
}

}  // namespace wirecopy
