// MinHash signatures equal, bit for bit, to those of the Python package
// datasketch (github.com/ekzhu/datasketch), for users who hold signatures made
// with it or need to compare with it.
//
// A signature has num_perm slots. Each slot belongs to one hash function drawn
// from the seed, and holds the smallest value that it gives over the items of
// a set; the share of slots in which two signatures agree estimates the
// Jaccard similarity of the sets (A. Broder, "On the resemblance and
// containment of documents", SEQUENCES 1997). The standard error is
// sqrt(J * (1 - J) / num_perm).
//
//   absl::StatusOr<DatasketchSketcher> sketcher =
//       DatasketchSketcher::Create(128, 1, DatasketchScheme::kAffine32);
//   std::vector<uint64_t> signature(sketcher->num_perm());
//   absl::Status status = sketcher->Init(signature);
//   status = sketcher->UpdateBytes("an item", signature);
//
// Only signatures of the same scheme, seed, num_perm and item hash are
// comparable. A signature does not say what it was made with, so keeping these
// apart is the caller's task.

#ifndef WIRECOPY_DATASKETCH_H_
#define WIRECOPY_DATASKETCH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wirecopy {

// How an item's hash h becomes the value of one slot, given the slot's a and b.
enum class DatasketchScheme {
  // ((a * h + b mod 2^64) mod (2^61 - 1)) mod 2^32, with a in [1, 2^61 - 2]
  // and b in [0, 2^61 - 2]. The only scheme before 2.0 (checked with 1.6.5),
  // and scheme="legacy" since. Overestimates similarity for large sets.
  kLegacy,
  // a * fmix32(h) + b mod 2^32, a odd; fmix32 is the finalizer of MurmurHash3.
  // The default since 2.0.
  kAffine32,
  // a * fmix64(h) + b mod 2^64, a odd. For sets of some 10^8 items and more,
  // where 32 bits give too many chance collisions.
  kAffine64,
};

// The most slots a signature can have here. (The package allows up to 2^32.)
inline constexpr int64_t kDatasketchMaxNumPerm = 4096;

// The hash functions of one (num_perm, seed, scheme), and what turns items
// into signatures with them. Immutable: every member may be called from any
// number of threads at once, as long as no two write the same signature.
// Copies share the functions and cost one reference count. A moved-from object
// may only be assigned to or destroyed.
//
// A signature is num_perm values of 64 bits in the caller's memory. They are
// below 2^32 except with kAffine64; Python's arrays have the same values (as
// numpy.uint32 with kAffine32).
class DatasketchSketcher {
 public:
  // Draws the functions: MinHash(num_perm, seed, scheme=...) in Python, whose
  // defaults are 128, 1 and kAffine32. O(num_perm); microseconds for 128.
  // InvalidArgument unless num_perm is in [1, kDatasketchMaxNumPerm], seed in
  // [0, 2^32 - 1] and the scheme one of the three; FailedPrecondition where
  // the process's OpenSSL configuration has no SHA-1.
  static absl::StatusOr<DatasketchSketcher> Create(int64_t num_perm,
                                                   int64_t seed,
                                                   DatasketchScheme scheme);

  // The package's default hash of an item: the first bytes of its SHA-1, read
  // as a little-endian number; four of them, or eight with kAffine64. The item
  // is any bytes, the empty string included; text is UTF-8 in the package's
  // examples. Linear in the item's length. Aborts when OpenSSL runs out of
  // memory.
  uint64_t Sha1Hash(std::string_view item) const;

  // Makes `signature` that of the empty set: empty_slot() everywhere.
  // InvalidArgument unless it has num_perm() slots.
  absl::Status Init(std::span<uint64_t> signature) const;

  // Adds the items that have these hashes to the set that `signature` stands
  // for; neither their order nor repeats matter. The hashes are Sha1Hash() of
  // items, or of any other function that spreads well (Python's hashfunc):
  // 32 bits wide with kLegacy and kAffine32, 64 with kAffine64. Wider hashes
  // are an InvalidArgument with kAffine32, as in Python; with kLegacy they are
  // accepted and give Python's values.
  //
  // InvalidArgument also where the signature has not num_perm() slots; after
  // an error it is as it was. The two spans must not overlap.
  // O(hashes * num_perm), without allocation; fastest for some hundred hashes
  // a call.
  absl::Status Update(std::span<const uint64_t> hashes,
                      std::span<uint64_t> signature) const;

  // Update() with Sha1Hash(item). To add many items, hash each and then call
  // Update() once.
  absl::Status UpdateBytes(std::string_view item,
                           std::span<uint64_t> signature) const;

  size_t num_perm() const;
  uint32_t seed() const;
  DatasketchScheme scheme() const;

  // What the slots of an empty set hold, the largest value of a slot:
  // 2^32 - 1, or 2^64 - 1 with kAffine64.
  uint64_t empty_slot() const;

  // The a and the b of every slot (Python's permutations[0] and [1]),
  // num_perm() each. Valid as long as a copy of this object lives.
  std::span<const uint64_t> multipliers() const;
  std::span<const uint64_t> increments() const;

 private:
  struct Functions;

  explicit DatasketchSketcher(std::shared_ptr<const Functions> functions);

  std::shared_ptr<const Functions> functions_;
};

// The share of equal slots, in [0, 1]: an estimate of the Jaccard similarity.
// 1 for two empty sets, as in Python. InvalidArgument where the signatures
// differ in size or have no slots. Thread-safe; O(size).
absl::StatusOr<double> DatasketchJaccard(std::span<const uint64_t> a,
                                         std::span<const uint64_t> b);

// Makes `into` the signature of the union of both sets: the smaller value of
// each slot. InvalidArgument where the sizes differ; `into` is then as it was.
// The spans may be the same but must not otherwise overlap. O(size).
absl::Status DatasketchMerge(std::span<const uint64_t> from,
                             std::span<uint64_t> into);

}  // namespace wirecopy

#endif  // WIRECOPY_DATASKETCH_H_
