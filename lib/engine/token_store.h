// The tokens and fingerprints of a corpus, in memory: what passages are found
// with.

#ifndef WIRECOPY_ENGINE_TOKEN_STORE_H_
#define WIRECOPY_ENGINE_TOKEN_STORE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "base/zeroed_table.h"
#include "passage/token_text.h"
#include "passage/winnow.h"
#include "wirecopy/document.h"
#include "wirecopy/passage.h"

namespace wirecopy {

// Some twelve bytes a token. Immutable; safe to read from many threads.
class TokenStore {
 public:
  // Scans the source.
  static absl::StatusOr<TokenStore> Scan(const PassageOptions& options,
                                         int threads, DocumentSource* source);

  size_t size() const { return documents_.size(); }
  std::span<const TokenCode> Codes(uint32_t document) const {
    return documents_[document].codes;
  }
  std::span<const Fingerprint> Fingerprints(uint32_t document) const {
    return documents_[document].fingerprints;
  }
  // Whether any of a document's tokens is a single one (IsSingle).
  bool HasSingles(uint32_t document) const {
    return documents_[document].has_singles;
  }
  // The tokens that begin a paragraph.
  std::span<const uint32_t> Paragraphs(uint32_t document) const {
    return documents_[document].paragraphs;
  }

 private:
  friend class TokenSink;

  // One block's, text by text.
  struct Block {
    std::vector<TokenCode> codes;
    std::vector<Fingerprint> fingerprints;
    std::vector<uint32_t> paragraphs;
    std::vector<size_t> code_ends;
    std::vector<size_t> fingerprint_ends;
    std::vector<size_t> paragraph_ends;
  };
  // In one line of a cache: which one is asked for next is anybody's guess.
  struct alignas(64) Document {
    std::span<const TokenCode> codes;
    std::span<const Fingerprint> fingerprints;
    std::span<const uint32_t> paragraphs;
    bool has_singles = true;
  };

  // Moves all codes to where pages are huge, for pairs look at any two texts.
  // Returns where each block's begin.
  std::vector<size_t> JoinCodes();

  // A deque, so that blocks stay where they are while others are begun. Their
  // codes have moved.
  std::deque<Block> blocks_;
  ZeroedTable<TokenCode> codes_{0};
  std::vector<Document> documents_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TOKEN_STORE_H_
