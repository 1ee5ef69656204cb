#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passage/borders.h"
#include "passage/hits.h"
#include "passage/pair_report.h"
#include "passage/token_aligner.h"
#include "passage/token_text.h"
#include "passage/winnow.h"
#include "wirecopy/passage.h"

namespace wirecopy {

namespace {

absl::Status CheckRange(const char* what, int value, int least, int most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      what, " is ", value, ": must be from ", least, " to ", most));
}

}  // namespace

absl::Status Validate(const PassageOptions& options) {
  constexpr int kMost = 1'000'000;
  absl::Status status =
      CheckRange("min_run", options.min_run, PassageOptions::kLeastRun,
                 PassageOptions::kMostRun);
  status.Update(CheckRange("min_words", options.min_words, 1, kMost));
  status.Update(CheckRange("min_letters", options.min_letters, 0, kMost));
  status.Update(CheckRange("fragment_words", options.fragment_words, 1, kMost));
  status.Update(CheckRange("lone_words", options.lone_words, 1, kMost));
  status.Update(
      CheckRange("max_gap", options.max_gap, 0, PassageOptions::kMostGap));
  if (!(options.lone_rarity >= 0)) {  // nor NaN, which nothing compares with
    status.Update(absl::InvalidArgumentError(absl::StrCat(
        "lone_rarity is ", options.lone_rarity, ": must be 0 or more")));
  }
  return status;
}

struct PassageAligner::State {
  explicit State(const PassageOptions& options)
      : min_run(static_cast<uint32_t>(options.min_run)),
        winnower(options.min_run),
        aligner(options),
        report(options),
        a(options.seed),
        b(options.seed) {}

  struct Side {
    explicit Side(uint64_t seed) : reader(seed) {}

    SideReader reader;
    std::vector<Fingerprint> fingerprints;

    std::span<const TokenCode> codes() const { return reader.tokens().codes(); }
  };

  void Read(std::string_view text, Side* side) {
    side->reader.Read(text);
    winnower.Select(side->reader.tokens().hashes(), &side->fingerprints);
  }

  uint32_t min_run;
  Winnower winnower;
  HitFinder hit_finder;
  TokenAligner aligner;
  PairReport report;
  Side a;
  Side b;
};

PassageAligner::PassageAligner(const PassageOptions& options)
    : state_(std::make_unique<State>(options)) {}
PassageAligner::~PassageAligner() = default;
PassageAligner::PassageAligner(PassageAligner&&) noexcept = default;
PassageAligner& PassageAligner::operator=(PassageAligner&&) noexcept = default;

std::span<const Passage> PassageAligner::Align(std::string_view a,
                                               std::string_view b) {
  State& state = *state_;
  state.Read(a, &state.a);
  state.Read(b, &state.b);
  const std::span<Hit> hits =
      state.hit_finder.Find(state.a.fingerprints, state.b.fingerprints);
  const auto found =
      state.aligner.Align({state.a.codes(), state.b.codes(), false}, hits);
  state.report.Make(found, state.aligner, state.a.reader, state.b.reader);
  return state.report.passages();
}

std::span<const Passage> PassageAligner::AlignSelf(std::string_view text) {
  State& state = *state_;
  state.Read(text, &state.a);
  const std::span<Hit> hits =
      state.hit_finder.FindSelf(state.a.fingerprints, state.min_run);
  const auto found =
      state.aligner.Align({state.a.codes(), state.a.codes(), true}, hits);
  state.report.Make(found, state.aligner, state.a.reader, state.a.reader);
  return state.report.passages();
}

std::span<const EqualRun> PassageAligner::Runs(size_t passage) const {
  return state_->report.Runs(passage);
}

}  // namespace wirecopy
