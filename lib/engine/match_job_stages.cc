// The parts of a job that stages share out: twins and bands.

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/freed_memory.h"
#include "base/piece_bytes.h"
#include "base/status_macros.h"
#include "engine/match_job.h"

namespace wirecopy {
namespace {

constexpr std::string_view kBands = "candidates.band-";

// Dealt one by one.
std::vector<StageUnit> Units(std::string_view kind, size_t count,
                             uint32_t shards) {
  std::vector<StageUnit> units;
  units.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    units.push_back({UnitName(kind, i), static_cast<uint32_t>(i % shards)});
  }
  return units;
}

// Twins that are compared, and saved, together.
size_t TwinsTogether(size_t twins) {
  constexpr size_t kUnits = 64;
  constexpr size_t kLeast = 256;
  constexpr size_t kMost = size_t{1} << 18;
  return std::clamp(twins / kUnits, kLeast, kMost);
}

}  // namespace

// Twins are nearly always what they seem. So the bands of a shard are made as
// if all were, while others look at theirs; where one turns out to be none,
// whoever comes next makes all bands anew, for which no text is read.
absl::Status MatchJob::SetOrderInStages(const std::vector<uint32_t>& twins) {
  if (stages_->EndsWith(Stage::kCandidates)) {
    WIRECOPY_RETURN_IF_ERROR(FindBuckets(/*in_stages=*/true));
    bool are_twins = true;
    return VerifyTwinsInStages(twins, &are_twins);
  }
  bool are_twins = true;
  WIRECOPY_RETURN_IF_ERROR(VerifyTwinsInStages(twins, &are_twins));
  ReturnFreedMemory();
  // Without tasks, bands are made when twins are known.
  return FindBuckets(are_twins || !stages_->HasTask());
}

// `are_twins` is whether all are that this process knows of.
absl::Status MatchJob::VerifyTwinsInStages(std::span<const uint32_t> twins,
                                           bool* are_twins) {
  const size_t together = TwinsTogether(twins.size());
  const std::vector<StageUnit> units =
      Units("candidates.twins-", (twins.size() + together - 1) / together,
            stages_->shards());
  std::vector<StageUnit> all =
      Units(kBands, static_cast<size_t>(banding_->bands), stages_->shards());
  all.insert(all.end(), units.begin(), units.end());
  WIRECOPY_RETURN_IF_ERROR(stages_->CheckDone(Stage::kCandidates, all));
  const auto twins_of = [&](size_t unit) {
    const size_t begin = unit * together;
    return twins.subspan(begin, std::min(together, twins.size() - begin));
  };
  std::vector<size_t> missing;
  for (size_t i = 0; i < units.size(); ++i) {
    if (!stages_->Wants(Stage::kCandidates, units[i])) continue;
    WIRECOPY_ASSIGN_OR_RETURN(const std::unique_ptr<StagePiece> piece,
                              stages_->Find(Stage::kCandidates, units[i]));
    if (piece == nullptr) {
      missing.push_back(i);
      continue;
    }
    std::vector<uint32_t> false_twins;
    PieceReader& in = piece->in();
    in.GetList(&false_twins);
    const std::span<const uint32_t> known = twins_of(i);
    for (const uint32_t d : false_twins) {
      if (std::find(known.begin(), known.end(), d) == known.end()) in.Fail();
      if (in.ok()) twin_of_[d] = d;
    }
    if (!in.IsAtEnd()) return stages_->Senseless(units[i], *piece);
  }
  WIRECOPY_RETURN_IF_ERROR(MakeTwinUnits(units, missing, twins_of));
  twin_count_ = 0;
  for (const uint32_t d : twins) twin_count_ += twin_of_[d] != d ? 1 : 0;
  *are_twins = twin_count_ == twins.size();
  return absl::OkStatus();
}

absl::Status MatchJob::MakeTwinUnits(
    std::span<const StageUnit> units, std::span<const size_t> missing,
    const std::function<std::span<const uint32_t>(size_t)>& twins_of) {
  std::vector<uint32_t> to_read;
  for (const size_t i : missing) {
    for (const uint32_t d : twins_of(i)) {
      to_read.push_back(d);
      to_read.push_back(twin_of_[d]);
    }
  }
  WIRECOPY_RETURN_IF_ERROR(parted_->OpenTexts(to_read, options_.threads));
  to_read = std::vector<uint32_t>();
  for (const size_t i : missing) {
    VerifyTwins(twins_of(i));
    WIRECOPY_RETURN_IF_ERROR(CheckRead());
    std::vector<uint32_t> false_twins;
    for (const uint32_t d : twins_of(i)) {
      if (twin_of_[d] == d) false_twins.push_back(d);
    }
    WIRECOPY_RETURN_IF_ERROR(stages_->Save(units[i], [&](PieceWriter* out) {
      out->AddList(false_twins);
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

// All bands, unless this process ends with its own.
absl::StatusOr<std::vector<Buckets::Band>> MatchJob::FindBandsInStages(
    const Buckets::KeysOfBand& keys_of_band,
    std::span<const uint32_t> documents, int threads) {
  const auto count = static_cast<size_t>(banding_->bands);
  const std::vector<StageUnit> units = Units(kBands, count, stages_->shards());
  std::vector<Buckets::Band> bands(count);
  std::vector<size_t> missing;
  for (size_t band = 0; band < count; ++band) {
    if (!stages_->Wants(Stage::kCandidates, units[band])) continue;
    WIRECOPY_ASSIGN_OR_RETURN(const std::unique_ptr<StagePiece> piece,
                              stages_->Find(Stage::kCandidates, units[band]));
    if (piece == nullptr) {
      missing.push_back(band);
      continue;
    }
    WIRECOPY_RETURN_IF_ERROR(memory_.Check(piece->in().left()));
    if (!bands[band].ReadFrom(order_.size(), &piece->in()) ||
        !piece->in().IsAtEnd()) {
      return stages_->Senseless(units[band], *piece);
    }
  }
  const bool keeps = !stages_->EndsWith(Stage::kCandidates);
  std::mutex mutex;
  absl::Status status;
  const auto take = [&](size_t band, Buckets::Band found) {
    const absl::Status saved =
        stages_->Save(units[band], [&](PieceWriter* out) {
          found.AppendTo(out);
          return MemoryError();
        });
    const std::lock_guard<std::mutex> lock(mutex);
    status.Update(saved);
    if (keeps) bands[band] = std::move(found);
  };
  Buckets::FindBands(missing, keys_of_band, documents, order_.size(),
                     filter_.get(), threads, take);
  WIRECOPY_RETURN_IF_ERROR(status);
  return bands;
}

}  // namespace wirecopy
