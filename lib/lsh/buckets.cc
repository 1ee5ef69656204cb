#include "lsh/buckets.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/huge_pages.h"
#include "base/parallel.h"
#include "lsh/bucket_finder.h"
#include "lsh/key_parts.h"

namespace wirecopy {
namespace {

uint16_t PlaceInRegion(uint32_t document) {
  static_assert(Buckets::kRegionBits == 16);
  return static_cast<uint16_t>(document);
}

}  // namespace

void Buckets::Band::AppendTo(PieceWriter* out) const {
  out->Add(found.count);
  out->AddList(found.hubs);
  out->Add<uint64_t>(bucket_of.size());
  for (uint32_t region = 0; region + 1 < begins.size(); ++region) {
    for (size_t i = begins[region]; i < begins[region + 1]; ++i) {
      out->Add(bucket_of[i]);
      out->Add(region << kRegionBits | document_of[i]);
    }
  }
}

bool Buckets::Band::ReadFrom(size_t document_count, PieceReader* in) {
  found.count = in->Get<uint32_t>();
  in->GetList(&found.hubs);
  const auto count = in->Get<uint64_t>();
  begins.assign(1, 0);
  bool is_sound = in->ok() && found.count <= count && count <= document_count &&
                  in->MostOf(count, sizeof(KeyedDocument)) == count;
  if (is_sound) {
    bucket_of = ZeroedTable<uint32_t>(count);
    document_of = ZeroedTable<uint16_t>(count);
  }
  for (uint64_t i = 0; i < count && is_sound; ++i) {
    bucket_of[i] = in->Get<uint32_t>();
    const auto document = in->Get<uint32_t>();
    const size_t region = document >> kRegionBits;
    is_sound = in->ok() && document < document_count &&
               bucket_of[i] < found.count && region + 1 >= begins.size();
    if (!is_sound) break;
    begins.resize(region + 1, i);
    document_of[i] = PlaceInRegion(document);
  }
  begins.resize(RegionsOf(document_count) + 1, bucket_of.size());
  for (size_t i = 0; i < found.hubs.size() && is_sound; ++i) {
    is_sound = found.hubs[i] < found.count &&
               (i == 0 || found.hubs[i - 1] < found.hubs[i]);
  }
  return is_sound;
}

// What a thread finds the buckets of one band after another with.
class Buckets::Worker {
 public:
  Worker(std::span<const uint32_t> documents, size_t document_count,
         const SlotFilter* filter)
      : documents_(documents),
        regions_(RegionsOf(document_count)),
        parts_(documents.size(), regions_.size()),
        finder_(filter) {}

  Band Find(size_t number, const KeysOfBand& keys_of_band) {
    Partition(number, keys_of_band);
    Band band;
    for (size_t part = 0; part < parts_.count(); ++part) {
      finder_.Find(part, &parts_, &band.found, &regions_);
    }
    TakeMembers(&band);
    return band;
  }

 private:
  // Keys are in the nearest cache from their making to their filing.
  void Partition(size_t number, const KeysOfBand& keys_of_band) {
    constexpr size_t kSlice = 1024;
    keys_.resize(std::min(kSlice, documents_.size()));
    for (size_t first = 0; first < documents_.size(); first += kSlice) {
      const size_t count = std::min(kSlice, documents_.size() - first);
      const std::span<uint32_t> keys(keys_.data(), count);
      keys_of_band(number, first, keys);
      parts_.Add(keys, documents_.subspan(first, count));
    }
    parts_.Finish();
  }

  // From the regions' lists, which are empty then.
  void TakeMembers(Band* band) {
    size_t count = 0;
    for (const EntryList& region : regions_) count += region.size();
    band->bucket_of = ZeroedTable<uint32_t>(count);
    band->document_of = ZeroedTable<uint16_t>(count);
    uint32_t* const buckets = band->bucket_of.data();
    uint16_t* const documents = band->document_of.data();
    size_t next = 0;
    for (EntryList& region : regions_) {
      band->begins.push_back(next);
      region.ForEach([&](const KeyedDocument& entry) {
        buckets[next] = entry.key;
        documents[next++] = PlaceInRegion(entry.document);
      });
      region.Clear(parts_.blocks());
    }
    band->begins.push_back(count);
  }

  std::span<const uint32_t> documents_;
  std::vector<EntryList> regions_;  // members of the band's buckets
  std::vector<uint32_t> keys_;
  KeyParts parts_;
  BucketFinder finder_;
};

void Buckets::FindBands(std::span<const size_t> bands,
                        const KeysOfBand& keys_of_band,
                        std::span<const uint32_t> documents,
                        size_t document_count, const SlotFilter* filter,
                        int threads, const TakeBand& take) {
  std::vector<std::optional<Worker>> workers(static_cast<size_t>(threads));
  ParallelFor(threads, bands.size(), [&](int worker, size_t i) {
    auto& own = workers[static_cast<size_t>(worker)];
    if (!own) own.emplace(documents, document_count, filter);
    take(bands[i], own->Find(bands[i], keys_of_band));
  });
}

std::vector<Buckets::Band> Buckets::FindAllBands(
    size_t band_count, const KeysOfBand& keys_of_band,
    std::span<const uint32_t> documents, size_t document_count,
    const SlotFilter* filter, int threads) {
  std::vector<size_t> numbers(band_count);
  std::iota(numbers.begin(), numbers.end(), size_t{0});
  std::vector<Band> bands(band_count);
  FindBands(
      numbers, keys_of_band, documents, document_count, filter, threads,
      [&bands](size_t band, Band found) { bands[band] = std::move(found); });
  return bands;
}

size_t Buckets::CountMembers(std::span<const Band> bands) {
  size_t members = 0;
  for (const Band& band : bands) members += band.bucket_of.size();
  return members;
}

Buckets::Buckets(size_t bands, const KeysOfBand& keys_of_band,
                 std::span<const uint32_t> documents, size_t document_count,
                 const SlotFilter* filter, int threads)
    : Buckets(FindAllBands(bands, keys_of_band, documents, document_count,
                           filter, threads),
              document_count) {}

Buckets::Buckets(const std::vector<Band>& bands, size_t document_count)
    : begins_(document_count + RegionsOf(document_count)),
      members_(CountMembers(bands)) {
  std::vector<uint32_t> firsts;  // bucket, by band
  firsts.reserve(bands.size());
  for (const Band& band : bands) {
    const size_t first = is_hub_.size();
    if (first + band.found.count > ~uint32_t{0}) {
      throw std::length_error("too many buckets");
    }
    firsts.push_back(static_cast<uint32_t>(first));
    is_hub_.resize(first + band.found.count);
    for (const uint32_t hub : band.found.hubs) is_hub_[first + hub] = true;
  }
  size_t end = 0;
  for (size_t region = 0; region < RegionsOf(document_count); ++region) {
    region_begins_.push_back(end);
    end += FileRegion(region, document_count, bands, firsts);
  }
}

// Files the members of a region where it begins, and says how many they are.
size_t Buckets::FileRegion(size_t region, size_t document_count,
                           std::span<const Band> bands,
                           std::span<const uint32_t> firsts) {
  const size_t first = region * kRegionSize;
  const size_t size = std::min(kRegionSize, document_count - first);
  // Counts, then where the next goes behind the region's begin.
  std::vector<uint32_t> at(size);
  for (const Band& band : bands) {
    for (const uint16_t place : band.Region(region).documents) ++at[place];
  }
  uint32_t* const begins = begins_.data() + region + first;
  uint32_t count = 0;
  for (size_t i = 0; i < size; ++i) {
    begins[i] = count;
    count += std::exchange(at[i], count);
  }
  begins[size] = count;
  uint32_t* const members = members_.data() + region_begins_[region];
  for (size_t b = 0; b < bands.size(); ++b) {
    const Band::Members own = bands[b].Region(region);
    for (size_t i = 0; i < own.documents.size(); ++i) {
      members[at[own.documents[i]]++] = firsts[b] + own.buckets[i];
    }
  }
  return count;
}

}  // namespace wirecopy
