#include "passage/distinct_sides.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/parallel.h"
#include "base/room.h"

namespace wirecopy {
namespace {

using PlacesOf = absl::FunctionRef<PassagePlaces(size_t passage)>;

// A side of a passage.
struct OneSide {
  uint32_t begin;
  uint32_t end;
  uint32_t number;
};

// The sides b of pairs, by rising document and number: a counting sort, of
// which each thread counts and moves a part. The sides a are by rising document
// as they come, and behind those b of the same document.
class SidesByDocument {
 public:
  SidesByDocument(size_t passages, PlacesOf places_of, int threads)
      : passages_(passages),
        places_of_(places_of),
        parts_(static_cast<size_t>(threads)),
        next_(parts_),
        starts_(parts_),
        sides_(passages) {
    ParallelFor(threads, parts_, [this](int, size_t part) { Count(part); });
    SetPlaces();
    ParallelFor(threads, parts_, [this](int, size_t part) { Move(part); });
  }

  size_t documents() const { return begins_.size() - 1; }

  bool HasSides(size_t document) const {
    return begins_[document] < begins_[document + 1] ||
           firsts_[document] < firsts_[document + 1];
  }

  // Calls visit(span, number) for each side of a document, by rising number.
  template <typename Visit>
  void ForEachOf(size_t document, Visit visit) const {
    for (size_t i = begins_[document]; i < begins_[document + 1]; ++i) {
      visit(TokenSpan{sides_[i].begin, sides_[i].end}, sides_[i].number);
    }
    for (size_t i = firsts_[document]; i < firsts_[document + 1]; ++i) {
      const PassagePlaces passage = places_of_(i);
      const auto side = static_cast<uint32_t>(2 * i);
      visit(passage.a.tokens, side);
      if (IsOfOne(passage)) visit(passage.b.tokens, side + 1);
    }
  }

 private:
  // What a document repeats.
  static bool IsOfOne(const PassagePlaces& passage) {
    return passage.a.document == passage.b.document;
  }
  // The first passage that a document is a of.
  struct Start {
    uint32_t document = 0;
    size_t passage = 0;
  };

  size_t BeginOf(size_t part) const { return part * passages_ / parts_; }

  void Count(size_t part) {
    std::vector<size_t>& counts = next_[part];
    for (size_t i = BeginOf(part); i < BeginOf(part + 1); ++i) {
      const PassagePlaces passage = places_of_(i);
      const uint32_t last = std::max(passage.a.document, passage.b.document);
      if (counts.size() <= last) counts.resize(last + size_t{1});
      if (!IsOfOne(passage)) ++counts[passage.b.document];
      if (i == 0 || places_of_(i - 1).a.document != passage.a.document) {
        starts_[part].push_back({passage.a.document, i});
      }
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
    firsts_.reserve(documents + 1);
    for (const auto& starts : starts_) {
      for (const Start& start : starts) {
        firsts_.resize(start.document + size_t{1}, start.passage);
      }
    }
    firsts_.resize(documents + 1, passages_);
  }

  void Move(size_t part) {
    std::vector<size_t>& next = next_[part];
    for (size_t i = BeginOf(part); i < BeginOf(part + 1); ++i) {
      const PassagePlaces passage = places_of_(i);
      if (IsOfOne(passage)) continue;
      const TokenSpan tokens = passage.b.tokens;
      sides_[next[passage.b.document]++] = {tokens.begin, tokens.end,
                                            static_cast<uint32_t>(2 * i + 1)};
    }
  }

  const size_t passages_;
  const PlacesOf places_of_;
  const size_t parts_;
  // By part and document, how many sides b; then where the next one goes.
  std::vector<std::vector<size_t>> next_;
  std::vector<std::vector<Start>> starts_;  // by part
  std::vector<size_t> begins_;              // by document, into sides_
  std::vector<size_t> firsts_;  // by document, the passages that it is a of
  HugeRoom<OneSide> sides_;
};

// Numbers of one document's spans. Most are asked for again and again, and most
// of these by themselves begin where they do.
class SpanNumbers {
 public:
  void Clear() {
    numbers_.clear();
    last_.fill({});
  }

  // The number that the span got, or gets now: `next`.
  uint32_t Of(TokenSpan span, uint32_t next) {
    const uint64_t key = uint64_t{span.begin} << 32 | span.end;
    Last& last = last_[(span.begin + 7 * span.end) % last_.size()];
    if (last.key != key) {
      last = {key, numbers_.try_emplace(key, next).first->second};
    }
    return last.number;
  }

 private:
  struct Last {
    uint64_t key = 0;  // of no span: none ends at 0
    uint32_t number = 0;
  };
  absl::flat_hash_map<uint64_t, uint32_t> numbers_;
  std::array<Last, 256> last_;
};

}  // namespace

DistinctSides::DistinctSides(size_t passages, PlacesOf places_of, int threads)
    : numbers_(2 * passages) {
  const SidesByDocument by_document(passages, places_of, threads);
  std::vector<std::vector<Side>> of_document(by_document.documents());
  std::vector<SpanNumbers> known(static_cast<size_t>(threads));
  ParallelFor(threads, of_document.size(), [&](int worker, size_t document) {
    if (!by_document.HasSides(document)) return;
    SpanNumbers& numbers = known[static_cast<size_t>(worker)];
    numbers.Clear();
    std::vector<Side>& distinct = of_document[document];
    by_document.ForEachOf(document, [&](TokenSpan tokens, uint32_t side) {
      const auto next = static_cast<uint32_t>(distinct.size());
      const uint32_t number = numbers.Of(tokens, next);
      if (number == next) distinct.push_back({tokens, side});
      numbers_[side] = number;
    });
  });
  begins_.reserve(of_document.size() + 1);
  for (const std::vector<Side>& sides : of_document) {
    begins_.push_back(begins_.back() + sides.size());
  }
  sides_.resize(begins_.back());
  ParallelFor(threads, of_document.size(), [&](int, size_t document) {
    const std::vector<Side> sides = std::move(of_document[document]);
    std::copy(sides.begin(), sides.end(),
              sides_.begin() + static_cast<std::ptrdiff_t>(begins_[document]));
  });
}

void DistinctSides::Keep(std::span<const PassagePlaces> passages, int threads) {
  if (2 * passages.size() == numbers_.size()) return;
  numbers_.resize(2 * passages.size());
  for (Side& side : sides_) side.first = kNone;
  const auto keep = [this](uint32_t document, size_t side) {
    std::atomic_ref first(sides_[PlaceOf(document, side)].first);
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
      const size_t ahead = i + kPassagesAhead;
      if (ahead < end) {
        const size_t side = PlaceOf(passages[ahead].b.document, 2 * ahead + 1);
        __builtin_prefetch(&sides_[side].first);
      }
      keep(passages[i].a.document, 2 * i);
      keep(passages[i].b.document, 2 * i + 1);
    }
  });
}

}  // namespace wirecopy
