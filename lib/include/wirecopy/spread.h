// De-duplication in pieces, for programs that spread it over many machines:
// what is to be known of a document, which documents meet in a band, and who
// stays in a group that is like nothing outside of it. A framework of theirs
// carries the pieces about; Dedup (wirecopy/dedup.h), with resemblance, bands
// and stars, makes the same decisions in one place.
//
// How they go together:
// 1. BandSketcher gives each document its shingles, whose sequence tells twins,
//    its band keys and its packed slots. Twins of another document, and what
//    has no shingle, take no part in what follows.
// 2. BucketLinker sees the documents under each key of each band, and links
//    those that may be alike. A bucket of more than 128 is a hub: its members
//    are filed once more, under the shingles that PrefixFinder chooses, and
//    linked there.
// 3. What is linked is a group: its connected component. StarReplay takes the
//    groups one after another, the documents of each in keep order.
//
// Objects are not thread-safe: one a thread. Options are MatchOptions with
// resemblance, without an exact join and a bound on memory; InvalidArgument
// otherwise.

#ifndef WIRECOPY_SPREAD_H_
#define WIRECOPY_SPREAD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "wirecopy/banding.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

// Valid until the sketcher's next call.
struct SketchedDocument {
  uint64_t code_points = 0;
  std::span<const uint64_t> shingles;  // hashes in order, repeats included
  std::span<const uint32_t> keys;      // by band
  std::span<const uint64_t> packed;    // slots, for the linker
};

class BandSketcher {
 public:
  static absl::StatusOr<BandSketcher> Create(const MatchOptions& options);
  ~BandSketcher();
  BandSketcher(BandSketcher&&) noexcept;
  BandSketcher& operator=(BandSketcher&&) = delete;

  const Banding& banding() const;
  // Of SketchedDocument::packed.
  size_t packed_words() const;

  // Linear in the text.
  SketchedDocument Sketch(std::string_view text);

 private:
  struct State;
  explicit BandSketcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Two documents that may be alike. In a hub: the first of its members, and any
// of them (the first itself among them).
struct BucketLink {
  int64_t a = 0;
  int64_t b = 0;
  bool is_of_hub = false;
};

class BucketLinker {
 public:
  static absl::StatusOr<BucketLinker> Create(const MatchOptions& options);
  ~BucketLinker();
  BucketLinker(BucketLinker&&) noexcept;
  BucketLinker& operator=(BucketLinker&&) = delete;

  size_t packed_words() const;

  // The next document, whose key is that of the last or one that has not been
  // there; appends links of buckets that are whole. Holds no more than 128
  // documents, of which links join those that may be alike, directly or by way
  // of others of the bucket: fewer links than members. (Members that the slot
  // filter tells apart from all others have none.)
  void Add(uint64_t key, int64_t document, std::span<const uint64_t> packed,
           std::vector<BucketLink>* links);
  // After the last one.
  void Finish(std::vector<BucketLink>* links);

 private:
  struct State;
  explicit BucketLinker(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Chooses shingles of which any two alike documents share one (prefix
// filtering: lsh/prefix_index.h), rare ones first. How many documents have a
// shingle is counted in as many counters everywhere, whose sums all must have
// before they choose; they make a search quick, never wrong.
class PrefixFinder {
 public:
  static constexpr size_t kCounters = size_t{1} << 20;

  static absl::StatusOr<PrefixFinder> Create(const MatchOptions& options);
  ~PrefixFinder();
  PrefixFinder(PrefixFinder&&) noexcept;
  PrefixFinder& operator=(PrefixFinder&&) = delete;

  // Counts one document's shingles.
  void Count(std::string_view text);
  uint32_t CounterAt(size_t place) const;
  // Requires place < kCounters.
  void AddToCounter(size_t place, uint32_t count);

  // Rising; valid until the next call.
  std::span<const uint64_t> Prefix(std::string_view text);

 private:
  struct State;
  explicit PrefixFinder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class StarReplay {
 public:
  struct Fate {
    int64_t kept = 0;  // the document itself where it stays
    double similarity = 0;
  };

  static absl::StatusOr<StarReplay> Create(const MatchOptions& options);
  ~StarReplay();
  StarReplay(StarReplay&&) noexcept;
  StarReplay& operator=(StarReplay&&) = delete;

  // The next document of a group, or the first of another one; `in_hub` says
  // whether it is a member of any. Holds the sets of what the group keeps, and
  // nothing else of it. Linear in the text, and in the kept documents that
  // share a key, or are in hubs too.
  Fate Add(int64_t group, int64_t document, bool in_hub, std::string_view text);

 private:
  struct State;
  explicit StarReplay(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_SPREAD_H_
