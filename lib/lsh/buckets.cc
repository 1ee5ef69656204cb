#include "lsh/buckets.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "lsh/bucket_finder.h"
#include "lsh/key_parts.h"

namespace wirecopy {
namespace {

// Calls visit(i) for each bit i that is set.
template <typename Visit>
void ForEachBit(uint64_t bits, Visit visit) {
  for (; bits != 0; bits &= bits - 1) {
    visit(static_cast<size_t>(std::countr_zero(bits)));
  }
}

// What a thread finds the buckets of one band after another with.
class BandWorker {
 public:
  BandWorker(std::span<const uint32_t> documents, size_t document_count,
             const SlotFilter& filter)
      : documents_(documents),
        keys_(document_count),
        parts_(documents.size()),
        finder_(filter) {}

  BandBuckets Find(size_t band, const Buckets::KeysOfBand& keys_of_band) {
    const std::span<uint32_t> keys(keys_.data(), documents_.size());
    keys_of_band(band, keys);
    parts_.Partition(keys, documents_);
    // The parts have the keys; their memory serves once more.
    const std::span<uint32_t> bucket_of(keys_.data(), keys_.size());
    BandBuckets found;
    found.is_member.resize((bucket_of.size() + 63) / 64);
    for (size_t part = 0; part < parts_.count(); ++part) {
      finder_.Find(parts_.Part(part), &found, bucket_of);
    }
    ListMembers(bucket_of, &found);
    return found;
  }

 private:
  static void ListMembers(std::span<const uint32_t> bucket_of,
                          BandBuckets* band) {
    size_t members = 0;
    for (const uint64_t bits : band->is_member) {
      members += static_cast<size_t>(std::popcount(bits));
    }
    band->of_members.reserve(members);
    for (size_t w = 0; w < band->is_member.size(); ++w) {
      ForEachBit(band->is_member[w], [&](size_t i) {
        band->of_members.push_back(bucket_of[64 * w + i]);
      });
    }
  }

  std::span<const uint32_t> documents_;
  ZeroedTable<uint32_t> keys_;
  KeyParts parts_;
  BucketFinder finder_;
};

std::vector<BandBuckets> FindBands(size_t bands,
                                   const Buckets::KeysOfBand& keys_of_band,
                                   std::span<const uint32_t> documents,
                                   size_t document_count,
                                   const SlotFilter& filter, int threads) {
  std::vector<BandBuckets> found(bands);
  std::vector<std::optional<BandWorker>> workers(static_cast<size_t>(threads));
  ParallelFor(threads, bands, [&](int worker, size_t band) {
    auto& own = workers[static_cast<size_t>(worker)];
    if (!own) own.emplace(documents, document_count, filter);
    found[band] = own->Find(band, keys_of_band);
  });
  return found;
}

size_t CountMembers(std::span<const BandBuckets> bands) {
  size_t members = 0;
  for (const BandBuckets& band : bands) members += band.of_members.size();
  return members;
}

}  // namespace

Buckets::Buckets(size_t bands, const KeysOfBand& keys_of_band,
                 std::span<const uint32_t> documents, size_t document_count,
                 const SlotFilter& filter, int threads)
    : Buckets(FindBands(bands, keys_of_band, documents, document_count, filter,
                        threads),
              document_count) {}

Buckets::Buckets(const std::vector<BandBuckets>& bands, size_t document_count)
    : begins_(document_count + 1), members_(CountMembers(bands)) {
  std::vector<uint32_t> firsts;  // bucket, by band
  firsts.reserve(bands.size());
  size_t count = 0;
  for (const BandBuckets& band : bands) {
    firsts.push_back(static_cast<uint32_t>(count));
    count += band.count;
  }
  is_hub_.resize(count);
  for (size_t b = 0; b < bands.size(); ++b) {
    for (const uint32_t hub : bands[b].hubs) is_hub_[firsts[b] + hub] = true;
  }
  FileByDocument(bands, firsts);
}

// 64 documents at a time, so that all is read and written in order.
void Buckets::FileByDocument(std::span<const BandBuckets> bands,
                             std::span<const uint32_t> firsts) {
  std::vector<const uint32_t*> next;  // of each band's members
  next.reserve(bands.size());
  for (const BandBuckets& band : bands) next.push_back(band.of_members.data());
  const size_t document_count = begins_.size() - 1;
  size_t end = 0;
  for (size_t w = 0; 64 * w < document_count; ++w) {
    std::array<size_t, 64> at = {};
    for (const BandBuckets& band : bands) {
      ForEachBit(band.is_member[w], [&](size_t i) { ++at[i]; });
    }
    const size_t documents = std::min<size_t>(64, document_count - 64 * w);
    for (size_t i = 0; i < documents; ++i) {
      begins_[64 * w + i] = end;
      end += std::exchange(at[i], end);
    }
    for (size_t b = 0; b < bands.size(); ++b) {
      ForEachBit(bands[b].is_member[w],
                 [&](size_t i) { members_[at[i]++] = firsts[b] + *next[b]++; });
    }
  }
  begins_[document_count] = end;
}

}  // namespace wirecopy
