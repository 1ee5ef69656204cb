// Which documents have the same tokens, by their codes: whatever passages one
// of them has in common with another text, they all have.

#ifndef WIRECOPY_ENGINE_EQUAL_DOCUMENTS_H_
#define WIRECOPY_ENGINE_EQUAL_DOCUMENTS_H_

#include <cstdint>
#include <vector>

#include "engine/token_store.h"

namespace wirecopy {

// Immutable; safe to read from many threads.
class EqualDocuments {
 public:
  EqualDocuments() = default;  // of no documents
  // Linear in the tokens.
  explicit EqualDocuments(const TokenStore& store);

  // Whether any other document has the same tokens.
  bool HasEqual(uint32_t document) const { return has_equal_[document]; }
  // The first document that has the same tokens: itself perhaps.
  uint32_t FirstOf(uint32_t document) const { return first_[document]; }

 private:
  std::vector<uint32_t> first_;
  std::vector<bool> has_equal_;  // few bytes: it is asked of each pair
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_EQUAL_DOCUMENTS_H_
