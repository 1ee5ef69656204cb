#include "engine/equal_documents.h"

#include <cstddef>
#include <span>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

EqualDocuments::EqualDocuments(const TokenStore& store)
    : first_(store.size()), has_equal_(store.size()) {
  absl::flat_hash_map<std::string_view, uint32_t> known;
  known.reserve(store.size());
  for (uint32_t document = 0; document < store.size(); ++document) {
    const auto codes = std::as_bytes(store.Codes(document));
    const std::string_view key(reinterpret_cast<const char*>(codes.data()),
                               codes.size());
    const uint32_t first = known.try_emplace(key, document).first->second;
    first_[document] = first;
    if (first != document) has_equal_[first] = has_equal_[document] = true;
  }
}

}  // namespace wirecopy
