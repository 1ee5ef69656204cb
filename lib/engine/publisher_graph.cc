#include "engine/publisher_graph.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace wirecopy {
namespace {

// Which of many equal texts another was made from, nobody knows.
constexpr double kLeastConfidence = 0.5;

struct Feed {
  uint64_t documents = 0;
  uint64_t words = 0;
  std::vector<absl::Duration> delays;
};

// Of an even number the earlier one of the two in the middle.
std::optional<absl::Duration> Median(std::vector<absl::Duration> delays) {
  if (delays.empty()) return std::nullopt;
  const auto middle =
      delays.begin() + static_cast<std::ptrdiff_t>((delays.size() - 1) / 2);
  std::nth_element(delays.begin(), middle, delays.end());
  return *middle;
}

}  // namespace

std::vector<PublisherEdge> MakePublisherGraph(
    const DocumentSource& source, std::span<const LineageRecord> lineage,
    bool use_dates) {
  std::map<std::pair<std::string, std::string>, Feed> feeds;
  for (const LineageRecord& record : lineage) {
    for (const LineageParent& parent : record.parents) {
      if (parent.confidence < kLeastConfidence) continue;
      const std::string from(source.Publisher(parent.document));
      const std::string to(source.Publisher(record.document));
      if (from.empty() || to.empty()) continue;
      Feed& feed = feeds[{from, to}];
      ++feed.documents;
      feed.words += parent.words;
      const auto sent = source.Published(parent.document);
      const auto taken = source.Published(record.document);
      if (use_dates && sent && taken && *taken >= *sent) {
        feed.delays.push_back(*taken - *sent);
      }
    }
  }
  std::vector<PublisherEdge> edges;
  edges.reserve(feeds.size());
  for (auto& [publishers, feed] : feeds) {
    edges.push_back({publishers.first, publishers.second, feed.documents,
                     feed.words, Median(std::move(feed.delays))});
  }
  return edges;
}

}  // namespace wirecopy
