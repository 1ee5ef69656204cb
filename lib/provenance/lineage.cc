#include "provenance/lineage.h"

#include "provenance/absent_source.h"
#include "provenance/clock_model.h"
#include "provenance/cut_source.h"
#include "provenance/forest.h"
#include "provenance/free_sources.h"
#include "provenance/lineage_report.h"
#include "provenance/lineage_weights.h"
#include "provenance/parent_scores.h"
#include "provenance/rooted_trees.h"
#include "provenance/source_challenge.h"
#include "provenance/traced_family.h"

namespace wirecopy {
namespace {

constexpr int kHubRounds = 2;

Forest ChooseTracedForest(TracedFamily* traced) {
  const bool use_dates = traced->family.use_dates;
  const std::vector<double> saved = ScoreTexts(traced);
  AddEvidence(traced->family.evidence, traced);
  const std::vector<double> roots = RootWeights(traced->table, saved);
  if (use_dates) {
    WeighClocks(traced->classes.clocks, roots, &traced->table);
    ChallengeIncumbents(traced->texts, &traced->table);
  }
  Forest forest = ChooseForest(traced->table, roots);
  for (int round = 0; round < kHubRounds; ++round) {
    FavourHubs(forest, &traced->table);
    forest = ChooseForest(traced->table, roots);
  }
  // A large one may be of several trees that little joins, each of which is to
  // be rooted by itself.
  if (use_dates || traced->size() > kMostDense) FreeSources(*traced, &forest);
  if (use_dates) {
    TrustClocks(traced->classes.clocks, forest, &traced->table);
  }
  WeighRoots(traced->table, roots, use_dates ? kRootCopiesDates : kRootCopies,
             &forest);
  ChooseParents(traced->table, roots, &forest);
  return forest;
}

}  // namespace

std::vector<MemberLineage> TraceLineage(const Family& family) {
  TracedFamily traced(family);
  Forest forest = ChooseTracedForest(&traced);
  FreeSources(traced, &forest);
  AbsentSources absent = FindAbsentSources(traced.texts, traced.table, &forest);
  HangOnCutSources(traced.texts, traced.table, &absent, &forest);
  TurnSmallTrees(traced.classes.clocks, traced.table, &forest);
  return ReportLineage(traced, forest, absent);
}

}  // namespace wirecopy
