// Tables of bytes on disk, changed in whole batches: the one file that knows
// RocksDB is store.cc.

#ifndef WIRECOPY_INDEX_STORE_H_
#define WIRECOPY_INDEX_STORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wirecopy {

enum class Table : uint8_t { kRecords, kTexts, kBands, kPrints };
inline constexpr size_t kTables = 4;

struct StoreOptions {
  size_t cache_bytes = size_t{256} << 20;
  size_t write_bytes = size_t{224} << 20;  // of what is not in files yet
  int threads = 1;  // for what is merged in the background
};

// Errors name the folder. Reading is thread-safe; changes come one at a time.
// A store that was open in a process that this one was forked from is not to be
// used, nor to come to its end.
class Store {
 public:
  enum class Access { kRead, kWrite };

  // FailedPrecondition where this process was forked from one that has had a
  // store open: what it wrote would wait for threads that are not there. So it
  // is with Create and Open, too.
  static absl::Status CheckMayWrite();

  // Makes an empty store in a folder that does not exist.
  static absl::Status Create(const std::string& folder);
  // With kRead nothing in the folder is touched, and what is read is the state
  // at this moment, whatever another process writes.
  static absl::StatusOr<std::unique_ptr<Store>> Open(
      const std::string& folder, Access access, const StoreOptions& options);
  // Close says what goes wrong.
  ~Store();

  // The state at one moment; it must not outlive the store.
  class View {
   public:
    explicit View(const Store& store);
    ~View();
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    // False where there is none.
    absl::StatusOr<bool> Get(Table table, std::string_view key,
                             std::string* value) const;

    // Calls found(i, value) for each key that is there, in order. Keys rise.
    absl::Status GetMany(
        Table table, std::span<const std::string_view> keys,
        const std::function<void(size_t, std::string_view)>& found) const;

    // Calls visit(key, value) for the keys with this prefix, in order, until
    // it returns an error, which this then returns.
    absl::Status Visit(
        Table table, std::string_view prefix,
        const std::function<absl::Status(std::string_view, std::string_view)>&
            visit) const;

   private:
    const Store& store_;
    const void* snapshot_;
  };

  // What is to be changed as one.
  class Changes {
   public:
    explicit Changes(const Store& store);
    ~Changes();
    Changes(const Changes&) = delete;
    Changes& operator=(const Changes&) = delete;

    void Put(Table table, std::string_view key, std::string_view value);
    void Delete(Table table, std::string_view key);

   private:
    friend class Store;
    struct Batch;
    std::unique_ptr<Batch> batch_;
  };

  // Throws std::bad_alloc where there is no memory to commit them with: before
  // anything is written, so that others may be.
  static void CheckRoom(const Changes& changes);

  // All of it or, where this fails, nothing; on disk when it returns. To be
  // tried once. Without memory the process ends.
  absl::Status Commit(Changes* changes);

  // Merges all tables, so that nothing is stored twice or has been deleted.
  absl::Status Compact();

  // Reads every byte of the tables' files and compares their checksums. Passes
  // over files that a writer has replaced since a reader opened them.
  absl::Status CheckFiles() const;

  // What a process that ended left to be done is done, and files are closed.
  absl::Status Close();

 private:
  struct Database;
  explicit Store(std::unique_ptr<Database> database);

  std::unique_ptr<Database> database_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_STORE_H_
