#include "passage/posting_groups.h"

#include <algorithm>

#include "base/parallel.h"

namespace wirecopy {
namespace {

struct Entry {
  uint64_t hash = 0;
  size_t place = 0;  // among all fingerprints
  Posting posting;
};

// The groups of one part, numbered from 0.
struct PartGroups {
  std::vector<Posting> members;
  std::vector<size_t> ends;         // by group, into members
  std::vector<size_t> places;       // of each member
  std::vector<uint32_t> documents;  // by group, how many have it
};

void GroupPart(std::span<Entry> entries, PartGroups* out) {
  std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
    return x.hash != y.hash ? x.hash < y.hash : x.place < y.place;
  });
  for (size_t begin = 0; begin < entries.size();) {
    size_t end = begin + 1;
    while (end < entries.size() && entries[end].hash == entries[begin].hash) {
      ++end;
    }
    if (end - begin > 1) {
      uint32_t documents = 0;
      for (size_t i = begin; i < end; ++i) {
        const Posting& posting = entries[i].posting;
        documents +=
            i == begin || posting.document != out->members.back().document;
        out->members.push_back(posting);
        out->places.push_back(entries[i].place);
      }
      out->documents.push_back(documents);
      out->ends.push_back(out->members.size());
    }
    begin = end;
  }
}

// Entries by the top bits of their hashes, in their order within a part.
struct Partition {
  std::vector<Entry> entries;
  std::vector<size_t> begins;  // by part
};

Partition Split(std::span<const std::span<const Fingerprint>> documents,
                size_t total) {
  constexpr size_t kPartSize = 8192;
  constexpr unsigned kMostBits = 16;
  unsigned bits = 1;
  while (bits < kMostBits && (total >> bits) > kPartSize) ++bits;
  const auto part_of = [bits](uint64_t hash) {
    return static_cast<size_t>(hash >> (64 - bits));
  };
  std::vector<size_t> next((size_t{1} << bits) + 1);
  for (const auto document : documents) {
    for (const Fingerprint& print : document) ++next[part_of(print.hash) + 1];
  }
  for (size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  Partition result;
  result.begins = next;
  result.entries.resize(total);
  size_t place = 0;
  for (uint32_t d = 0; d < documents.size(); ++d) {
    for (const Fingerprint& print : documents[d]) {
      result.entries[next[part_of(print.hash)]++] = {
          print.hash, place++, {d, print.position}};
    }
  }
  return result;
}

}  // namespace

PostingGroups::PostingGroups(
    std::span<const std::span<const Fingerprint>> documents, int threads) {
  begins_.reserve(documents.size() + 1);
  size_t total = 0;
  for (const auto document : documents) {
    begins_.push_back(total);
    total += document.size();
  }
  begins_.push_back(total);
  Partition partition = Split(documents, total);
  std::vector<PartGroups> parts(partition.begins.size() - 1);
  ParallelFor(threads, parts.size(), [&](int, size_t part) {
    const size_t begin = partition.begins[part];
    GroupPart(
        {partition.entries.data() + begin, partition.begins[part + 1] - begin},
        &parts[part]);
  });
  partition = {};
  group_of_.assign(total, kNone);
  group_begins_.push_back(0);
  for (PartGroups& part : parts) {
    const size_t before = members_.size();
    size_t member = 0;
    for (const size_t end : part.ends) {
      const auto group = static_cast<uint32_t>(count());
      for (; member < end; ++member) group_of_[part.places[member]] = group;
      group_begins_.push_back(before + end);
    }
    members_.insert(members_.end(), part.members.begin(), part.members.end());
    documents_.insert(documents_.end(), part.documents.begin(),
                      part.documents.end());
    part = {};
  }
}

}  // namespace wirecopy
