#include "passage/furniture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"

namespace wirecopy {
namespace {

// Whether `with` of a publisher's documents having something, of which
// `others_with` of the others' have it, says that it is the publisher's own.
bool IsOwn(uint32_t with, uint32_t documents, double others_with,
           double others) {
  constexpr uint32_t kLeast = 3;
  constexpr double kLeastRate = 0.75;
  constexpr double kLeastLift = 2;
  constexpr double kLeastLogLikelihood = 8;  // once in 15,000 by chance
  const double n = documents;
  const double rate = with / n;
  const double elsewhere = (others_with + 0.5) / (others + 1);
  // With nobody to compare with, nothing is anybody's own.
  if (others == 0 || with < kLeast || rate < kLeastRate ||
      rate < kLeastLift * elsewhere) {
    return false;
  }
  double log_likelihood = with * std::log(rate / elsewhere);
  if (with < documents) {
    log_likelihood += (n - with) * std::log((1 - rate) / (1 - elsewhere));
  }
  return log_likelihood >= kLeastLogLikelihood;
}

// Tells of one fingerprint after another. Keeps its buffers.
class FurnitureTest {
 public:
  FurnitureTest(std::span<const uint32_t> publishers,
                const PublisherCounts& counts)
      : publishers_(publishers), counts_(counts) {}

  bool IsFurniture(std::span<const Posting> members) {
    of_documents_.clear();
    for (size_t i = 0; i < members.size(); ++i) {
      if (i > 0 && members[i].document == members[i - 1].document) continue;
      of_documents_.push_back(publishers_[members[i].document]);
    }
    std::sort(of_documents_.begin(), of_documents_.end());
    shares_.clear();
    uint32_t last = 0;
    for (const uint32_t publisher : of_documents_) {
      if (publisher == 0) continue;
      if (publisher != last) shares_.push_back({0, counts_.of[publisher]});
      ++shares_.back().with;
      last = publisher;
    }
    return wirecopy::IsFurniture(shares_, of_documents_.size(),
                                 counts_.documents);
  }

 private:
  std::span<const uint32_t> publishers_;
  const PublisherCounts& counts_;
  std::vector<uint32_t> of_documents_;
  std::vector<PublisherShare> shares_;
};

// The place of the paragraph that begins nearest to `token`, or `token` where
// none is near. The document's end counts as one.
uint32_t Snap(std::span<const uint32_t> paragraphs, uint32_t size,
              uint32_t token) {
  constexpr uint32_t kNear = 8;
  const auto next =
      std::lower_bound(paragraphs.begin(), paragraphs.end(), token);
  const uint32_t behind = next == paragraphs.end() ? size : *next;
  const uint32_t before = next == paragraphs.begin() ? 0 : *(next - 1);
  if (std::min(behind - token, token - before) > kNear) return token;
  return behind - token <= token - before ? behind : before;
}

// Tells whether tokens, which come in rising order, lie within spans.
class SpanCursor {
 public:
  explicit SpanCursor(std::span<const TokenSpan> spans) : spans_(spans) {}

  bool Covers(uint32_t token) {
    while (!spans_.empty() && spans_[0].end <= token) {
      spans_ = spans_.subspan(1);
    }
    return !spans_.empty() && spans_[0].begin <= token;
  }

  // How many tokens from this one on, which was asked for last, are the same.
  uint32_t Alike(uint32_t token) const {
    if (spans_.empty()) return std::numeric_limits<uint32_t>::max();
    return (spans_[0].begin <= token ? spans_[0].end : spans_[0].begin) - token;
  }

 private:
  std::span<const TokenSpan> spans_;
};

// How much of a stretch of tokens lies within spans.
enum class Covered { kNone, kSome, kAll };

Covered HowCovered(TokenSpan tokens, std::span<const TokenSpan> spans) {
  const auto first = std::partition_point(
      spans.begin(), spans.end(),
      [&tokens](TokenSpan span) { return span.end <= tokens.begin; });
  if (first == spans.end() || first->begin >= tokens.end) return Covered::kNone;
  return first->begin <= tokens.begin && first->end >= tokens.end
             ? Covered::kAll
             : Covered::kSome;
}

}  // namespace

PublisherCounts CountPublishers(std::span<const uint32_t> publishers) {
  PublisherCounts counts;
  counts.documents = publishers.size();
  for (const uint32_t publisher : publishers) {
    if (counts.of.size() <= publisher) counts.of.resize(publisher + size_t{1});
    ++counts.of[publisher];
  }
  return counts;
}

bool IsFurniture(std::span<const PublisherShare> shares, uint64_t with,
                 uint64_t documents) {
  uint64_t own = 0;
  for (const PublisherShare& share : shares) {
    if (IsOwn(share.with, share.documents,
              static_cast<double>(with) - share.with,
              static_cast<double>(documents) - share.documents)) {
      own += share.with;
    }
  }
  return 2 * own >= with;
}

std::vector<bool> FindFurniture(const PostingGroups& groups,
                                std::span<const uint32_t> publishers,
                                const PublisherCounts& counts, int threads) {
  constexpr size_t kPerTask = 1024;
  const size_t tasks = (groups.count() + kPerTask - 1) / kPerTask;
  std::vector<FurnitureTest> tests(static_cast<size_t>(threads),
                                   FurnitureTest(publishers, counts));
  std::vector<uint8_t> found(groups.count());
  ParallelFor(threads, tasks, [&](int worker, size_t task) {
    const size_t end = std::min(groups.count(), (task + 1) * kPerTask);
    for (size_t g = task * kPerTask; g < end; ++g) {
      const auto members = groups.Members(static_cast<uint32_t>(g));
      found[g] = static_cast<uint8_t>(
          tests[static_cast<size_t>(worker)].IsFurniture(members));
    }
  });
  return {found.begin(), found.end()};
}

std::vector<TokenSpan> FurnitureSpans(std::span<const Fingerprint> furniture,
                                      size_t gram,
                                      std::span<const uint32_t> paragraphs,
                                      uint32_t size) {
  constexpr uint32_t kNear = 8;  // a name in it, say
  std::vector<TokenSpan> spans;
  for (const Fingerprint& print : furniture) {
    const uint32_t begin = print.position;
    const uint32_t end = begin + static_cast<uint32_t>(gram);
    if (!spans.empty() && begin <= spans.back().end + kNear) {
      spans.back().end = end;
    } else {
      spans.push_back({begin, end});
    }
  }
  for (TokenSpan& span : spans) {
    span = {Snap(paragraphs, size, span.begin),
            Snap(paragraphs, size, span.end)};
  }
  std::erase_if(spans, [](TokenSpan span) { return span.begin >= span.end; });
  // Furniture stands around an article. Where hardly any is left, these are
  // versions of one story, of a publisher of whom little else is known.
  constexpr double kMostOfText = 0.8;
  uint32_t tokens = 0;
  for (const TokenSpan span : spans) tokens += span.size();
  if (tokens > kMostOfText * size) spans.clear();
  return spans;
}

void CutAtFurniture(const TokenPassage& passage, const TokenPair& pair,
                    std::span<const TokenRun> runs,
                    std::span<const TokenSpan> furniture_a,
                    std::span<const TokenSpan> furniture_b,
                    std::vector<PassagePart>* parts) {
  parts->clear();
  const Covered covered_a = HowCovered(passage.a, furniture_a);
  const Covered covered_b = HowCovered(passage.b, furniture_b);
  const bool is_whole =
      covered_a == Covered::kAll || covered_b == Covered::kAll;
  if (is_whole ||
      (covered_a == Covered::kNone && covered_b == Covered::kNone)) {
    parts->push_back({passage, is_whole});
    return;
  }
  SpanCursor of_a(furniture_a);
  SpanCursor of_b(furniture_b);
  for (const TokenRun& run : runs) {
    for (uint32_t i = 0, alike = 0; i < run.length; i += alike) {
      const uint32_t a = run.a + i;
      const uint32_t b = run.b + i;
      const bool in_a = of_a.Covers(a);
      const bool in_b = of_b.Covers(b);
      const bool is_furniture = in_a || in_b;
      alike = std::min({run.length - i, of_a.Alike(a), of_b.Alike(b)});
      if (parts->empty() || parts->back().is_furniture != is_furniture) {
        parts->push_back({{{a, a}, {b, b}}, is_furniture});
      }
      TokenPassage& part = parts->back().tokens;
      // Between runs nothing is equal: each edit takes a token of the longer.
      part.edits += std::max(a - part.a.end, b - part.b.end);
      part.a.end = a + alike;
      part.b.end = b + alike;
      part.words += alike;
      part.thirds += pair.Thirds(a, alike);
    }
  }
  // Of what was cut, nobody knows how rare its parts are.
  if (parts->size() == 1) parts->front().tokens.rarity = passage.rarity;
}

}  // namespace wirecopy
