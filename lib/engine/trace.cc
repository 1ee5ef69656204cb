#include "wirecopy/trace.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/begin_stage.h"
#include "engine/family_lineage.h"
#include "engine/keep_order.h"
#include "engine/pair_findings.h"
#include "engine/passage_pairs.h"
#include "engine/passage_report.h"
#include "engine/publisher_graph.h"
#include "engine/publisher_numbers.h"
#include "engine/reconcile.h"
#include "engine/token_store.h"
#include "engine/trace_edges.h"
#include "engine/trace_part.h"
#include "engine/traced_texts.h"

namespace wirecopy {
namespace {

// One trace, stage after stage.
class Tracer {
 public:
  Tracer(const TraceOptions& options, const CorpusFacts* corpus,
         const DocumentSource& source, const TokenStore& store)
      : options_(options),
        corpus_(corpus),
        source_(source),
        store_(store),
        texts_(store.size()) {
    options_.passages.offsets = OffsetUnit::kByte;
  }

  absl::StatusOr<TraceResult> Run();

 private:
  std::vector<uint32_t> Order() const;
  void Begin(std::string_view stage) const {
    BeginStage(options_.passages.progress, stage);
  }
  absl::Status Report(const PassagePairs& pairs, PairFindings* findings);
  void TraceLineages(const PassagePairs& pairs, const PairFindings& findings);
  TraceResult Take(std::span<const PairFinding> findings);

  TraceOptions options_;
  const CorpusFacts* const corpus_;  // null where the source is all of it
  const DocumentSource& source_;
  const TokenStore& store_;
  TracedTexts texts_;
  DocumentSizes sizes_;
  std::vector<uint32_t> rank_;  // by document
  std::vector<uint32_t> publishers_;
  ReportedPassages reported_;
  CorpusLineage lineage_;
};

// Without dates only ids tell which document's text counts as the first.
std::vector<uint32_t> Tracer::Order() const {
  if (options_.use_dates) return KeepOrder(KeepPolicy::kEarliest, source_, {});
  std::vector<uint32_t> order(source_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [this](uint32_t x, uint32_t y) {
    return source_.Id(x) < source_.Id(y);
  });
  return order;
}

absl::Status Tracer::Report(const PassagePairs& pairs, PairFindings* findings) {
  Begin("report");
  const ReportedPassages before = std::move(reported_);
  WIRECOPY_ASSIGN_OR_RETURN(
      reported_, ReportPassages(options_.passages, source_, sizes_, rank_,
                                publishers_, pairs.passages, pairs.stats));
  WIRECOPY_RETURN_IF_ERROR(texts_.Read(source_, reported_.result.passages,
                                       options_.use_dates,
                                       options_.passages.threads));
  findings->Update(pairs.passages, before.result.passages, reported_);
  return absl::OkStatus();
}

void Tracer::TraceLineages(const PassagePairs& pairs,
                           const PairFindings& findings) {
  Begin("lineage");
  const std::vector<PairHint> hints = HintsOfPairs(findings.findings());
  lineage_ = TraceFamilies({store_, texts_, reported_.result.passages,
                            reported_.places, pairs.furniture, hints, rank_},
                           options_.passages.threads);
}

absl::StatusOr<TraceResult> Tracer::Run() {
  Begin("seed");
  const std::vector<uint32_t> order = Order();
  publishers_ = NumberPublishers(source_);
  rank_.resize(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
  PassagePairFinder finder(options_.passages, store_, order, publishers_,
                           /*keeps_runs=*/true, corpus_);
  PairFindings findings(options_, texts_, finder.runs());
  PassagePairs pairs = finder.Find();
  sizes_ = SizesOf(store_, pairs.furniture);
  WIRECOPY_RETURN_IF_ERROR(Report(pairs, &findings));
  TraceLineages(pairs, findings);
  // A parent may be a document that the copy was not compared with, for
  // another one had its text first.
  const auto missing = PairsToAlign(lineage_, reported_.result.passages);
  if (!missing.empty()) {
    Begin("align");
    finder.Add(missing, &pairs);
    WIRECOPY_RETURN_IF_ERROR(Report(pairs, &findings));
  }
  PassageRuns runs;
  if (options_.keeps_runs) runs = findings.Runs(pairs.passages, reported_);
  TraceResult result = Take(findings.findings());
  result.runs = std::move(runs.runs);
  result.run_ends = std::move(runs.ends);
  return result;
}

TraceResult Tracer::Take(std::span<const PairFinding> findings) {
  Begin("verdicts");
  TraceResult result;
  const std::span<const ReusedPassage> passages = reported_.result.passages;
  const EdgeCorpus corpus{source_, texts_, sizes_, reported_, lineage_, rank_};
  // Edges hear of the lineage, and the lineage of them, until they agree. A
  // family that does is not changed by further rounds, adopting or not, so that
  // it does not matter which others are still at it (TracePart).
  constexpr int kMostRounds = 16;
  constexpr int kAdoptingRounds = 2;
  result.edges = MakeEdges(corpus, findings);
  for (int round = 0; round < kMostRounds; ++round) {
    if (!Reconcile(result.edges, reported_, texts_, rank_,
                   round < kAdoptingRounds, &lineage_)) {
      break;
    }
    result.edges = MakeEdges(corpus, findings);
  }
  result.passage_sources.resize(passages.size());
  result.passage_confidences.resize(passages.size(), 0.5);
  for (const TraceEdge& edge : result.edges) {
    for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
      if (!IsTold(passages[i])) continue;
      result.passage_sources[i] = edge.source;
      result.passage_confidences[i] = edge.confidence;
    }
  }
  result.publishers = MakePublisherGraph(source_, texts_, lineage_.records(),
                                         options_.keeps_delays);
  result.passages = std::move(reported_.result);
  result.words.assign(sizes_.all.begin(), sizes_.all.end());
  result.families = lineage_.families();
  result.lineage = std::move(lineage_.records());
  return result;
}

// Whether a corpus has at least what its part has.
absl::Status CheckPart(const CorpusFacts& corpus,
                       const DocumentSource& source) {
  if (corpus.publisher_documents.size() != source.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "publishers of ", corpus.publisher_documents.size(),
        " documents: must be of all ", source.size(), " of the part"));
  }
  const std::vector<uint32_t> publishers = NumberPublishers(source);
  const PublisherCounts here = CountPublishers(publishers);
  const PublisherCounts all = CountsOf(corpus, publishers);
  for (uint32_t d = 0; d < publishers.size(); ++d) {
    const uint32_t publisher = publishers[d];
    if (publisher == 0 || (here.of[publisher] <= all.of[publisher] &&
                           all.of[publisher] <= corpus.documents)) {
      continue;
    }
    return absl::InvalidArgumentError(absl::StrCat(
        std::string(source.Publisher(d)), ": has ", here.of[publisher],
        " documents in this part, ", all.of[publisher], " in the corpus of ",
        corpus.documents));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Validate(const TraceOptions& options) {
  for (const auto& names : options.agencies) {
    if (!names.empty() && !names.front().empty()) continue;
    return absl::InvalidArgumentError("an agency without a name");
  }
  return Validate(options.passages);
}

absl::StatusOr<TraceResult> TracePart(const TraceOptions& options,
                                      const CorpusFacts* corpus,
                                      DocumentSource* source) {
  WIRECOPY_ASSIGN_OR_RETURN(const TokenStore store,
                            TokenStore::Scan(options.passages.passage,
                                             options.passages.threads, source));
  if (corpus != nullptr) {
    WIRECOPY_RETURN_IF_ERROR(CheckPart(*corpus, *source));
  }
  return Tracer(options, corpus, *source, store).Run();
}

absl::StatusOr<TraceResult> Trace(const TraceOptions& options,
                                  DocumentSource* source) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  return TracePart(options, nullptr, source);
}

}  // namespace wirecopy
