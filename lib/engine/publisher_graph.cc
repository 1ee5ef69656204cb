#include "engine/publisher_graph.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
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
std::optional<absl::Duration> Median(std::span<const absl::Duration> rising) {
  if (rising.empty()) return std::nullopt;
  return rising[(rising.size() - 1) / 2];
}

// How far a time may be off.
absl::Duration ErrorOf(const PublicationTime& time) {
  return time.is_uncertain ? absl::Hours(24) : absl::ZeroDuration();
}

std::optional<absl::Duration> DelayOf(const TracedTexts& texts, uint32_t parent,
                                      uint32_t copy) {
  if (!texts.Has(parent) || !texts.Has(copy)) return std::nullopt;
  const PublicationTime sent = texts.Of(parent).published;
  const PublicationTime taken = texts.Of(copy).published;
  if (!sent.is_known || !taken.is_known) return std::nullopt;
  const absl::Duration delay = taken.time - sent.time;
  const absl::Duration error = ErrorOf(sent) + ErrorOf(taken);
  const bool is_told = error == absl::ZeroDuration() || delay > error;
  if (delay < absl::ZeroDuration() || !is_told) return std::nullopt;
  return delay;
}

}  // namespace

std::vector<PublisherEdge> MakePublisherGraph(
    const DocumentSource& source, const TracedTexts& texts,
    std::span<const LineageRecord> lineage, bool keeps_delays) {
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
      const auto delay = DelayOf(texts, parent.document, record.document);
      if (delay.has_value()) feed.delays.push_back(*delay);
    }
  }
  std::vector<PublisherEdge> edges;
  edges.reserve(feeds.size());
  for (auto& [publishers, feed] : feeds) {
    std::sort(feed.delays.begin(), feed.delays.end());
    edges.push_back({publishers.first,
                     publishers.second,
                     feed.documents,
                     feed.words,
                     Median(feed.delays),
                     {}});
    if (keeps_delays) edges.back().delays = std::move(feed.delays);
  }
  return edges;
}

}  // namespace wirecopy
