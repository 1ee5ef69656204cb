#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "engine/spread_bands.h"
#include "sketch/sketch_kernels.h"
#include "wirecopy/spread.h"
#include "wirecopy/text.h"

namespace wirecopy {

struct BandSketcher::State {
  State(const SpreadBands& chosen, const ShingleOptions& shingle)
      : bands(chosen), shingler(shingle), packed(bands.packing.words()) {
    const auto count = static_cast<size_t>(bands.banding.bands);
    keys.resize(count);
    readers.reserve(count);
    for (size_t band = 0; band < count; ++band) {
      readers.emplace_back(bands.packing, band);
    }
  }

  SpreadBands bands;
  Shingler shingler;
  std::vector<BandKeyReader> readers;
  std::vector<uint64_t> packed;
  std::vector<uint32_t> keys;
};

BandSketcher::BandSketcher(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
BandSketcher::~BandSketcher() = default;
BandSketcher::BandSketcher(BandSketcher&&) noexcept = default;

absl::StatusOr<BandSketcher> BandSketcher::Create(const MatchOptions& options) {
  WIRECOPY_ASSIGN_OR_RETURN(const SpreadBands bands,
                            SpreadBands::Choose(options));
  return BandSketcher(std::make_unique<State>(bands, options.shingle));
}

const Banding& BandSketcher::banding() const { return state_->bands.banding; }

size_t BandSketcher::packed_words() const {
  return state_->bands.packing.slot_words();
}

SketchedDocument BandSketcher::Sketch(std::string_view text) {
  const SlotPacking& packing = state_->bands.packing;
  const auto hashes = state_->shingler.Hashes(text);
  uint64_t slots[SignatureParameters::kMaxSlots];
  ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots,
                                   static_cast<uint32_t>(packing.slots()));
  packing.Pack({slots, packing.slots()}, state_->packed.data());
  for (size_t band = 0; band < state_->keys.size(); ++band) {
    state_->keys[band] = state_->readers[band].Key(state_->packed.data());
  }
  return {
      CountCodePoints(text), hashes, state_->keys,
      std::span<const uint64_t>(state_->packed).first(packing.slot_words())};
}

}  // namespace wirecopy
