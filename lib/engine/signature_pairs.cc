#include "engine/signature_pairs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "sketch/sketch_kernels.h"

namespace wirecopy {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

double Share(size_t equal, size_t slots) {
  return static_cast<double>(equal) / static_cast<double>(slots);
}

// The fewest equal slots that reach the threshold.
size_t LeastEqual(double threshold, size_t slots) {
  size_t least = 1;
  while (least < slots && Share(least, slots) < threshold) ++least;
  return least;
}

double Containment(double jaccard, double own, double other) {
  return std::min(1.0, jaccard * (own + other) / (1 + jaccard) / own);
}

EstimatedPair Estimate(const SignatureTable& table_a, size_t a,
                       const SignatureTable& table_b, size_t b, size_t equal) {
  const double jaccard = Share(equal, table_a.slots());
  const auto shingles_a = static_cast<double>(table_a.Shingles(a));
  const auto shingles_b = static_cast<double>(table_b.Shingles(b));
  EstimatedPair pair;
  pair.a = a;
  pair.b = b;
  pair.jaccard = jaccard;
  pair.standard_error =
      std::sqrt(jaccard * (1 - jaccard) / static_cast<double>(table_a.slots()));
  pair.containment_a = Containment(jaccard, shingles_a, shingles_b);
  pair.containment_b = Containment(jaccard, shingles_b, shingles_a);
  return pair;
}

// Of each document of one table and each band, the documents of another that
// agree in it: a chain of rising numbers.
class BandChains {
 public:
  BandChains(const SignatureTable& table, size_t bands)
      : table_(table), bands_(bands), next_(bands * table.size(), kNone) {}

  // Within the table: the chain of a document goes on from it.
  void LinkWithin(int threads) {
    first_ = &next_;
    ParallelFor(threads, bands_, [this](int, size_t band) { Link(band); });
  }

  // From the documents of another table into this one.
  void LinkFrom(const SignatureTable& other, int threads) {
    others_.assign(bands_ * other.size(), kNone);
    first_ = &others_;
    ParallelFor(threads, bands_, [this, &other](int, size_t band) {
      const Heads heads = Link(band);
      for (size_t i = 0; i < other.size(); ++i) {
        if (other.Shingles(i) == 0) continue;
        const auto head = heads.find(Key(other, i, band));
        if (head != heads.end()) others_[i * bands_ + band] = head->second;
      }
    });
  }

  size_t bands() const { return bands_; }
  uint32_t First(size_t document, size_t band) const {
    return (*first_)[document * bands_ + band];
  }
  uint32_t Next(uint32_t member, size_t band) const {
    return next_[member * bands_ + band];
  }

 private:
  using Heads = absl::flat_hash_map<uint64_t, uint32_t>;

  uint64_t Key(const SignatureTable& table, size_t i, size_t band) const {
    const size_t begin = band * table.slots() / bands_;
    const size_t end = (band + 1) * table.slots() / bands_;
    return Hash64(table.Slots(i) + begin, (end - begin) * sizeof(uint64_t), 0);
  }

  // Backwards, so that chains rise. Empty documents stay out.
  Heads Link(size_t band) {
    Heads heads;
    for (size_t i = table_.size(); i-- > 0;) {
      if (table_.Shingles(i) == 0) continue;
      const auto [head, is_new] =
          heads.try_emplace(Key(table_, i, band), static_cast<uint32_t>(i));
      if (is_new) continue;
      next_[i * bands_ + band] = head->second;
      head->second = static_cast<uint32_t>(i);
    }
    return heads;
  }

  const SignatureTable& table_;
  const size_t bands_;
  std::vector<uint32_t> next_;    // by document, then band
  std::vector<uint32_t> others_;  // likewise, of the other table
  const std::vector<uint32_t>* first_ = nullptr;
};

// Looks up one document after another, and each candidate once.
class Search {
 public:
  Search(const SignatureTable& a, const SignatureTable& b,
         const BandChains& chains, size_t least)
      : a_(a),
        b_(b),
        chains_(chains),
        least_(least),
        seen_for_(b.size(), kNone) {}

  void Find(size_t document, std::vector<EstimatedPair>* found) {
    for (size_t band = 0; band < chains_.bands(); ++band) {
      for (uint32_t other = chains_.First(document, band); other != kNone;
           other = chains_.Next(other, band)) {
        if (seen_for_[other] == document) continue;
        seen_for_[other] = static_cast<uint32_t>(document);
        const size_t equal = ActiveSketchKernels().count_equal(
            a_.Slots(document), b_.Slots(other), a_.slots());
        if (equal < least_) continue;
        found->push_back(Estimate(a_, document, b_, other, equal));
      }
    }
    std::sort(found->begin(), found->end(),
              [](const EstimatedPair& x, const EstimatedPair& y) {
                return x.b < y.b;
              });
  }

 private:
  const SignatureTable& a_;
  const SignatureTable& b_;
  const BandChains& chains_;
  const size_t least_;
  std::vector<uint32_t> seen_for_;  // the last document that met each
};

absl::Status VisitAll(const SignatureTable& a, const SignatureTable& b,
                      const BandChains& chains, size_t least, int threads,
                      const SignaturePairs::Visit& visit) {
  constexpr size_t kBatch = 1024;
  std::vector<Search> searches;
  searches.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) searches.emplace_back(a, b, chains, least);
  for (size_t begin = 0; begin < a.size(); begin += kBatch) {
    std::vector<std::vector<EstimatedPair>> found(
        std::min(kBatch, a.size() - begin));
    ParallelFor(threads, found.size(), [&](int worker, size_t i) {
      searches[static_cast<size_t>(worker)].Find(begin + i, &found[i]);
    });
    for (const auto& pairs : found) {
      for (const EstimatedPair& pair : pairs) {
        WIRECOPY_RETURN_IF_ERROR(visit(pair));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SignaturePairs::Within(const SignatureTable& table,
                                    const Visit& visit) const {
  const size_t least = LeastEqual(threshold_, table.slots());
  BandChains chains(table, table.slots() - least + 1);
  chains.LinkWithin(threads_);
  return VisitAll(table, table, chains, least, threads_, visit);
}

absl::Status SignaturePairs::Between(const SignatureTable& a,
                                     const SignatureTable& b,
                                     const Visit& visit) const {
  const size_t least = LeastEqual(threshold_, b.slots());
  BandChains chains(b, b.slots() - least + 1);
  chains.LinkFrom(a, threads_);
  return VisitAll(a, b, chains, least, threads_, visit);
}

}  // namespace wirecopy
