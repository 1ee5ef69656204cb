#include "engine/pair_findings.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/parallel.h"
#include "passage/pair_ranges.h"
#include "provenance/crediting.h"

namespace wirecopy {
namespace {

// Pairs of documents that share a passage that is told, without evidence.
std::vector<PairFinding> ListPairs(std::span<const ReusedPassage> passages) {
  std::vector<PairFinding> pairs;
  for (size_t begin = 0; begin < passages.size();) {
    const size_t end = EndOfPair(passages, begin);
    const auto of_pair = passages.subspan(begin, end - begin);
    if (std::any_of(of_pair.begin(), of_pair.end(), IsTold)) {
      pairs.push_back({passages[begin].a, passages[begin].b, begin, end, {}});
    }
    begin = end;
  }
  return pairs;
}

template <typename Pair>
std::pair<uint32_t, uint32_t> Documents(const Pair& pair) {
  return {pair.a, pair.b};
}

// The first of what is sorted by pair that is not of an earlier one.
template <typename Items, typename Pair>
auto FirstOf(Items& items, const Pair& pair) {
  return std::partition_point(
      items.begin(), items.end(),
      [&pair](const auto& item) { return Documents(item) < Documents(pair); });
}

std::span<const ReusedPassage> PassagesOf(
    const PairFinding& finding, std::span<const ReusedPassage> passages) {
  return passages.subspan(finding.first_passage,
                          finding.last_passage - finding.first_passage);
}

// Whether texts say the same by these passages of a pair as by those.
bool TellTheSame(std::span<const ReusedPassage> passages,
                 std::span<const ReusedPassage> others) {
  return std::equal(
      passages.begin(), passages.end(), others.begin(), others.end(),
      [](const ReusedPassage& x, const ReusedPassage& y) {
        return x.a_span == y.a_span && x.b_span == y.b_span && x.kind == y.kind;
      });
}

ByteSpan BytesOf(const TextProfile& text, uint32_t begin, uint32_t end) {
  return {text.words[begin].begin, text.words[end - 1].end};
}

// Adds the runs in bytes. Words of profiles are the tokens that the aligner
// sees, but for texts of 4 GiB, which have no profile, and such as have changed
// since: they have no runs.
void AddInBytes(std::span<const TokenRun> runs, const TextProfile& a,
                const TextProfile& b, std::vector<EqualRun>* in_bytes) {
  if (runs.empty() || runs.back().a_end() > a.words.size() ||
      runs.back().b_end() > b.words.size()) {
    return;
  }
  for (const TokenRun& run : runs) {
    in_bytes->push_back(
        {BytesOf(a, run.a, run.a_end()), BytesOf(b, run.b, run.b_end())});
  }
}

}  // namespace

// Looks at one pair after another. Keeps its buffers.
class PairFindings::Reader {
 public:
  Reader(const PairFindings& findings, std::span<const PairPassage> found,
         const ReportedPassages& reported)
      : findings_(findings), found_(found), reported_(reported) {}

  PairEvidence Read(const PairFinding& pair) {
    all_.runs.clear();
    all_.ends.clear();
    AddRuns(pair, &all_);
    described_.clear();
    for (size_t i = 0; i < all_.ends.size(); ++i) {
      const size_t begin = i == 0 ? 0 : all_.ends[i - 1];
      const ReusedPassage& passage =
          reported_.result.passages[pair.first_passage + i];
      described_.push_back({{passage.a_span.begin, passage.a_span.end},
                            {passage.b_span.begin, passage.b_span.end},
                            passage.kind,
                            std::span<const EqualRun>(all_.runs).subspan(
                                begin, all_.ends[i] - begin)});
    }
    return findings_.finder_.Find(Profile(pair.a), Profile(pair.b), described_,
                                  findings_.options_.use_dates);
  }

  // Adds the runs of a pair's passages. Those that were reported are some of
  // those that were found, in the same order.
  void AddRuns(const PairFinding& pair, PassageRuns* runs) const {
    auto found = FirstOf(found_, pair);
    for (size_t i = pair.first_passage; i < pair.last_passage; ++i) {
      const PassagePlaces& places = reported_.places[i];
      while (found->tokens.a != places.a.tokens ||
             found->tokens.b != places.b.tokens) {
        ++found;
      }
      AddInBytes(findings_.runs_.Of(pair.a, pair.b, found->tokens),
                 Profile(pair.a).text, Profile(pair.b).text, &runs->runs);
      runs->ends.push_back(runs->runs.size());
      ++found;
    }
  }

 private:
  const DocumentProfile& Profile(uint32_t document) const {
    return *findings_.profiles_[document];
  }

  const PairFindings& findings_;
  std::span<const PairPassage> found_;
  const ReportedPassages& reported_;
  PassageRuns all_;
  std::vector<EvidencePassage> described_;
};

PairFindings::PairFindings(const TraceOptions& options,
                           const TracedTexts& texts, const PairRuns& runs)
    : options_(options),
      texts_(texts),
      runs_(runs),
      finder_(options.agencies),
      profiles_(texts.size()) {}

void PairFindings::AddProfiles() {
  ParallelFor(options_.passages.threads, profiles_.size(),
              [this](int /*worker*/, size_t d) {
                const auto document = static_cast<uint32_t>(d);
                if (!texts_.Has(document) || profiles_[d] != nullptr) return;
                profiles_[d] = std::make_unique<const DocumentProfile>(
                    finder_.Profile(texts_.Of(document)));
              });
}

namespace {

// A credit is for one source: what a text owes to the one that answers to the
// name best says nothing for others, who only have the same text. But those
// whose publishers it names may be several.
void KeepBestCredits(std::vector<PairFinding>* findings) {
  const auto debtor = [](const PairFinding& pair, const Evidence& piece) {
    return piece.weight > 0 ? pair.b : pair.a;
  };
  absl::flat_hash_map<uint32_t, double> best;  // by the document that credits
  for (const PairFinding& pair : *findings) {
    for (const Evidence& piece : pair.said.evidence) {
      if (piece.feature != "attribution") continue;
      double& weight = best[debtor(pair, piece)];
      weight = std::max(weight, std::abs(piece.weight));
    }
  }
  for (PairFinding& pair : *findings) {
    std::erase_if(pair.said.evidence, [&](const Evidence& piece) {
      return piece.feature == "attribution" &&
             std::abs(piece.weight) <
                 std::min(best.at(debtor(pair, piece)), kNamesPublisher);
    });
  }
}

}  // namespace

void PairFindings::Update(std::span<const PairPassage> found,
                          std::span<const ReusedPassage> before,
                          const ReportedPassages& reported) {
  constexpr size_t kPerTask = 64;
  const int threads = options_.passages.threads;
  const std::span<const ReusedPassage> passages = reported.result.passages;
  std::vector<PairFinding> known =
      std::exchange(findings_, ListPairs(passages));
  AddProfiles();
  std::vector<Reader> readers(static_cast<size_t>(threads),
                              Reader(*this, found, reported));
  const size_t tasks = (findings_.size() + kPerTask - 1) / kPerTask;
  ParallelFor(threads, tasks, [&](int worker, size_t task) {
    const size_t end = std::min(findings_.size(), (task + 1) * kPerTask);
    for (size_t i = task * kPerTask; i < end; ++i) {
      PairFinding& pair = findings_[i];
      const auto same = FirstOf(known, pair);
      if (same != known.end() && Documents(*same) == Documents(pair) &&
          TellTheSame(PassagesOf(*same, before), PassagesOf(pair, passages))) {
        pair.said = std::move(same->said);
      } else {
        pair.said = readers[static_cast<size_t>(worker)].Read(pair);
      }
    }
  });
  KeepBestCredits(&findings_);
}

PassageRuns PairFindings::Runs(std::span<const PairPassage> found,
                               const ReportedPassages& reported) const {
  const Reader reader(*this, found, reported);
  PassageRuns runs;
  for (const PairFinding& pair : findings_) {
    runs.ends.resize(pair.first_passage, runs.runs.size());
    reader.AddRuns(pair, &runs);
  }
  runs.ends.resize(reported.places.size(), runs.runs.size());
  return runs;
}

}  // namespace wirecopy
