#include "wirecopy/datasketch.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/numpy_random.h"
#include "sketch/sketch_kernels.h"

namespace wirecopy {

struct DatasketchSketcher::Functions {
  DatasketchScheme scheme = DatasketchScheme::kAffine32;
  uint32_t seed = 1;
  std::vector<uint64_t> multipliers;
  std::vector<uint64_t> increments;
};

namespace {

constexpr uint64_t kMax32 = std::numeric_limits<uint32_t>::max();
constexpr uint64_t kMax64 = std::numeric_limits<uint64_t>::max();

// The legacy scheme draws the numbers slot by slot, the others all multipliers
// first; so only with legacy do the first slots not depend on how many there
// are.
void DrawLegacy(NumpyRandom& random, std::vector<uint64_t>& multipliers,
                std::vector<uint64_t>& increments) {
  constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;
  for (size_t i = 0; i < multipliers.size(); ++i) {
    multipliers[i] = random.Uniform64(1, kPrime - 1);
    increments[i] = random.Uniform64(0, kPrime - 1);
  }
}

void DrawAffine32(NumpyRandom& random, std::vector<uint64_t>& multipliers,
                  std::vector<uint64_t>& increments) {
  for (uint64_t& a : multipliers) {
    a = uint64_t{random.Uniform32(0, kMax32 / 2)} * 2 + 1;
  }
  for (uint64_t& b : increments) b = random.Next32();
}

void DrawAffine64(NumpyRandom& random, std::vector<uint64_t>& multipliers,
                  std::vector<uint64_t>& increments) {
  for (uint64_t& a : multipliers) a = random.Uniform64(0, kMax64 / 2) * 2 + 1;
  for (uint64_t& b : increments) b = random.Next64();
}

// Found by name once a process, since that search takes longer than hashing a
// short item. Never freed: threads may hash until the process ends. Null where
// OpenSSL has no SHA-1.
const EVP_MD* Sha1Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  return algorithm;
}

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

using Sha1Digest = std::array<unsigned char, 20>;

// One context a thread rather than one an item (or OpenSSL's one-shot
// functions, which make one each): short items take a third less time.
Sha1Digest Sha1(std::string_view item) {
  thread_local const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(
      EVP_MD_CTX_new());
  Sha1Digest digest;
  EVP_MD_CTX* const raw = context.get();
  if (raw == nullptr ||
      EVP_DigestInit_ex2(raw, Sha1Algorithm(), nullptr) != 1 ||
      EVP_DigestUpdate(raw, item.data(), item.size()) != 1 ||
      EVP_DigestFinal_ex(raw, digest.data(), nullptr) != 1) {
    // Create() has seen that the algorithm is there, so memory has run out.
    std::fputs("wirecopy: OpenSSL cannot compute a SHA-1\n", stderr);
    std::abort();
  }
  return digest;
}

absl::Status CheckSize(size_t size, size_t num_perm) {
  if (size == num_perm) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "the signature has ", size, " slots and not num_perm, ", num_perm));
}

absl::Status CheckNarrow(std::span<const uint64_t> hashes) {
  // No early exit: the loop is then vector code, and errors are rare.
  uint64_t bits = 0;
  for (const uint64_t hash : hashes) bits |= hash;
  if (bits <= kMax32) return absl::OkStatus();
  const auto wide = std::find_if(hashes.begin(), hashes.end(),
                                 [](uint64_t hash) { return hash > kMax32; });
  return absl::InvalidArgumentError(
      absl::StrCat("the hash ", *wide, " at ", wide - hashes.begin(),
                   " has more than the 32 bits of the scheme affine32"));
}

absl::Status CheckParameters(int64_t num_perm, int64_t seed) {
  if (num_perm < 1 || num_perm > kDatasketchMaxNumPerm) {
    return absl::InvalidArgumentError(absl::StrCat("num_perm is ", num_perm,
                                                   ", not between 1 and ",
                                                   kDatasketchMaxNumPerm));
  }
  if (seed < 0 || seed > static_cast<int64_t>(kMax32)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the seed is ", seed, ", not between 0 and ", kMax32));
  }
  return absl::OkStatus();
}

}  // namespace

DatasketchSketcher::DatasketchSketcher(
    std::shared_ptr<const Functions> functions)
    : functions_(std::move(functions)) {}

absl::StatusOr<DatasketchSketcher> DatasketchSketcher::Create(
    int64_t num_perm, int64_t seed, DatasketchScheme scheme) {
  absl::Status status = CheckParameters(num_perm, seed);
  if (!status.ok()) return status;
  if (Sha1Algorithm() == nullptr) {
    return absl::FailedPreconditionError("this OpenSSL offers no SHA-1");
  }
  auto functions = std::make_shared<Functions>();
  functions->scheme = scheme;
  functions->seed = static_cast<uint32_t>(seed);
  std::vector<uint64_t>& multipliers = functions->multipliers;
  std::vector<uint64_t>& increments = functions->increments;
  multipliers.resize(static_cast<size_t>(num_perm));
  increments.resize(multipliers.size());
  NumpyRandom random(functions->seed);
  switch (scheme) {
    case DatasketchScheme::kLegacy:
      DrawLegacy(random, multipliers, increments);
      break;
    case DatasketchScheme::kAffine32:
      DrawAffine32(random, multipliers, increments);
      break;
    case DatasketchScheme::kAffine64:
      DrawAffine64(random, multipliers, increments);
      break;
    default:
      return absl::InvalidArgumentError("no such datasketch scheme");
  }
  return DatasketchSketcher(std::move(functions));
}

uint64_t DatasketchSketcher::Sha1Hash(std::string_view item) const {
  const Sha1Digest digest = Sha1(item);
  const size_t width = scheme() == DatasketchScheme::kAffine64 ? 8 : 4;
  uint64_t hash = 0;
  for (size_t i = 0; i < width; ++i) hash |= uint64_t{digest[i]} << (8 * i);
  return hash;
}

absl::Status DatasketchSketcher::Init(std::span<uint64_t> signature) const {
  absl::Status status = CheckSize(signature.size(), num_perm());
  if (status.ok()) std::ranges::fill(signature, empty_slot());
  return status;
}

absl::Status DatasketchSketcher::Update(std::span<const uint64_t> hashes,
                                        std::span<uint64_t> signature) const {
  absl::Status status = CheckSize(signature.size(), num_perm());
  if (!status.ok()) return status;
  const auto run = [&](auto update) {
    update(functions_->multipliers.data(), functions_->increments.data(),
           hashes.data(), hashes.size(), signature.data(), signature.size());
  };
  switch (functions_->scheme) {
    case DatasketchScheme::kLegacy:
      run(ActiveSketchKernels().datasketch_legacy);
      break;
    case DatasketchScheme::kAffine32:
      status = CheckNarrow(hashes);
      if (!status.ok()) return status;
      run(ActiveSketchKernels().datasketch_affine32);
      break;
    case DatasketchScheme::kAffine64:
      run(ActiveSketchKernels().datasketch_affine64);
      break;
  }
  return absl::OkStatus();
}

absl::Status DatasketchSketcher::UpdateBytes(
    std::string_view item, std::span<uint64_t> signature) const {
  const uint64_t hash = Sha1Hash(item);
  return Update(std::span(&hash, 1), signature);
}

size_t DatasketchSketcher::num_perm() const {
  return functions_->multipliers.size();
}

uint32_t DatasketchSketcher::seed() const { return functions_->seed; }

DatasketchScheme DatasketchSketcher::scheme() const {
  return functions_->scheme;
}

uint64_t DatasketchSketcher::empty_slot() const {
  return scheme() == DatasketchScheme::kAffine64 ? kMax64 : kMax32;
}

std::span<const uint64_t> DatasketchSketcher::multipliers() const {
  return functions_->multipliers;
}

std::span<const uint64_t> DatasketchSketcher::increments() const {
  return functions_->increments;
}

absl::StatusOr<double> DatasketchJaccard(std::span<const uint64_t> a,
                                         std::span<const uint64_t> b) {
  if (a.size() != b.size() || a.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot compare signatures of ", a.size(), " and ",
                     b.size(), " slots"));
  }
  size_t equal = 0;
  for (size_t i = 0; i < a.size(); ++i) equal += size_t{a[i] == b[i]};
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

absl::Status DatasketchMerge(std::span<const uint64_t> from,
                             std::span<uint64_t> into) {
  if (from.size() != into.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot merge a signature of ", from.size(),
                     " slots into one of ", into.size()));
  }
  for (size_t i = 0; i < into.size(); ++i) {
    into[i] = std::min(from[i], into[i]);
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
