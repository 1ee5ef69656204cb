#include "index/store.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdarg>
#include <filesystem>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "index/rocksdb_threads.h"

namespace wirecopy {
namespace {

constexpr std::array<const char*, kTables> kNames = {"default", "texts",
                                                     "bands", "prints"};

size_t NumberOf(Table table) { return static_cast<size_t>(table); }

rocksdb::Slice SliceOf(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

std::string_view ViewOf(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

absl::Status StatusOf(const rocksdb::Status& status,
                      const std::string& folder) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat(folder, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(message);
  if (status.IsNotFound()) return absl::NotFoundError(message);
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(message);
  if (status.IsInvalidArgument()) return absl::InvalidArgumentError(message);
  return absl::UnavailableError(message);
}

// Readers leave a folder as it is, and a log for people would be in nobody's
// way only until it is full.
class NoLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, std::va_list /*arguments*/) override {}
};

// RocksDB does not bear to get no memory: it writes through null, or keeps what
// it has locked, and whoever asks next waits for ever. So it is not asked for
// anything where there would not be some to spare.
bool HasRoom(size_t bytes) {
  void* const room = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return room != MAP_FAILED && munmap(room, bytes) == 0;
}

constexpr size_t kRoom = size_t{16} << 20;

rocksdb::ColumnFamilyOptions TableOptions(
    Table table, size_t write_bytes,
    const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions blocks;
  blocks.block_cache = cache;
  // Filters and indexes count as memory too. In pieces, for one that is larger
  // than a part of the cache would be read anew each time.
  blocks.cache_index_and_filter_blocks = true;
  blocks.pin_top_level_index_and_filter = true;
  blocks.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  blocks.partition_filters = true;
  blocks.format_version = 5;
  blocks.block_size = size_t{4} << 10;
  constexpr double kFilterBits = 10;
  blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBits));
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kLZ4Compression;
  // One is filled while another is written out. Fingerprints are most of what
  // is written.
  constexpr size_t kPrintsPart = 4;
  constexpr size_t kParts = 2 * (kPrintsPart + kTables - 1);
  options.write_buffer_size = write_bytes / kParts;
  if (table == Table::kTexts) {
    blocks.block_size = size_t{16} << 10;
    options.compression = rocksdb::kZSTD;
  } else if (table == Table::kPrints) {
    options.write_buffer_size *= kPrintsPart;
    // Most are asked for and not there.
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
  }
  // So that what is small when it is written is not merged with much more at
  // once. RocksDB's own sizes are these at the most.
  options.max_bytes_for_level_base =
      std::min(options.max_bytes_for_level_base,
               16 * uint64_t{options.write_buffer_size});
  options.target_file_size_base = std::min(
      options.target_file_size_base, 4 * uint64_t{options.write_buffer_size});
  options.paranoid_file_checks = false;
  options.level_compaction_dynamic_level_bytes = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  return options;
}

rocksdb::DBOptions DatabaseOptions(const StoreOptions& options) {
  rocksdb::DBOptions database;
  database.paranoid_checks = true;
  database.info_log = std::make_shared<NoLog>();
  database.max_open_files = -1;  // readers keep what a writer deletes
  // Where it cannot start a thread to open files, it ends the process.
  database.max_file_opening_threads = 1;
  database.max_background_jobs = std::max(2, options.threads);
  database.bytes_per_sync = uint64_t{1} << 20;
  database.max_total_wal_size = uint64_t{256} << 20;
  database.file_checksum_gen_factory =
      rocksdb::GetFileChecksumGenCrc32cFactory();
  // Up to the first damage: what is lost with it is missed by its number
  // (committed.h).
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  database.env = EnvOfThisProcess();
  return database;
}

}  // namespace

struct Store::Database {
  std::string folder;
  Access access = Access::kRead;
  std::string led_by;  // FilesThatLead when a reader opened them
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> tables;

  rocksdb::ColumnFamilyHandle* Of(Table table) const {
    return tables[NumberOf(table)];
  }

  rocksdb::Status OpenFiles(const rocksdb::DBOptions& options,
                            const StoreOptions& store);
  rocksdb::Status OpenToRead(const StoreOptions& options);
  rocksdb::Status CheckFilesByName() const;
  rocksdb::Status CloseFiles() {
    if (db == nullptr) return rocksdb::Status::OK();
    // Merges that failed hold on to tables.
    constexpr bool kWaits = true;
    rocksdb::CancelAllBackgroundWork(db.get(), kWaits);
    for (rocksdb::ColumnFamilyHandle* table : tables) {
      db->DestroyColumnFamilyHandle(table);
    }
    tables.clear();
    rocksdb::Status status = db->Close();
    db.reset();
    return status;
  }
};

struct Store::Changes::Batch {
  explicit Batch(const Database& of_store) : database(of_store) {}

  const Database& database;
  rocksdb::WriteBatch operations;
  rocksdb::Status status;  // of the first that failed
};

namespace {

std::vector<rocksdb::ColumnFamilyDescriptor> Families(
    const StoreOptions& store) {
  constexpr int kShardBits = 4;
  const auto cache = rocksdb::NewLRUCache(store.cache_bytes, kShardBits);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(kTables);
  for (size_t i = 0; i < kTables; ++i) {
    families.emplace_back(kNames[i], TableOptions(static_cast<Table>(i),
                                                  store.write_bytes, cache));
  }
  return families;
}

// The files that a reader goes through one after another, with the size of the
// list of tables: where a writer changed them meanwhile, what was read need not
// go together, for a log may be gone that held what an older list has not.
std::string FilesThatLead(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::string name = entry->path().filename().native();
    std::error_code gone;
    if (entry->path().extension() == ".log") {
      files.push_back(name);
    } else if (name.starts_with("MANIFEST")) {
      files.push_back(absl::StrCat(
          name, " ", std::filesystem::file_size(entry->path(), gone)));
    }
  }
  std::sort(files.begin(), files.end());
  return absl::StrJoin(files, "\n");
}

// Of the whole file at `path`.
rocksdb::Status ChecksumOf(const std::string& path, const std::string& function,
                           std::string* checksum) {
  constexpr size_t kPieceBytes = size_t{1} << 20;
  const auto generator =
      rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator(
          {path, function});
  if (generator == nullptr) {
    return rocksdb::Status::Corruption(path, "has no checksum");
  }
  std::unique_ptr<rocksdb::SequentialFile> file;
  rocksdb::Status status = rocksdb::Env::Default()->NewSequentialFile(
      path, &file, rocksdb::EnvOptions());
  std::string scratch(kPieceBytes, '\0');
  rocksdb::Slice piece;
  do {
    if (status.ok()) status = file->Read(kPieceBytes, &piece, scratch.data());
    if (!status.ok()) return status;
    generator->Update(piece.data(), piece.size());
  } while (!piece.empty());
  generator->Finalize();
  *checksum = generator->GetChecksum();
  return status;
}

}  // namespace

// With its access.
rocksdb::Status Store::Database::OpenFiles(const rocksdb::DBOptions& options,
                                           const StoreOptions& store) {
  if (!HasRoom(kRoom)) throw std::bad_alloc();
  ClaimThreads();
  rocksdb::DB* opened = nullptr;
  const auto families = Families(store);
  rocksdb::Status status =
      access == Access::kRead
          ? rocksdb::DB::OpenForReadOnly(options, folder, families, &tables,
                                         &opened)
          : rocksdb::DB::Open(options, folder, families, &tables, &opened);
  db.reset(opened);
  PrepareForEnd();
  return status;
}

// Opens again where a writer changed files meanwhile, whether that was an error
// or not.
rocksdb::Status Store::Database::OpenToRead(const StoreOptions& options) {
  constexpr int kMostTries = 100;
  for (int i = 0; i < kMostTries; ++i) {
    led_by = FilesThatLead(folder);
    rocksdb::Status status = OpenFiles(DatabaseOptions(options), options);
    if (led_by == FilesThatLead(folder)) return status;
    CloseFiles().PermitUncheckedError();
    std::this_thread::sleep_for(std::chrono::milliseconds(i));
  }
  return rocksdb::Status::TryAgain("its writer changes files too fast");
}

absl::Status Store::CheckMayWrite() {
  if (!IsForked()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "this process was forked from process ", ProcessWithThreads(),
      ", which had had an index open, and can only read for lack of threads; ",
      "start anew what is to write (in Python with \"spawn\")"));
}

absl::Status Store::Create(const std::string& folder) {
  WIRECOPY_RETURN_IF_ERROR(CheckMayWrite());
  rocksdb::DBOptions options = DatabaseOptions({});
  options.create_if_missing = true;
  options.error_if_exists = true;
  options.create_missing_column_families = true;
  Database made;
  made.folder = folder;
  made.access = Access::kWrite;
  WIRECOPY_RETURN_IF_ERROR(
      StatusOf(made.OpenFiles(options, StoreOptions()), folder));
  return StatusOf(made.CloseFiles(), folder);
}

absl::StatusOr<std::unique_ptr<Store>> Store::Open(
    const std::string& folder, Access access, const StoreOptions& options) {
  if (access == Access::kWrite) WIRECOPY_RETURN_IF_ERROR(CheckMayWrite());
  auto made = std::make_unique<Database>();
  made->folder = folder;
  made->access = access;
  const rocksdb::Status status =
      access == Access::kRead
          ? made->OpenToRead(options)
          : made->OpenFiles(DatabaseOptions(options), options);
  WIRECOPY_RETURN_IF_ERROR(StatusOf(status, folder));
  return std::unique_ptr<Store>(new Store(std::move(made)));
}

Store::Store(std::unique_ptr<Database> database)
    : database_(std::move(database)) {}

Store::~Store() { Close().IgnoreError(); }

absl::Status Store::Close() {
  if (database_->db == nullptr) return absl::OkStatus();
  rocksdb::DB& db = *database_->db;
  rocksdb::Status status;
  // What is not put into a table is in the log.
  if (database_->access == Access::kWrite && HasRoom(kRoom)) {
    status = db.Flush(rocksdb::FlushOptions(), database_->tables);
  }
  const rocksdb::Status closed = database_->CloseFiles();
  return StatusOf(status.ok() ? closed : status, database_->folder);
}

void Store::CheckRoom(const Changes& changes) {
  const size_t size = changes.batch_->operations.GetDataSize();
  if (!HasRoom(2 * size + kRoom)) throw std::bad_alloc();
}

absl::Status Store::Commit(Changes* changes) {
  Changes::Batch& batch = *changes->batch_;
  WIRECOPY_RETURN_IF_ERROR(StatusOf(batch.status, database_->folder));
  rocksdb::WriteOptions options;
  options.sync = true;
  // After an exception nobody could go on with it.
  const auto write = [&]() noexcept {
    return database_->db->Write(options, &batch.operations);
  };
  return StatusOf(write(), database_->folder);
}

absl::Status Store::Compact() {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction =
      rocksdb::BottommostLevelCompaction::kForceOptimized;
  for (rocksdb::ColumnFamilyHandle* table : database_->tables) {
    WIRECOPY_RETURN_IF_ERROR(
        StatusOf(database_->db->CompactRange(options, table, nullptr, nullptr),
                 database_->folder));
  }
  return absl::OkStatus();
}

// For a reader, whose files a writer may replace, and delete, while they are
// checked: RocksDB would open them by name and take that for damage. What is
// read of such a file comes through the handle of when it was opened, block by
// checked block.
rocksdb::Status Store::Database::CheckFilesByName() const {
  const std::unique_ptr<rocksdb::FileChecksumList> list(
      rocksdb::NewFileChecksumList());
  rocksdb::Status status = db->GetLiveFilesChecksumInfo(list.get());
  if (!status.ok()) return status;
  std::vector<uint64_t> numbers;
  std::vector<std::string> checksums;
  std::vector<std::string> functions;
  status = list->GetAllFileChecksums(&numbers, &checksums, &functions);
  if (!status.ok()) return status;
  for (size_t i = 0; i < numbers.size(); ++i) {
    const std::string path = absl::StrFormat("%s/%06d.sst", folder, numbers[i]);
    std::string checksum;
    status = ChecksumOf(path, functions[i], &checksum);
    const bool is_gone = status.IsPathNotFound() || status.IsNotFound();
    if (is_gone && led_by != FilesThatLead(folder)) continue;
    if (!status.ok()) return status;
    if (checksum != checksums[i]) {
      return rocksdb::Status::Corruption(path, "checksums differ");
    }
  }
  return rocksdb::Status::OK();
}

absl::Status Store::CheckFiles() const {
  if (database_->access == Access::kRead) {
    return StatusOf(database_->CheckFilesByName(), database_->folder);
  }
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  WIRECOPY_RETURN_IF_ERROR(
      StatusOf(database_->db->VerifyFileChecksums(options), database_->folder));
  return StatusOf(database_->db->VerifyChecksum(options), database_->folder);
}

Store::Changes::Changes(const Store& store)
    : batch_(std::make_unique<Batch>(*store.database_)) {}
Store::Changes::~Changes() = default;

void Store::Changes::Put(Table table, std::string_view key,
                         std::string_view value) {
  const rocksdb::Status status = batch_->operations.Put(
      batch_->database.Of(table), SliceOf(key), SliceOf(value));
  if (batch_->status.ok()) batch_->status = status;
}

void Store::Changes::Delete(Table table, std::string_view key) {
  const rocksdb::Status status =
      batch_->operations.Delete(batch_->database.Of(table), SliceOf(key));
  if (batch_->status.ok()) batch_->status = status;
}

Store::View::View(const Store& store)
    : store_(store),
      snapshot_(store.database_->access == Access::kWrite
                    ? store.database_->db->GetSnapshot()
                    : nullptr) {}

Store::View::~View() {
  if (snapshot_ == nullptr) return;
  store_.database_->db->ReleaseSnapshot(
      static_cast<const rocksdb::Snapshot*>(snapshot_));
}

namespace {

rocksdb::ReadOptions ReadAt(const void* snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = static_cast<const rocksdb::Snapshot*>(snapshot);
  return options;
}

}  // namespace

absl::StatusOr<bool> Store::View::Get(Table table, std::string_view key,
                                      std::string* value) const {
  const Database& database = *store_.database_;
  const rocksdb::Status status = database.db->Get(
      ReadAt(snapshot_), database.Of(table), SliceOf(key), value);
  if (status.IsNotFound()) return false;
  WIRECOPY_RETURN_IF_ERROR(StatusOf(status, database.folder));
  return true;
}

absl::Status Store::View::GetMany(
    Table table, std::span<const std::string_view> keys,
    const std::function<void(size_t, std::string_view)>& found) const {
  // As many as RocksDB looks up side by side.
  constexpr size_t kAtOnce = 32;
  const Database& database = *store_.database_;
  const rocksdb::ReadOptions options = ReadAt(snapshot_);
  std::array<rocksdb::Slice, kAtOnce> slices;
  std::array<rocksdb::PinnableSlice, kAtOnce> values;
  std::array<rocksdb::Status, kAtOnce> statuses;
  for (size_t begin = 0; begin < keys.size(); begin += kAtOnce) {
    const size_t count = std::min(kAtOnce, keys.size() - begin);
    for (size_t i = 0; i < count; ++i) slices[i] = SliceOf(keys[begin + i]);
    database.db->MultiGet(options, database.Of(table), count, slices.data(),
                          values.data(), statuses.data(),
                          /*sorted_input=*/true);
    for (size_t i = 0; i < count; ++i) {
      if (statuses[i].ok()) {
        found(begin + i, ViewOf(values[i]));
      } else if (!statuses[i].IsNotFound()) {
        return StatusOf(statuses[i], database.folder);
      }
      values[i].Reset();
    }
  }
  return absl::OkStatus();
}

absl::Status Store::View::Visit(
    Table table, std::string_view prefix,
    const std::function<absl::Status(std::string_view, std::string_view)>&
        visit) const {
  const Database& database = *store_.database_;
  const std::unique_ptr<rocksdb::Iterator> place(
      database.db->NewIterator(ReadAt(snapshot_), database.Of(table)));
  for (place->Seek(SliceOf(prefix));
       place->Valid() && place->key().starts_with(SliceOf(prefix));
       place->Next()) {
    WIRECOPY_RETURN_IF_ERROR(
        visit(ViewOf(place->key()), ViewOf(place->value())));
  }
  return StatusOf(place->status(), database.folder);
}

}  // namespace wirecopy
