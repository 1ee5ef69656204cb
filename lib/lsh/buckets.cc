#include "lsh/buckets.h"

#include <algorithm>

#include "base/parallel.h"

namespace wirecopy {
namespace {

struct Entry {
  uint32_t key;
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
  explicit Grouper(const SlotFilter& filter) : filter_(filter) {}

  void Group(std::span<const Entry> entries, BandBuckets* out) {
    Clear(entries.size());
    for (const Entry& entry : entries) group_of_.push_back(Find(entry.key));
    size_t shared = 0;
    for (Seen& group : groups_) {
      group.begin = shared;
      if (group.size > 1) shared += group.size;
    }
    sorted_.resize(shared);
    for (size_t i = 0; i < entries.size(); ++i) {
      Seen& group = groups_[group_of_[i]];
      if (group.size > 1) sorted_[group.begin++] = entries[i].document;
    }
    for (const Seen& group : groups_) {
      if (group.size < 2) continue;
      Take({sorted_.data() + group.begin - group.size, group.size}, out);
    }
  }

 private:
  struct Seen {
    uint32_t key;
    uint32_t size;
    size_t begin;  // in sorted_; its end once that is filled
  };

  // Adds a bucket of these documents, or of those with a possible partner.
  void Take(std::span<const uint32_t> documents, BandBuckets* out) {
    const auto bucket = static_cast<uint32_t>(out->sizes.size());
    const size_t before = out->members.size();
    const bool is_hub = documents.size() > Buckets::kHubSize;
    if (!is_hub) FindPartners(documents);
    for (size_t i = 0; i < documents.size(); ++i) {
      if (is_hub || has_partner_[i]) {
        out->members.emplace_back(documents[i], bucket);
      }
    }
    const size_t size = out->members.size() - before;
    if (size > 0) out->sizes.push_back(static_cast<uint32_t>(size));
  }

  void FindPartners(std::span<const uint32_t> documents) {
    has_partner_.assign(documents.size(), false);
    for (size_t i = 0; i < documents.size(); ++i) {
      for (size_t j = i + 1; j < documents.size(); ++j) {
        if (has_partner_[i] && has_partner_[j]) continue;
        if (!filter_.MayReach(documents[i], documents[j])) continue;
        has_partner_[i] = true;
        has_partner_[j] = true;
      }
    }
  }

  void Clear(size_t size) {
    size_t slots = 16;
    while (slots < 2 * size) slots *= 2;
    table_.assign(slots, 0);
    groups_.clear();
    group_of_.clear();
  }

  // The number of the key's group, which grows by one. The top bits chose the
  // part; the low ones choose the place.
  uint32_t Find(uint32_t key) {
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

  const SlotFilter& filter_;
  std::vector<uint32_t> table_;  // group number + 1, or 0
  std::vector<Seen> groups_;
  std::vector<uint32_t> group_of_;
  std::vector<uint32_t> sorted_;  // documents of shared groups, by group
  std::vector<bool> has_partner_;
};

// Cuts what a band groups into parts by the top bits of the keys. The parts end
// at `ends`, one after another.
std::vector<Entry> Partition(std::span<const uint32_t> keys,
                             std::span<const uint32_t> documents,
                             std::vector<size_t>* ends) {
  constexpr size_t kPartSize = 8192;  // entries, table and groups: about 300 KB
  constexpr unsigned kMaxPartBits = 12;
  unsigned bits = 0;
  while (bits < kMaxPartBits && (keys.size() >> bits) > kPartSize) ++bits;
  const auto part_of = [bits](uint32_t key) {
    return static_cast<size_t>(uint64_t{key} >> (32 - bits));
  };
  ends->assign((size_t{1} << bits) + 1, 0);
  for (const uint32_t key : keys) ++(*ends)[part_of(key) + 1];
  for (size_t i = 1; i < ends->size(); ++i) (*ends)[i] += (*ends)[i - 1];
  std::vector<Entry> entries(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    entries[(*ends)[part_of(keys[i])]++] = {keys[i], documents[i]};
  }
  ends->pop_back();
  return entries;
}

BandBuckets GroupBand(std::span<const Entry> entries,
                      std::span<const size_t> ends, const SlotFilter& filter) {
  BandBuckets band;
  Grouper grouper(filter);
  size_t begin = 0;
  for (const size_t end : ends) {
    grouper.Group(entries.subspan(begin, end - begin), &band);
    begin = end;
  }
  return band;
}

}  // namespace

Buckets::Buckets(size_t band_count, const KeysOfBand& keys_of_band,
                 std::span<const uint32_t> documents, size_t document_count,
                 const SlotFilter& filter, int threads) {
  std::vector<BandBuckets> bands(band_count);
  ParallelFor(threads, band_count, [&](int, size_t band) {
    std::vector<uint32_t> keys(documents.size());
    keys_of_band(band, keys);
    std::vector<size_t> ends;
    const std::vector<Entry> entries = Partition(keys, documents, &ends);
    keys = std::vector<uint32_t>();
    bands[band] = GroupBand(entries, ends, filter);
  });
  begins_.resize(document_count + 1);
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
