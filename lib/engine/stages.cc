#include "engine/stages.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"

namespace wirecopy {

std::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kSketch:
      return "sketch";
    case Stage::kCandidates:
      return "candidates";
    case Stage::kVerify:
      return "verify";
    default:
      return "merge";
  }
}

// The command that makes a unit; shards are people's, from 1.
std::string Stages::AdviceFor(Stage stage, const StageUnit& unit) const {
  return absl::StrCat("--stage ", std::string(StageName(stage)), " --shard ",
                      unit.shard + 1, "/", shards());
}

absl::Status Stages::CheckDone(Stage stage,
                               std::span<const StageUnit> units) const {
  if (!task_ || task_->stage <= stage) return absl::OkStatus();
  std::set<uint32_t> missing;
  std::string example;
  for (const StageUnit& unit : units) {
    if (missing.contains(unit.shard) || folder_.Has(unit.name)) continue;
    if (missing.empty()) example = unit.name;
    missing.insert(unit.shard);
  }
  if (missing.empty()) return absl::OkStatus();
  std::vector<std::string> shards_missing;
  shards_missing.reserve(missing.size());
  for (const uint32_t shard : missing) {
    shards_missing.push_back(absl::StrCat(shard + 1, "/", shards()));
  }
  return absl::FailedPreconditionError(
      absl::StrCat(folder_.path(), ": ", std::string(StageName(stage)),
                   " is not complete (there is no ", example, "); run --stage ",
                   std::string(StageName(stage)), " with --shard ",
                   absl::StrJoin(shards_missing, ", ")));
}

absl::StatusOr<std::unique_ptr<StagePiece>> Stages::Find(
    Stage stage, const StageUnit& unit) {
  absl::StatusOr<std::unique_ptr<StagePiece>> piece = folder_.Find(unit.name);
  if (piece.ok()) return piece;
  const absl::Status& error = piece.status();
  if (Makes(stage, unit) && absl::IsNotFound(error)) return nullptr;
  if (!absl::IsDataLoss(error)) return error;
  if (!Makes(stage, unit)) {
    return absl::DataLossError(absl::StrCat(error.message(), "; run ",
                                            AdviceFor(stage, unit),
                                            " again, which makes it anew"));
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  damages_.emplace_back(error.message());
  return nullptr;
}

absl::Status Stages::Senseless(const StageUnit& unit,
                               const StagePiece& piece) const {
  WIRECOPY_RETURN_IF_ERROR(piece.read_error());
  return absl::DataLossError(
      absl::StrCat(folder_.path(), "/", unit.name,
                   " holds what this program does not write; remove it, and "
                   "run its stage again"));
}

std::vector<std::string> Stages::Damages() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return damages_;
}

std::string UnitName(std::string_view kind, size_t number) {
  return absl::StrFormat("%s%07d", std::string(kind), number);
}

std::vector<uint32_t> DealInRuns(std::span<const uint64_t> weights,
                                 uint32_t shards) {
  const uint64_t total =
      std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  std::vector<uint32_t> dealt;
  dealt.reserve(weights.size());
  double before = 0;
  for (const uint64_t weight : weights) {
    // By where the unit's middle lies.
    const double middle = before + static_cast<double>(weight) / 2;
    const double share = total == 0 ? 0 : middle / static_cast<double>(total);
    dealt.push_back(
        std::min(shards - 1, static_cast<uint32_t>(share * shards)));
    before += static_cast<double>(weight);
  }
  return dealt;
}

std::vector<uint32_t> DealHeaviestFirst(std::span<const uint64_t> weights,
                                        uint32_t shards) {
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return weights[a] > weights[b]; });
  using Load = std::pair<uint64_t, uint32_t>;  // what a shard has, and which
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (uint32_t shard = 0; shard < shards; ++shard) loads.push({0, shard});
  std::vector<uint32_t> dealt(weights.size());
  for (const size_t unit : order) {
    auto [load, shard] = loads.top();
    loads.pop();
    dealt[unit] = shard;
    loads.push({load + weights[unit], shard});
  }
  return dealt;
}

}  // namespace wirecopy
