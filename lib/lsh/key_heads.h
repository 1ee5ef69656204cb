// Where the list of each key begins.

#ifndef WIRECOPY_LSH_KEY_HEADS_H_
#define WIRECOPY_LSH_KEY_HEADS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

// Tables of hashed keys double when they are full. There are several here, for
// ranges of keys from one width to nearly twice that, so that they double one
// after another, and what they take follows what is in them. Not thread-safe.
class KeyHeads {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // Keys below `small_keys` are found without a search, for four bytes each.
  explicit KeyHeads(uint64_t small_keys) : small_(small_keys, kNone) {}

  // kNone where the key has no list.
  uint32_t Find(uint64_t key) const {
    if (IsSmall(key)) return small_[key];
    const Table& table = tables_[TableOf(key)];
    const auto found = table.find(key);
    return found == table.end() ? kNone : found->second;
  }

  // Whether a key is found without a search.
  bool IsSmall(uint64_t key) const { return key < small_.size(); }

  // Has a small key at hand by the time that it is looked for.
  void Prefetch(uint64_t key) const {
    if (IsSmall(key)) __builtin_prefetch(&small_[key]);
  }

  // The same as Find, to be set; valid until the next call.
  uint32_t& At(uint64_t key) {
    if (IsSmall(key)) return small_[key];
    return tables_[TableOf(key)].try_emplace(key, kNone).first->second;
  }

 private:
  using Table = absl::flat_hash_map<uint64_t, uint32_t>;
  static constexpr size_t kTables = 16;
  // The i-th range of keys is kTables + i units wide.
  static constexpr size_t kUnits =
      kTables * kTables + kTables * (kTables - 1) / 2;

  static constexpr std::array<uint8_t, kUnits> MakeTableOfUnit() {
    std::array<uint8_t, kUnits> table_of_unit = {};
    size_t unit = 0;
    for (size_t i = 0; i < kTables; ++i) {
      for (size_t j = 0; j < kTables + i; ++j) {
        table_of_unit[unit++] = static_cast<uint8_t>(i);
      }
    }
    return table_of_unit;
  }

  static size_t TableOf(uint64_t key) {
    static constexpr std::array<uint8_t, kUnits> kTableOfUnit =
        MakeTableOfUnit();
    return kTableOfUnit[(key >> 32) * kUnits >> 32];
  }

  std::vector<uint32_t> small_;
  std::array<Table, kTables> tables_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_KEY_HEADS_H_
