// Signatures: a document's shingle set in 64 to 1,024 numbers, from which
// resemblance, containment and size are estimated.
//
// The native signature is Fast Similarity Sketching (Dahlgaard, Knudsen and
// Thorup 2017): slot-wise comparable like k-permutation MinHash (Broder 1997),
// unbiased at every size, of lower variance on small sets, and linear time in
// the shingles. docs/signature.md defines it to the bit.
//
// A slot holds a round number above 53 bits of hash. With s slots there are at
// most 2 s <= 2,048 rounds, which is what the 11 bits above the hash hold. A
// slot of 10^8 shingles over 1,024 slots takes the lowest of some 10^5 hashes:
// that two unrelated sets agree in one by chance has a probability of about
// 10^5 / 2^53 < 1.1e-11 (with 24 bits of hash it would be 0.6 %).
//
// All objects here are immutable values: safe to read from many threads.

#ifndef WIRECOPY_SIGNATURE_H_
#define WIRECOPY_SIGNATURE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "wirecopy/shingle.h"

namespace wirecopy {

// Of docs/signature.md. Golden tests guard it: what they hold never changes.
inline constexpr int kSignatureFormatVersion = 1;

struct SignatureParameters {
  static constexpr int kMinSlots = 64;
  static constexpr int kMaxSlots = 1024;

  ShingleOptions shingle;
  int slots = 128;

  friend bool operator==(const SignatureParameters&,
                         const SignatureParameters&) = default;
};

absl::Status Validate(const SignatureParameters& parameters);

// OK where signatures made with a and b may be compared; FailedPrecondition
// that names the first parameter in which they differ.
absl::Status CheckComparable(const SignatureParameters& a,
                             const SignatureParameters& b);

class Signature {
 public:
  // The signature of a set of shingle hashes, in any order, repeats allowed.
  // Requires valid parameters. O(n + s log s) for n hashes and s slots.
  Signature(const SignatureParameters& parameters,
            std::span<const uint64_t> shingle_hashes);

  const SignatureParameters& parameters() const { return parameters_; }

  // No shingles: resembles nothing, not even itself.
  bool empty() const { return is_exact_ && shingles_.empty(); }

  // True where the set has no more shingles than there are slots: it is then
  // kept whole, and two such signatures compare exactly.
  bool is_exact() const { return is_exact_; }

  // The sorted, distinct shingle hashes where is_exact(); else empty.
  std::span<const uint64_t> shingles() const { return shingles_; }

  // All slots, also where is_exact(): what bands are made of, and what a small
  // set is compared by with a large one.
  std::span<const uint64_t> slots() const { return slots_; }

 private:
  friend absl::StatusOr<Signature> Merge(const Signature& a,
                                         const Signature& b);
  explicit Signature(const SignatureParameters& parameters)
      : parameters_(parameters) {}

  SignatureParameters parameters_;
  bool is_exact_ = false;
  std::vector<uint64_t> shingles_;
  std::vector<uint64_t> slots_;
};

// Makes signatures of texts, keeping buffers between them. Not thread-safe.
class Sketcher {
 public:
  // Requires valid parameters.
  explicit Sketcher(const SignatureParameters& parameters)
      : parameters_(parameters), shingler_(parameters.shingle) {}

  Signature Sketch(std::string_view text) {
    return Signature(parameters_, shingler_.Hashes(text));
  }

 private:
  SignatureParameters parameters_;
  Shingler shingler_;
};

// |A n B| / |A u B|. Exact where both are; else unbiased, with a standard
// error of at most sqrt(J (1 - J) / slots). 0 where either is empty.
absl::StatusOr<double> EstimateResemblance(const Signature& a,
                                           const Signature& b);

// The share of A's shingles that B has: |A n B| / |A|. Derived from the
// resemblance and both sizes, hence rough where B is much the larger. 0 where
// either is empty.
absl::StatusOr<double> EstimateContainment(const Signature& a,
                                           const Signature& b);

// The number of distinct shingles: exact where the signature is; else with a
// relative standard error of about 1 / sqrt(slots).
double EstimateShingleCount(const Signature& signature);

// The signature of the union of the two sets.
absl::StatusOr<Signature> Merge(const Signature& a, const Signature& b);

// The low bits of each slot: 8 to 512 times smaller than a signature, for
// storage and rough comparison (Li and König 2010, b-bit minwise hashing).
class BbitSignature {
 public:
  // `bits` is 1, 2, 4, 8, 16 or 32; InvalidArgument otherwise.
  static absl::StatusOr<BbitSignature> From(const Signature& signature,
                                            int bits);

  const SignatureParameters& parameters() const { return parameters_; }
  int bits() const { return bits_; }
  bool empty() const { return empty_; }
  // Slots packed from the low end of each word on.
  std::span<const uint64_t> words() const { return words_; }

 private:
  BbitSignature() = default;

  SignatureParameters parameters_;
  int bits_ = 0;
  bool empty_ = false;
  std::vector<uint64_t> words_;
};

// Unbiased before it is clamped to [0, 1]: the share of equal slots less the
// 2^-bits that agree by chance. 0 where either is empty.
absl::StatusOr<double> EstimateResemblance(const BbitSignature& a,
                                           const BbitSignature& b);

}  // namespace wirecopy

#endif  // WIRECOPY_SIGNATURE_H_
