#include "wirecopy/shingle.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/room.h"
#include "text/classified_text.h"
#include "text/normalize.h"
#include "text/text_kernels.h"
#include "text/token_finder.h"
#include "text/utf8.h"

namespace wirecopy {

absl::Status Validate(const ShingleOptions& options) {
  const bool words = options.unit == ShingleUnit::kWord;
  const int most =
      words ? ShingleOptions::kMaxWords : ShingleOptions::kMaxCharacters;
  if (options.k >= 1 && options.k <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("a shingle of ", options.k, words ? " words" : " characters",
                   ": the size must be from 1 to ", most));
}

struct Shingler::Buffers {
  ClassifiedText normal;
  TokenFinder finder;
  std::vector<uint32_t> char_begins;
  Room<uint64_t> tokens;  // that are in no shingle yet, or not in all
  Room<uint64_t> shingles;
  std::vector<uint64_t> set;
  std::vector<uint64_t> scratch;
  size_t token_count = 0;

  void HashWords(size_t k, uint64_t seed);
  void CombineTokens(size_t k);
  void CollapseSpaces();
  void HashCharacters(size_t k, uint64_t seed);
};

namespace {

// The size of the first piece of a text in normal form: as much as stays in a
// core's cache with what is made of it, and up to a space, which no token
// crosses.
size_t PieceSize(std::string_view text) {
  constexpr size_t kPiece = size_t{1} << 16;
  if (text.size() <= kPiece) return text.size();
  size_t space = text.rfind(' ', kPiece - 1);
  if (space == std::string_view::npos) space = text.find(' ', kPiece);
  return std::min(space, text.size() - 1) + 1;
}

}  // namespace

// Piece by piece, so that tokens are combined while they are in the cache, and
// a long text needs memory for shingles alone.
void Shingler::Buffers::HashWords(size_t k, uint64_t seed) {
  // Of ordinary text; what is not used is never touched.
  constexpr size_t kLeastBytesPerToken = 4;
  const TextKernels& kernels = ActiveTextKernels();
  tokens.clear();
  token_count = 0;
  shingles.clear();
  shingles.reserve(normal.size() / kLeastBytesPerToken);
  const std::string_view text = normal.view();
  ByteSpan piece = {0, 0};
  while (piece.end < text.size()) {
    piece.begin = piece.end;
    piece.end += PieceSize(text.substr(piece.begin));
    // Tokens are found as 32-bit offsets.
    const size_t last = piece.end - TokenFinder::Base(piece);
    if (last > std::numeric_limits<int32_t>::max() * 2ULL) continue;
    finder.FindIn(normal, piece);
    const size_t before = tokens.size();
    const size_t found = finder.begins().size();
    tokens.resize(before + found);
    kernels.hash_tokens(text.data() + TokenFinder::Base(piece),
                        finder.begins().data(), finder.ends().data(), found,
                        seed, tokens.data() + before);
    token_count += found;
    if (tokens.size() >= k) CombineTokens(k);
  }
  if (token_count > 0 && token_count < k) CombineTokens(token_count);
}

// Adds the shingles of the tokens at hand. The last k - 1 stay for those that
// reach into the next piece.
void Shingler::Buffers::CombineTokens(size_t k) {
  const size_t before = shingles.size();
  const size_t added = tokens.size() - k + 1;
  shingles.resize(before + added);
  ActiveTextKernels().combine(tokens.data(), tokens.size(), k,
                              shingles.data() + before);
  tokens.erase(tokens.begin(),
               tokens.begin() + static_cast<std::ptrdiff_t>(added));
}

// Leaves one space for each run of them and none at the ends, so that the way
// a text is wrapped and indented does not count.
void Shingler::Buffers::CollapseSpaces() {
  char* const text = normal.data();
  size_t size = 0;
  for (size_t i = 0; i < normal.size(); ++i) {
    const bool dropped = text[i] == ' ' && (size == 0 || text[size - 1] == ' ');
    if (!dropped) text[size++] = text[i];
  }
  if (size > 0 && text[size - 1] == ' ') --size;
  normal.set_size(size);
}

void Shingler::Buffers::HashCharacters(size_t k, uint64_t seed) {
  // Characters are kept as 32-bit offsets.
  if (normal.size() > std::numeric_limits<int32_t>::max() * 2ULL) {
    normal.set_size(0);
  }
  CollapseSpaces();
  const std::string_view text = normal.view();
  char_begins.clear();
  for (size_t i = 0; i < text.size(); ++i) {
    if (!IsContinuation(static_cast<unsigned char>(text[i]))) {
      char_begins.push_back(static_cast<uint32_t>(i));
    }
  }
  token_count = char_begins.size();
  char_begins.push_back(static_cast<uint32_t>(text.size()));
  k = std::min(k, token_count);
  shingles.resize(token_count == 0 ? 0 : token_count - k + 1);
  if (token_count == 0) return;
  ActiveTextKernels().hash_tokens(text.data(), char_begins.data(),
                                  char_begins.data() + k, shingles.size(), seed,
                                  shingles.data());
}

Shingler::Shingler(const ShingleOptions& options)
    : options_(options), buffers_(std::make_unique<Buffers>()) {}
Shingler::~Shingler() = default;
Shingler::Shingler(Shingler&&) noexcept = default;
Shingler& Shingler::operator=(Shingler&&) noexcept = default;

std::span<const uint64_t> Shingler::Hashes(std::string_view text) {
  NormalizeInto(text, &buffers_->normal, nullptr);
  const auto k = static_cast<size_t>(options_.k);
  if (options_.unit == ShingleUnit::kWord) {
    buffers_->HashWords(k, options_.seed);
  } else {
    buffers_->HashCharacters(k, options_.seed);
  }
  return buffers_->shingles;
}

std::span<const uint64_t> Shingler::HashedSet() {
  buffers_->set.assign(buffers_->shingles.begin(), buffers_->shingles.end());
  SortDistinct(&buffers_->set, &buffers_->scratch);
  return buffers_->set;
}

size_t Shingler::token_count() const { return buffers_->token_count; }

}  // namespace wirecopy
