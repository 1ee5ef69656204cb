// De-duplication and the similarity report.

#include <nanobind/stl/string.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "arrays.h"
#include "bindings.h"
#include "options.h"
#include "wirecopy/dedup.h"
#include "wirecopy/names.h"
#include "wirecopy/pairs.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

void NewMatchOptions(MatchOptions* self, double threshold,
                     const std::string& measure, bool exact, double recall,
                     const ShingleOptions& shingle, int threads,
                     size_t cache_bytes) {
  static constexpr std::pair<const char*, Measure> kMeasures[] = {
      {"jaccard", Measure::kJaccard}, {"containment", Measure::kContainment}};
  new (self) MatchOptions();
  self->threshold = threshold;
  self->measure = Named("measure", measure, kMeasures);
  self->exact = exact;
  self->recall = recall;
  self->shingle = shingle;
  self->threads = threads;
  self->cache_bytes = cache_bytes;
  Check(Validate(*self));
}

nb::dict StatsOf(const MatchStats& stats) {
  nb::dict found;
  found["candidates"] = stats.candidates;
  found["verified_pairs"] = stats.verified_pairs;
  found["expected_recall"] = stats.expected_recall;
  found["bands"] = nb::none();
  found["rows"] = nb::none();
  if (stats.banding) {
    found["bands"] = stats.banding->bands;
    found["rows"] = stats.banding->rows;
  }
  return found;
}

Table RemovedTable(const Corpus& corpus, const DedupResult& result,
                   Measure measure) {
  const IdColumn& ids = corpus.columns->ids();
  std::vector<Column> columns;
  columns.emplace_back("id", ids.Format());
  columns.emplace_back("kept", ids.Format());
  columns.emplace_back("similarity", kDoubleFormat);
  columns.emplace_back("measure", kStringFormat);
  columns.emplace_back("cluster", kStringFormat);
  const bool is_jaccard = measure == Measure::kJaccard;
  for (const RemovedDocument& removed : result.removed) {
    ids.AppendTo(removed.document, &columns[0]);
    ids.AppendTo(removed.kept, &columns[1]);
    columns[2].Add(removed.similarity);
    columns[3].Add(std::string_view(is_jaccard ? "jaccard" : "containment"));
    columns[4].Add(std::string_view(ClusterName(ids.Get(removed.kept))));
  }
  return Table(std::move(columns));
}

// Clusters in the order of their kept documents, members in input order.
Table ClusterTable(const Corpus& corpus, const DedupResult& result) {
  const IdColumn& ids = corpus.columns->ids();
  std::vector<std::pair<uint32_t, uint32_t>> members;  // kept, member
  for (const RemovedDocument& removed : result.removed) {
    members.emplace_back(removed.kept, removed.document);
    members.emplace_back(removed.kept, removed.kept);
  }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  std::vector<Column> columns;
  columns.emplace_back("cluster", kStringFormat);
  columns.emplace_back("kept", ids.Format());
  columns.emplace_back("members", kListFormat).AddChild("item", ids.Format());
  for (size_t i = 0; i < members.size(); ++i) {
    const uint32_t kept = members[i].first;
    ids.AppendTo(members[i].second, &columns[2].child(0));
    if (i + 1 < members.size() && members[i + 1].first == kept) continue;
    columns[0].Add(std::string_view(ClusterName(ids.Get(kept))));
    ids.AppendTo(kept, &columns[1]);
    columns[2].EndList();
  }
  return Table(std::move(columns));
}

size_t LargestCluster(const Table& clusters) {
  size_t most = 0;
  const Column& members = clusters.columns()[2];
  for (size_t row = 0; row < members.size(); ++row) {
    const auto [begin, end] = members.Range(row);
    most = std::max(most, end - begin);
  }
  return most;
}

// mask, removed, clusters, stats.
nb::tuple DedupCorpus(const Corpus& corpus, const MatchOptions& match,
                      const std::string& cluster, const std::string& keep) {
  static constexpr std::pair<const char*, ClusterMethod> kMethods[] = {
      {"star", ClusterMethod::kStar},
      {"components", ClusterMethod::kComponents}};
  static constexpr std::pair<const char*, KeepPolicy> kPolicies[] = {
      {"first", KeepPolicy::kFirst},
      {"longest", KeepPolicy::kLongest},
      {"earliest", KeepPolicy::kEarliest},
      {"latest", KeepPolicy::kLatest}};
  DedupOptions options;
  options.match = match;
  options.cluster = Named("cluster", cluster, kMethods);
  options.keep = Named("keep", keep, kPolicies);
  const DedupResult result =
      Take(Unlocked([&] { return Dedup(options, corpus.source.get()); }));
  Check(corpus.source->ReadError());
  const size_t rows = corpus.source->size();
  auto mask = std::make_unique<bool[]>(rows);
  std::fill_n(mask.get(), rows, true);
  for (const RemovedDocument& one : result.removed) mask[one.document] = false;
  Table removed = RemovedTable(corpus, result, match.measure);
  Table clusters = ClusterTable(corpus, result);
  nb::dict stats = StatsOf(result.stats);
  stats["read"] = rows;
  stats["removed"] = removed.rows();
  stats["kept"] = rows - removed.rows();
  stats["clusters"] = clusters.rows();
  stats["largest_cluster"] = LargestCluster(clusters);
  stats["unreadable_dates"] = corpus.columns->dates().unreadable();
  return nb::make_tuple(ToNumpy(std::move(mask), {rows}), std::move(removed),
                        std::move(clusters), stats);
}

// pairs, stats.
nb::tuple FindCorpusPairs(const Corpus& corpus, const MatchOptions& match) {
  const IdColumn& ids = corpus.columns->ids();
  std::vector<Column> columns;
  columns.emplace_back("a", ids.Format());
  columns.emplace_back("b", ids.Format());
  for (const char* const name : {"jaccard", "containment_a", "containment_b"}) {
    columns.emplace_back(name, kDoubleFormat);
  }
  const auto visit = [&](const SimilarPair& pair) {
    ids.AppendTo(pair.a, &columns[0]);
    ids.AppendTo(pair.b, &columns[1]);
    columns[2].Add(pair.overlap.Jaccard());
    columns[3].Add(pair.overlap.ContainmentOfA());
    columns[4].Add(pair.overlap.ContainmentOfB());
    return absl::OkStatus();
  };
  const MatchStats stats = Take(
      Unlocked([&] { return FindPairs(match, corpus.source.get(), visit); }));
  Check(corpus.source->ReadError());
  return nb::make_tuple(Table(std::move(columns)), StatsOf(stats));
}

}  // namespace

void BindMatch(nb::module_* module) {
  nb::class_<MatchOptions>(*module, "Match", "How documents are alike.")
      .def("__init__", NewMatchOptions, nb::kw_only(), "threshold"_a,
           "measure"_a, "exact"_a, "recall"_a, "shingle"_a, "threads"_a,
           "cache_bytes"_a = MatchOptions().cache_bytes);
  module->def("dedup", DedupCorpus, "corpus"_a, "match"_a, "cluster"_a,
              "keep"_a, "What to keep: mask, removed, clusters, stats.");
  module->def("pairs", FindCorpusPairs, "corpus"_a, "match"_a,
              "All pairs that are alike: pairs, stats.");
}

}  // namespace wirecopy::python
