#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passage/borders.h"
#include "passage/hits.h"
#include "passage/kinds.h"
#include "passage/report_rule.h"
#include "passage/token_aligner.h"
#include "passage/token_text.h"
#include "passage/winnow.h"
#include "wirecopy/passage.h"

namespace wirecopy {

namespace {

absl::Status CheckRange(const char* what, int value, int least, int most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      what, " of ", value, ": must be from ", least, " to ", most));
}

}  // namespace

absl::Status Validate(const PassageOptions& options) {
  constexpr int kMost = 1'000'000;
  absl::Status status =
      CheckRange("a shared run", options.min_run, PassageOptions::kLeastRun,
                 PassageOptions::kMostRun);
  status.Update(CheckRange("a passage's words", options.min_words, 1, kMost));
  status.Update(
      CheckRange("a passage's letters", options.min_letters, 0, kMost));
  status.Update(
      CheckRange("a fragment's words", options.fragment_words, 1, kMost));
  status.Update(
      CheckRange("a lone passage's words", options.lone_words, 1, kMost));
  status.Update(
      CheckRange("a gap", options.max_gap, 0, PassageOptions::kMostGap));
  return status;
}

struct PassageAligner::State {
  explicit State(const PassageOptions& options)
      : min_run(static_cast<uint32_t>(options.min_run)),
        winnower(options.min_run),
        aligner(options),
        rule(options),
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

  // Takes passages from tokens to characters, those that are to be reported.
  void Locate(std::span<const TokenPassage> found, const Side& of_a,
              const Side& of_b, bool is_self) {
    described.clear();
    for (const TokenPassage& tokens : found) {
      described.push_back({tokens, of_a.reader.Describe(tokens.a),
                           of_b.reader.Describe(tokens.b)});
    }
    rule.Choose(described, &keeps);
    size_t kept = 0;
    for (size_t i = 0; i < described.size(); ++i) {
      if (keeps[i]) described[kept++] = described[i];
    }
    described.resize(kept);
    if (is_self) {
      kinds.assign(described.size(), PassageKind::kSelf);
    } else {
      // Two texts alone do not tell what is boilerplate.
      facts.clear();
      for (const DescribedPassage& passage : described) {
        facts.push_back({FindThirdParty(passage), false});
      }
      ClassifyPair(facts, &kinds);
    }
    passages.clear();
    runs.clear();
    run_ends.clear();
    for (size_t p = 0; p < described.size(); ++p) {
      const TokenPassage& tokens = described[p].tokens;
      const auto spans = LocatePassage(described[p], kinds[p]);
      passages.push_back(
          {spans.first, spans.second, tokens.words, tokens.edits, kinds[p]});
      for (size_t i = tokens.first_run; i < tokens.last_run; ++i) {
        const TokenRun& run = aligner.runs()[i];
        runs.push_back({of_a.reader.tokens().Place({run.a, run.a_end()}),
                        of_b.reader.tokens().Place({run.b, run.b_end()})});
      }
      run_ends.push_back(runs.size());
    }
  }

  uint32_t min_run;
  Winnower winnower;
  HitFinder hit_finder;
  TokenAligner aligner;
  ReportRule rule;
  Side a;
  Side b;
  std::vector<DescribedPassage> described;
  std::vector<bool> keeps;
  std::vector<PassageFacts> facts;
  std::vector<PassageKind> kinds;
  std::vector<Passage> passages;
  std::vector<EqualRun> runs;
  std::vector<size_t> run_ends;  // by passage
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
  state.Locate(
      state.aligner.Align({state.a.codes(), state.b.codes(), false}, hits),
      state.a, state.b, /*is_self=*/false);
  return state.passages;
}

std::span<const Passage> PassageAligner::AlignSelf(std::string_view text) {
  State& state = *state_;
  state.Read(text, &state.a);
  const std::span<Hit> hits =
      state.hit_finder.FindSelf(state.a.fingerprints, state.min_run);
  state.Locate(
      state.aligner.Align({state.a.codes(), state.a.codes(), true}, hits),
      state.a, state.a, /*is_self=*/true);
  return state.passages;
}

std::span<const EqualRun> PassageAligner::Runs(size_t passage) const {
  const size_t begin = passage == 0 ? 0 : state_->run_ends[passage - 1];
  return {state_->runs.data() + begin, state_->run_ends[passage] - begin};
}

}  // namespace wirecopy
