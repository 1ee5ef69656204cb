#include "passage/distinct_sides.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/parallel.h"

namespace wirecopy {
namespace {

using PlacesOf = absl::FunctionRef<PassagePlaces(size_t passage)>;

// A side of a passage. Has no values at first: who fills it touches its memory
// first.
struct OneSide {
  uint32_t begin;
  uint32_t end;
  uint32_t number;
};

// All sides, by rising document and number: a counting sort, of which each
// thread counts and moves a part.
class SidesByDocument {
 public:
  SidesByDocument(size_t passages, PlacesOf places_of, int threads)
      : passages_(passages),
        places_of_(places_of),
        parts_(static_cast<size_t>(threads)),
        next_(parts_),
        sides_(std::make_unique_for_overwrite<OneSide[]>(2 * passages)) {
    ParallelFor(threads, parts_, [this](int, size_t part) { Count(part); });
    SetPlaces();
    ParallelFor(threads, parts_, [this](int, size_t part) { Move(part); });
  }

  size_t documents() const { return begins_.size() - 1; }
  std::span<const OneSide> Of(size_t document) const {
    return {sides_.get() + begins_[document],
            begins_[document + 1] - begins_[document]};
  }

 private:
  size_t BeginOf(size_t part) const { return part * passages_ / parts_; }

  void Count(size_t part) {
    std::vector<size_t>& counts = next_[part];
    const auto count = [&counts](uint32_t document) {
      if (counts.size() <= document) counts.resize(document + size_t{1});
      ++counts[document];
    };
    for (size_t i = BeginOf(part); i < BeginOf(part + 1); ++i) {
      const PassagePlaces passage = places_of_(i);
      count(passage.a.document);
      count(passage.b.document);
    }
  }

  // From counts to where each part's sides of a document begin.
  void SetPlaces() {
    size_t documents = 0;
    for (const auto& counts : next_) {
      documents = std::max(documents, counts.size());
    }
    for (auto& counts : next_) counts.resize(documents);
    begins_.reserve(documents + 1);
    size_t begin = 0;
    for (size_t document = 0; document < documents; ++document) {
      begins_.push_back(begin);
      for (auto& counts : next_) {
        begin += std::exchange(counts[document], begin);
      }
    }
    begins_.push_back(begin);
  }

  void Move(size_t part) {
    std::vector<size_t>& next = next_[part];
    for (size_t i = BeginOf(part); i < BeginOf(part + 1); ++i) {
      const PassagePlaces passage = places_of_(i);
      auto side = static_cast<uint32_t>(2 * i);
      for (const PlacedSpan& span : {passage.a, passage.b}) {
        sides_[next[span.document]++] = {span.tokens.begin, span.tokens.end,
                                         side++};
      }
    }
  }

  const size_t passages_;
  const PlacesOf places_of_;
  const size_t parts_;
  std::vector<std::vector<size_t>> next_;  // by part and document
  std::vector<size_t> begins_;             // by document
  std::unique_ptr<OneSide[]> sides_;
};

}  // namespace

DistinctSides::DistinctSides(size_t passages, PlacesOf places_of, int threads)
    : numbers_(2 * passages) {
  const SidesByDocument by_document(passages, places_of, threads);
  of_document_.resize(by_document.documents());
  using SpanNumbers = absl::flat_hash_map<uint64_t, uint32_t>;
  std::vector<SpanNumbers> known(static_cast<size_t>(threads));
  ParallelFor(threads, of_document_.size(), [&](int worker, size_t document) {
    SpanNumbers& numbers = known[static_cast<size_t>(worker)];
    numbers.clear();
    std::vector<Side>& distinct = of_document_[document];
    for (const OneSide& side : by_document.Of(document)) {
      const auto [entry, is_new] =
          numbers.try_emplace(uint64_t{side.begin} << 32 | side.end,
                              static_cast<uint32_t>(distinct.size()));
      if (is_new) distinct.push_back({{side.begin, side.end}, side.number});
      numbers_[side.number] = entry->second;
    }
  });
}

void DistinctSides::Keep(std::span<const PassagePlaces> passages, int threads) {
  if (2 * passages.size() == numbers_.size()) return;
  numbers_.resize(2 * passages.size());
  ParallelFor(threads, of_document_.size(), [this](int, size_t document) {
    for (Side& side : of_document_[document]) side.first = kNone;
  });
  const auto keep = [this](uint32_t document, size_t side) {
    std::atomic_ref first(of_document_[document][numbers_[side]].first);
    uint32_t known = first.load(std::memory_order_relaxed);
    while (side < known &&
           !first.compare_exchange_weak(known, static_cast<uint32_t>(side),
                                        std::memory_order_relaxed)) {
    }
  };
  const auto parts = static_cast<size_t>(threads);
  ParallelFor(threads, parts, [&](int, size_t part) {
    const size_t end = (part + 1) * passages.size() / parts;
    for (size_t i = part * passages.size() / parts; i < end; ++i) {
      keep(passages[i].a.document, 2 * i);
      keep(passages[i].b.document, 2 * i + 1);
    }
  });
}

}  // namespace wirecopy
