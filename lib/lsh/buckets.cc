#include "lsh/buckets.h"

#include <algorithm>

#include "base/parallel.h"

namespace wirecopy {
namespace {

struct Entry {
  uint64_t key;
  uint32_t document;
};

// The shared buckets of one band, numbered from 0.
struct BandBuckets {
  std::vector<std::pair<uint32_t, uint32_t>> members;  // document, bucket
  std::vector<uint32_t> sizes;
};

// Groups the entries of one part after another by key, reusing its memory.
class Grouper {
 public:
  void Group(std::span<const Entry> entries, BandBuckets* out) {
    Clear(entries.size());
    for (const Entry& entry : entries) group_of_.push_back(Find(entry.key));
    for (Seen& group : groups_) {
      if (group.size < 2) continue;
      group.bucket = static_cast<uint32_t>(out->sizes.size());
      out->sizes.push_back(group.size);
    }
    for (size_t i = 0; i < entries.size(); ++i) {
      const Seen& group = groups_[group_of_[i]];
      if (group.size < 2) continue;
      out->members.emplace_back(entries[i].document, group.bucket);
    }
  }

 private:
  struct Seen {
    uint64_t key;
    uint32_t size;
    uint32_t bucket;
  };

  void Clear(size_t size) {
    size_t slots = 16;
    while (slots < 2 * size) slots *= 2;
    table_.assign(slots, 0);
    groups_.clear();
    group_of_.clear();
  }

  // The number of the key's group, which grows by one. The top bits chose the
  // part; the low ones choose the place.
  uint32_t Find(uint64_t key) {
    const size_t mask = table_.size() - 1;
    size_t i = key & mask;
    for (; table_[i] != 0; i = (i + 1) & mask) {
      Seen& group = groups_[table_[i] - 1];
      if (group.key != key) continue;
      ++group.size;
      return table_[i] - 1;
    }
    groups_.push_back({key, 1, 0});
    table_[i] = static_cast<uint32_t>(groups_.size());
    return table_[i] - 1;
  }

  std::vector<uint32_t> table_;  // group number + 1, or 0
  std::vector<Seen> groups_;
  std::vector<uint32_t> group_of_;
};

BandBuckets GroupBand(std::span<const uint64_t> keys,
                      std::span<const uint32_t> documents) {
  constexpr size_t kPartSize = 8192;  // entries, table and groups: about 400 KB
  constexpr unsigned kMaxPartBits = 12;
  unsigned bits = 0;
  while (bits < kMaxPartBits && (keys.size() >> bits) > kPartSize) ++bits;
  const auto part_of = [bits](uint64_t key) {
    return bits == 0 ? 0 : static_cast<size_t>(key >> (64 - bits));
  };
  std::vector<size_t> ends((size_t{1} << bits) + 1);
  for (const uint64_t key : keys) ++ends[part_of(key) + 1];
  for (size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<Entry> entries(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    entries[ends[part_of(keys[i])]++] = {keys[i], documents[i]};
  }
  BandBuckets band;
  Grouper grouper;
  size_t begin = 0;
  for (size_t part = 0; part + 1 < ends.size(); ++part) {
    grouper.Group({entries.data() + begin, ends[part] - begin}, &band);
    begin = ends[part];
  }
  return band;
}

}  // namespace

Buckets::Buckets(std::span<const std::vector<uint64_t>> keys,
                 std::span<const uint32_t> documents, size_t document_count,
                 int threads)
    : begins_(document_count + 1) {
  std::vector<BandBuckets> bands(keys.size());
  ParallelFor(threads, keys.size(), [&](int, size_t band) {
    bands[band] = GroupBand(keys[band], documents);
  });
  for (const BandBuckets& band : bands) {
    for (const auto& [document, bucket] : band.members) {
      ++begins_[document + 1];
    }
  }
  for (size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  members_.resize(begins_.back());
  std::vector<size_t> next(begins_.begin(), begins_.end() - 1);
  for (BandBuckets& band : bands) {
    const auto first = static_cast<uint32_t>(sizes_.size());
    for (const auto& [document, bucket] : band.members) {
      members_[next[document]++] = first + bucket;
    }
    sizes_.insert(sizes_.end(), band.sizes.begin(), band.sizes.end());
    band = BandBuckets();
  }
}

}  // namespace wirecopy
