#include "wirecopy/spread_trace.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/corpus_facts.h"
#include "engine/trace_part.h"
#include "passage/rarity.h"
#include "passage/token_text.h"
#include "passage/winnow.h"

namespace wirecopy {

struct FingerprintReader::State {
  explicit State(const PassageOptions& options)
      : seed(options.seed), winnower(options.min_run) {}

  uint64_t seed;
  TokenText text;
  Winnower winnower;
  std::vector<Fingerprint> fingerprints;
  std::vector<uint64_t> hashes;
};

FingerprintReader::FingerprintReader(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
FingerprintReader::~FingerprintReader() = default;
FingerprintReader::FingerprintReader(FingerprintReader&&) noexcept = default;

absl::StatusOr<FingerprintReader> FingerprintReader::Create(
    const PassageOptions& options) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  return FingerprintReader(std::make_unique<State>(options));
}

FingerprintedDocument FingerprintReader::Read(std::string_view text) {
  State& own = *state_;
  own.text.Read(text, own.seed);
  own.winnower.Select(own.text.hashes(), &own.fingerprints);
  own.hashes.clear();
  for (const Fingerprint& print : own.fingerprints) {
    own.hashes.push_back(print.hash);
  }
  std::sort(own.hashes.begin(), own.hashes.end());
  own.hashes.erase(std::unique(own.hashes.begin(), own.hashes.end()),
                   own.hashes.end());
  return {own.text.codes().size(), own.hashes};
}

struct TokenCounter::State {
  State(uint64_t seed_of_hashes, uint64_t tokens)
      : seed(seed_of_hashes), rarity(tokens) {}

  uint64_t seed;
  TokenText text;
  Rarity rarity;
};

TokenCounter::TokenCounter(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
TokenCounter::~TokenCounter() = default;
TokenCounter::TokenCounter(TokenCounter&&) noexcept = default;

absl::StatusOr<TokenCounter> TokenCounter::Create(const PassageOptions& options,
                                                  uint64_t tokens) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  return TokenCounter(std::make_unique<State>(options.seed, tokens));
}

size_t TokenCounter::SlotsFor(uint64_t tokens) {
  return Rarity::SlotsFor(tokens);
}

void TokenCounter::Count(std::string_view text) {
  state_->text.Read(text, state_->seed);
  state_->rarity.Add(state_->text.codes());
}

uint32_t TokenCounter::At(size_t slot) const {
  return state_->rarity.DocumentsWith(slot);
}

struct PartTracer::State {
  TraceOptions options;
  uint64_t documents;
  Rarity rarity;
};

PartTracer::PartTracer(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
PartTracer::~PartTracer() = default;
PartTracer::PartTracer(PartTracer&&) noexcept = default;

absl::StatusOr<PartTracer> PartTracer::Create(
    const TraceOptions& options, uint64_t documents,
    std::span<const uint32_t> documents_with) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  if (options.passages.all_pairs && options.passages.most_documents == 0) {
    return absl::InvalidArgumentError(
        "all pairs of a part of a corpus: most_documents must be given");
  }
  if (documents > std::numeric_limits<uint32_t>::max()) {
    return absl::InvalidArgumentError(
        absl::StrCat(documents, " documents: must be less than 2^32"));
  }
  const size_t slots = documents_with.size();
  if (slots == 0 || slots != TokenCounter::SlotsFor(slots)) {
    return absl::InvalidArgumentError(
        absl::StrCat(slots, " counts: a TokenCounter has others"));
  }
  return PartTracer(std::make_unique<State>(
      State{options, documents,
            Rarity(static_cast<uint32_t>(documents), documents_with)}));
}

absl::StatusOr<TraceResult> PartTracer::Trace(
    std::span<const uint32_t> publisher_documents,
    std::span<const FingerprintVerdict> verdicts, DocumentSource* source) {
  if (state_->options.passages.all_pairs && !verdicts.empty()) {
    return absl::InvalidArgumentError(
        "all pairs: a fingerprint that brings nobody together is of no "
        "meaning");
  }
  CorpusFacts corpus{
      state_->rarity, state_->documents, publisher_documents, {}};
  corpus.verdicts.reserve(verdicts.size());
  for (const FingerprintVerdict& verdict : verdicts) {
    corpus.verdicts[verdict.fingerprint] = verdict.is_furniture;
  }
  return TracePart(state_->options, &corpus, source);
}

}  // namespace wirecopy
