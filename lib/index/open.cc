// How an index is made, opened and closed.

#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/sync_folder.h"
#include "index/index_state.h"
#include "index/records.h"
#include "index/seal.h"
#include "index/stored_documents.h"
#include "wirecopy/index.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

absl::Status StatusOf(const std::error_code& error, const std::string& path) {
  if (!error) return absl::OkStatus();
  return absl::ErrnoToStatus(error.value(), path);
}

// A folder beside `folder` that is nobody else's: processes of other machines
// or containers may have the same number.
absl::StatusOr<std::string> MakePartOf(const std::string& folder) {
  const fs::path path = (fs::path(folder) / "").parent_path();
  std::error_code error;
  if (path.has_parent_path()) {
    fs::create_directories(path.parent_path(), error);
  }
  for (int i = 0; !error || error == std::errc::file_exists; ++i) {
    const std::string part =
        absl::StrCat(path.string(), ".part", getpid(), "-", i);
    if (fs::create_directory(part, error)) return part;
  }
  return StatusOf(error, path.string());
}

// Writes what a new index holds.
absl::Status Fill(const IndexPaths& paths, const IndexParameters& parameters) {
  WIRECOPY_RETURN_IF_ERROR(Store::Create(paths.tables));
  WIRECOPY_RETURN_IF_ERROR(CommittedFile::Create(paths.committed));
  WIRECOPY_ASSIGN_OR_RETURN(
      const auto store,
      Store::Open(paths.tables, Store::Access::kWrite, StoreOptions()));
  Store::Changes changes(*store);
  changes.Put(Table::kRecords, kParametersKey, Encode(parameters));
  changes.Put(Table::kRecords, kStateKey, Encode(IndexCounts()));
  WIRECOPY_RETURN_IF_ERROR(store->Commit(&changes));
  WIRECOPY_RETURN_IF_ERROR(store->Close());
  return WriteSeal(paths.seal, paths.tables);
}

absl::StatusOr<IndexParameters> ReadParameters(const Store& store) {
  const Store::View view(store);
  std::string bytes;
  WIRECOPY_ASSIGN_OR_RETURN(const bool found,
                            view.Get(Table::kRecords, kParametersKey, &bytes));
  if (!found) return absl::DataLossError("the record of parameters is missing");
  return DecodeParameters(bytes);
}

// `promised` was read before the store was opened: beside a writer it grows.
absl::Status CheckNothingLost(const Store& store, uint64_t promised) {
  const Store::View view(store);
  WIRECOPY_ASSIGN_OR_RETURN(const IndexCounts counts,
                            StoredDocuments(view).Counts());
  if (counts.batches >= promised) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("of ", promised, " batches that were committed, it has ",
                   counts.batches, ": a file is damaged or was replaced"));
}

}  // namespace

absl::Status Index::Create(const std::string& folder,
                           const IndexParameters& parameters) {
  WIRECOPY_RETURN_IF_ERROR(Validate(parameters));
  WIRECOPY_RETURN_IF_ERROR(Named(folder, Store::CheckMayWrite()));
  IndexParameters kept = parameters;
  kept.passage.seed = kept.shingle.seed;
  kept.banding = {};
  if (kept.measure == Measure::kJaccard) {
    WIRECOPY_ASSIGN_OR_RETURN(kept.banding,
                              ChooseBanding(kept.threshold, kept.recall));
  }
  std::error_code error;
  if (fs::exists(folder, error) &&
      !(fs::is_directory(folder, error) && fs::is_empty(folder, error))) {
    return absl::AlreadyExistsError(
        absl::StrCat(folder, ": is there already, and not empty"));
  }
  // Whole under another name first: what is half made is no index.
  WIRECOPY_ASSIGN_OR_RETURN(const std::string part, MakePartOf(folder));
  absl::Cleanup remove_part = [&part] {
    std::error_code ignored;
    fs::remove_all(part, ignored);
  };
  absl::Status status = Fill(IndexPaths(part), kept);
  if (status.ok()) status = SyncFolder(part);
  if (status.ok()) {
    fs::rename(part, folder, error);
    status = StatusOf(error, folder);
  }
  WIRECOPY_RETURN_IF_ERROR(status);
  std::move(remove_part).Cancel();
  return SyncFolder(fs::path(part).parent_path());
}

absl::Status IndexState::OpenStore() {
  // Of the cache, for what most comparisons are with.
  const size_t for_sets = options.cache_bytes / 4;
  const bool writes = access == Index::Access::kWrite;
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t promised, committed.Read());
  if (writes) WIRECOPY_RETURN_IF_ERROR(BreakSeal(paths.seal));
  WIRECOPY_ASSIGN_OR_RETURN(
      store, Store::Open(paths.tables,
                         writes ? Store::Access::kWrite : Store::Access::kRead,
                         {options.cache_bytes - for_sets, options.write_bytes,
                          options.threads}));
  WIRECOPY_ASSIGN_OR_RETURN(parameters, ReadParameters(*store));
  recent_sets = std::make_unique<RecentSets>(for_sets);
  finders = std::make_unique<PassageFinderPool>(parameters.passage, options);
  return CheckNothingLost(*store, promised);
}

absl::StatusOr<std::unique_ptr<Index>> Index::Open(
    const std::string& folder, Access access, const IndexOptions& options) {
  const IndexPaths paths(folder);
  std::error_code error;
  if (!fs::exists(paths.committed, error)) {
    WIRECOPY_RETURN_IF_ERROR(StatusOf(error, folder));
    if (fs::exists(paths.tables, error)) {
      return absl::DataLossError(
          absl::StrCat(folder, ": the file committed is missing"));
    }
    return absl::NotFoundError(
        absl::StrCat(folder, ": is no index; wirecopy index create makes one"));
  }
  if (access == Access::kWrite) {
    WIRECOPY_RETURN_IF_ERROR(Named(folder, Store::CheckMayWrite()));
  }
  auto committed =
      CommittedFile::Open(paths.committed, access == Access::kWrite);
  if (!committed.ok()) return Named(folder, committed.status());
  auto state = std::make_unique<IndexState>(folder, access, options,
                                            *std::move(committed));
  WIRECOPY_RETURN_IF_ERROR(Named(folder, state->OpenStore()));
  return std::unique_ptr<Index>(new Index(std::move(state)));
}

absl::Status Index::Close() {
  if (state_ == nullptr || state_->store == nullptr) return absl::OkStatus();
  if (!state_->IsOurs()) {
    // RocksDB would wait for threads that are not here, and then write: the
    // files are the other process's, and so this is left alone.
    static_cast<void>(state_->store.release());
    return absl::OkStatus();
  }
  const absl::Status status = state_->store->Close();
  state_->store.reset();
  WIRECOPY_RETURN_IF_ERROR(Named(state_->folder, status));
  if (state_->access == Access::kRead) return absl::OkStatus();
  return Named(state_->folder,
               WriteSeal(state_->paths.seal, state_->paths.tables));
}

absl::Status Index::Verify() const {
  const IndexState& state = *state_;
  WIRECOPY_RETURN_IF_ERROR(state.CheckOpen());
  WIRECOPY_RETURN_IF_ERROR(Named(state.folder, state.committed.CheckBoth()));
  WIRECOPY_RETURN_IF_ERROR(
      Named(state.folder, CheckSeal(state.paths.seal, state.paths.tables)));
  WIRECOPY_RETURN_IF_ERROR(Named(state.folder, state.store->CheckFiles()));
  return Named(state.folder, VerifyTables(state));
}

}  // namespace wirecopy
