#include "engine/corpus_lineage.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "cluster/union_find.h"

namespace wirecopy {

CorpusLineage::CorpusLineage(
    std::vector<std::pair<LineageRecord, Twin>> records,
    std::span<const uint32_t> rank)
    : place_of_(rank.size(), kNone) {
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return a.first.document < b.first.document;
  });
  records_.reserve(records.size());
  twins_.reserve(records.size());
  for (auto& [record, twin] : records) {
    place_of_[record.document] = static_cast<uint32_t>(records_.size());
    records_.push_back(std::move(record));
    twins_.push_back(twin);
  }
  Settle(rank);
}

uint32_t CorpusLineage::TextOf(uint32_t document) const {
  const uint32_t place = place_of_[document];
  return place == kNone ? document : twins_[place].first;
}

uint32_t CorpusLineage::SpeakerOf(uint32_t document) const {
  const uint32_t place = place_of_[document];
  if (place == kNone || !twins_[place].is_like_first) return document;
  return twins_[place].first;
}

const LineageRecord* CorpusLineage::Of(uint32_t document) const {
  const uint32_t place = place_of_[document];
  return place == kNone ? nullptr : &records_[place];
}

LineageRecord* CorpusLineage::Find(uint32_t document) {
  const uint32_t place = place_of_[document];
  return place == kNone ? nullptr : &records_[place];
}

uint32_t CorpusLineage::DepthOf(uint32_t document) const {
  const uint32_t place = place_of_[document];
  return place == kNone ? 0 : depths_[place];
}

void CorpusLineage::NumberFamilies() {
  UnionFind joined(records_.size());
  absl::flat_hash_map<uint32_t, uint32_t> of_source;
  absl::flat_hash_map<uint32_t, uint32_t> untied;  // by family so far
  for (uint32_t i = 0; i < records_.size(); ++i) {
    const LineageRecord& record = records_[i];
    const bool is_open = record.status == LineageStatus::kUndecided;
    if (!record.parents.empty()) {
      joined.Union(i, place_of_[record.parents[0].document]);
    } else if (is_open && !record.runners_up.empty()) {
      joined.Union(i, place_of_[record.runners_up[0].document]);
    } else if (is_open) {
      joined.Union(i, untied.try_emplace(record.family, i).first->second);
    }
    if (record.source_group == 0) continue;
    joined.Union(i,
                 of_source.try_emplace(record.source_group, i).first->second);
  }
  absl::flat_hash_map<uint32_t, uint32_t> numbers;
  for (uint32_t i = 0; i < records_.size(); ++i) {
    const auto next = static_cast<uint32_t>(numbers.size());
    records_[i].family =
        numbers.try_emplace(joined.Find(i), next).first->second;
  }
  families_ = static_cast<uint32_t>(numbers.size());
}

void CorpusLineage::Settle(std::span<const uint32_t> rank) {
  std::vector<uint32_t> suspects = FindDepths();
  if (!suspects.empty()) {
    DropCycles(std::move(suspects), rank);
    FindDepths();
  }
  NumberFamilies();
  FindOrigins();
}

// From the top down; a record is done when all of its parents are.
std::vector<uint32_t> CorpusLineage::FindDepths() {
  std::vector<std::vector<uint32_t>> copies(records_.size());
  std::vector<size_t> open(records_.size());
  std::vector<uint32_t> done;
  done.reserve(records_.size());
  depths_.assign(records_.size(), 0);
  for (uint32_t i = 0; i < records_.size(); ++i) {
    open[i] = records_[i].parents.size();
    if (open[i] == 0) done.push_back(i);
    for (const LineageParent& parent : records_[i].parents) {
      copies[place_of_[parent.document]].push_back(i);
    }
  }
  for (size_t next = 0; next < done.size(); ++next) {
    for (const uint32_t copy : copies[done[next]]) {
      depths_[copy] = std::max(depths_[copy], depths_[done[next]] + 1);
      if (--open[copy] == 0) done.push_back(copy);
    }
  }
  std::vector<uint32_t> left;
  for (uint32_t i = 0; i < records_.size(); ++i) {
    if (open[i] > 0) left.push_back(i);
  }
  return left;
}

void CorpusLineage::DropCycles(std::vector<uint32_t> suspects,
                               std::span<const uint32_t> rank) {
  std::sort(suspects.begin(), suspects.end(), [&](uint32_t x, uint32_t y) {
    return rank[records_[x].document] < rank[records_[y].document];
  });
  for (const uint32_t suspect : suspects) {
    LineageRecord& record = records_[suspect];
    std::vector<LineageParent> kept;
    for (const LineageParent& parent : record.parents) {
      const bool is_first = &parent == &record.parents[0];
      const std::vector<uint32_t> above =
          is_first ? std::vector<uint32_t>() : Ancestors(parent.document);
      if (!std::binary_search(above.begin(), above.end(), record.document)) {
        kept.push_back(parent);
      }
    }
    record.parents = std::move(kept);
  }
}

void CorpusLineage::FindOrigins() {
  std::vector<uint32_t> order(records_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [this](uint32_t x, uint32_t y) { return depths_[x] < depths_[y]; });
  for (const uint32_t i : order) {
    LineageRecord& record = records_[i];
    record.origin.reset();
    if (record.status == LineageStatus::kRoot) record.origin = record.document;
    if (record.status == LineageStatus::kCopy) {
      record.origin = Of(record.parents[0].document)->origin;
    }
  }
}

std::vector<uint32_t> CorpusLineage::Ancestors(uint32_t document) const {
  absl::flat_hash_set<uint32_t> seen = {document};
  std::vector<uint32_t> found;
  for (std::vector<uint32_t> open = {document}; !open.empty();) {
    const LineageRecord* const record = Of(open.back());
    open.pop_back();
    if (record == nullptr) continue;
    for (const LineageParent& parent : record->parents) {
      if (!seen.insert(parent.document).second) continue;
      found.push_back(parent.document);
      open.push_back(parent.document);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

double CorpusLineage::Descends(uint32_t copy, uint32_t source) const {
  const uint32_t top = DepthOf(source);
  if (DepthOf(copy) <= top) return 0;
  // The deepest first: then all ways to a document are known when its turn is.
  absl::flat_hash_map<uint32_t, double> sure = {{copy, 1.0}};
  std::priority_queue<std::pair<uint32_t, uint32_t>> open;
  for (open.push({DepthOf(copy), copy}); !open.empty();) {
    const uint32_t document = open.top().second;
    open.pop();
    if (document == source) return sure[source];
    const double so_far = sure[document];
    for (const LineageParent& parent : Of(document)->parents) {
      const uint32_t depth = DepthOf(parent.document);
      const bool is_between = depth > top || parent.document == source;
      if (!is_between) continue;
      const auto [way, is_new] = sure.try_emplace(parent.document, 0.0);
      way->second = std::max(way->second, so_far * parent.confidence);
      if (is_new) open.push({depth, parent.document});
    }
  }
  return 0;
}

}  // namespace wirecopy
