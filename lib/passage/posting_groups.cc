#include "passage/posting_groups.h"

#include <algorithm>

#include "base/parallel.h"

namespace wirecopy {
namespace {

struct Entry {
  uint64_t hash = 0;
  size_t place = 0;  // among all fingerprints
  uint32_t document = 0;
  uint32_t position = 0;
};

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
      result.entries[next[part_of(print.hash)]++] = {print.hash, place++, d,
                                                     print.position};
    }
  }
  return result;
}

}  // namespace

// The groups of one part of the hashes.
struct PostingGroups::Part {
  std::vector<Posting> members;
  std::vector<size_t> ends;         // by group, into members
  std::vector<size_t> places;       // of each member
  std::vector<uint32_t> documents;  // by group, how many have it
  size_t first_group = 0;           // what stands before it in all
  size_t first_member = 0;

  void Group(std::span<Entry> entries);
};

void PostingGroups::Part::Group(std::span<Entry> entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
    return x.hash != y.hash ? x.hash < y.hash : x.place < y.place;
  });
  for (size_t begin = 0; begin < entries.size();) {
    size_t end = begin + 1;
    while (end < entries.size() && entries[end].hash == entries[begin].hash) {
      ++end;
    }
    if (end - begin > 1) {
      uint32_t count = 0;
      for (size_t i = begin; i < end; ++i) {
        const Entry& entry = entries[i];
        count += i == begin || entry.document != members.back().document;
        members.push_back({entry.document, entry.position, {}});
        places.push_back(entry.place);
      }
      documents.push_back(count);
      ends.push_back(members.size());
    }
    begin = end;
  }
}

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
  std::vector<Part> parts(partition.begins.size() - 1);
  ParallelFor(threads, parts.size(), [&](int, size_t part) {
    const size_t begin = partition.begins[part];
    parts[part].Group(
        {partition.entries.data() + begin, partition.begins[part + 1] - begin});
  });
  partition = {};
  FindBefores(documents, Join(&parts, threads), threads);
  ParallelFor(threads, parts.size(), [&](int, size_t part) {
    const std::vector<size_t>& places = parts[part].places;
    Posting* member = members_.data() + parts[part].first_member;
    for (const size_t place : places) (member++)->before = before_[place];
  });
}

std::vector<uint8_t> PostingGroups::Join(std::vector<Part>* parts,
                                         int threads) {
  size_t groups = 0;
  size_t members = 0;
  for (Part& part : *parts) {
    part.first_group = groups;
    part.first_member = members;
    groups += part.ends.size();
    members += part.members.size();
  }
  group_of_.assign(begins_.back(), kNone);
  group_begins_.resize(groups + 1);
  members_.resize(members);
  documents_.resize(groups);
  std::vector<uint8_t> is_alone(group_of_.size());
  ParallelFor(threads, parts->size(), [&](int, size_t number) {
    const Part& part = (*parts)[number];
    std::copy(
        part.members.begin(), part.members.end(),
        members_.begin() + static_cast<std::ptrdiff_t>(part.first_member));
    std::copy(
        part.documents.begin(), part.documents.end(),
        documents_.begin() + static_cast<std::ptrdiff_t>(part.first_group));
    for (size_t i = 0, begin = 0; i < part.ends.size(); ++i) {
      const size_t group = part.first_group + i;
      const size_t end = part.ends[i];
      const auto is_of = [&](size_t member, uint32_t document) {
        return member >= begin && member < end &&
               part.members[member].document == document;
      };
      for (size_t member = begin; member < end; ++member) {
        const size_t place = part.places[member];
        const uint32_t document = part.members[member].document;
        group_of_[place] = static_cast<uint32_t>(group);
        is_alone[place] =
            !is_of(member - 1, document) && !is_of(member + 1, document);
      }
      group_begins_[group + 1] = part.first_member + end;
      begin = end;
    }
  });
  return is_alone;
}

void PostingGroups::FindBefores(
    std::span<const std::span<const Fingerprint>> documents,
    std::span<const uint8_t> is_alone, int threads) {
  before_.resize(group_of_.size());
  ParallelFor(threads, documents.size(), [&](int, size_t document) {
    const auto prints = documents[document];
    const size_t begin = begins_[document];
    for (size_t i = 1; i < prints.size(); ++i) {
      const size_t place = begin + i;
      if (is_alone[place] == 0 || is_alone[place - 1] == 0) continue;
      before_[place] = Before(group_of_[place - 1],
                              prints[i].position - prints[i - 1].position);
    }
  });
}

}  // namespace wirecopy
