#include "lsh/buckets.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/huge_pages.h"
#include "base/parallel.h"
#include "lsh/bucket_finder.h"
#include "lsh/key_parts.h"

namespace wirecopy {
namespace {

// Documents are filed a region of numbers at a time, which a core's cache
// holds all about.
constexpr unsigned kRegionBits = 16;
constexpr size_t kRegionSize = size_t{1} << kRegionBits;

size_t RegionsOf(size_t documents) {
  return (documents + kRegionSize - 1) / kRegionSize;
}

}  // namespace

void Buckets::Band::AppendTo(PieceWriter* out) const {
  out->Add(found.count);
  out->AddList(found.hubs);
  out->Add<uint64_t>(members.size());
  for (const KeyedDocument& member : members) {
    out->Add(member.key);
    out->Add(member.document);
  }
}

bool Buckets::Band::ReadFrom(size_t document_count, PieceReader* in) {
  found.count = in->Get<uint32_t>();
  in->GetList(&found.hubs);
  const auto count = in->Get<uint64_t>();
  begins.assign(1, 0);
  members.reserve(in->MostOf(count, sizeof(KeyedDocument)));
  bool is_sound = in->ok() && found.count <= count;
  for (uint64_t i = 0; i < count && is_sound; ++i) {
    KeyedDocument member = {};
    member.key = in->Get<uint32_t>();
    member.document = in->Get<uint32_t>();
    const size_t region = member.document >> kRegionBits;
    is_sound = in->ok() && member.document < document_count &&
               member.key < found.count && region + 1 >= begins.size();
    if (!is_sound) break;
    begins.resize(region + 1, members.size());
    members.push_back(member);
  }
  begins.resize(RegionsOf(document_count) + 1, members.size());
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
         const SlotFilter& filter)
      : documents_(documents),
        regions_(RegionsOf(document_count)),
        keys_(documents.size()),
        parts_(documents.size()),
        members_(parts_.count()),
        finder_(filter) {}

  Band Find(size_t number, const KeysOfBand& keys_of_band) {
    const std::span<uint32_t> keys(keys_.data(), keys_.size());
    keys_of_band(number, keys);
    parts_.Partition(keys, documents_);
    Band band;
    for (size_t part = 0; part < parts_.count(); ++part) {
      members_[part] = finder_.Find(parts_.Part(part), &band.found);
    }
    CutIntoRegions(&band);
    return band;
  }

 private:
  template <typename Visit>
  void ForEachMember(Visit visit) {
    for (size_t part = 0; part < parts_.count(); ++part) {
      for (const KeyedDocument& member :
           parts_.Part(part).first(members_[part])) {
        visit(member);
      }
    }
  }

  void CutIntoRegions(Band* band) {
    // Counted two places on and filled one place on, a region's begin is left.
    band->begins.assign(regions_ + 2, 0);
    ForEachMember([band](const KeyedDocument& member) {
      ++band->begins[(member.document >> kRegionBits) + 2];
    });
    std::partial_sum(band->begins.begin(), band->begins.end(),
                     band->begins.begin());
    band->members.resize(band->begins.back());
    ForEachMember([band](const KeyedDocument& member) {
      const size_t region = member.document >> kRegionBits;
      band->members[band->begins[region + 1]++] = member;
    });
    band->begins.pop_back();
  }

  std::span<const uint32_t> documents_;
  size_t regions_;
  ZeroedTable<uint32_t> keys_;
  KeyParts parts_;
  std::vector<size_t> members_;  // how many, by part
  BucketFinder finder_;
};

void Buckets::FindBands(std::span<const size_t> bands,
                        const KeysOfBand& keys_of_band,
                        std::span<const uint32_t> documents,
                        size_t document_count, const SlotFilter& filter,
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
    const SlotFilter& filter, int threads) {
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
  for (const Band& band : bands) members += band.members.size();
  return members;
}

Buckets::Buckets(size_t bands, const KeysOfBand& keys_of_band,
                 std::span<const uint32_t> documents, size_t document_count,
                 const SlotFilter& filter, int threads)
    : Buckets(FindAllBands(bands, keys_of_band, documents, document_count,
                           filter, threads),
              document_count) {}

Buckets::Buckets(const std::vector<Band>& bands, size_t document_count)
    : begins_(document_count + 1), members_(CountMembers(bands)) {
  std::vector<uint32_t> firsts;  // bucket, by band
  firsts.reserve(bands.size());
  for (const Band& band : bands) {
    const size_t first = is_hub_.size();
    firsts.push_back(static_cast<uint32_t>(first));
    is_hub_.resize(first + band.found.count);
    for (const uint32_t hub : band.found.hubs) is_hub_[first + hub] = true;
  }
  size_t end = 0;
  for (size_t region = 0; region < RegionsOf(document_count); ++region) {
    end = FileRegion(region, end, bands, firsts);
  }
  begins_[document_count] = end;
}

// Files the members of a region from `end` on and says where they end.
size_t Buckets::FileRegion(size_t region, size_t end,
                           std::span<const Band> bands,
                           std::span<const uint32_t> firsts) {
  const size_t first = region * kRegionSize;
  const size_t last = std::min(first + kRegionSize, begins_.size() - 1);
  // Counts, then where the next goes.
  std::vector<size_t> at(last - first);
  for (const Band& band : bands) {
    for (const auto& member : band.Region(region)) {
      ++at[member.document - first];
    }
  }
  for (size_t i = 0; i < at.size(); ++i) {
    begins_[first + i] = end;
    end += std::exchange(at[i], end);
  }
  for (size_t b = 0; b < bands.size(); ++b) {
    for (const auto& member : bands[b].Region(region)) {
      members_[at[member.document - first]++] = firsts[b] + member.key;
    }
  }
  return end;
}

}  // namespace wirecopy
