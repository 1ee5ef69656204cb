#include "index/stored_sets.h"

#include <memory>
#include <string>
#include <vector>

#include "base/status_macros.h"

namespace wirecopy {

absl::StatusOr<std::span<const uint64_t>> StoredSets::Of(uint32_t number) {
  set_ = recent_.Find(number);
  if (set_ != nullptr) return *set_;
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, documents_.Text(number));
  const auto set = shingler_.Set(text);
  set_ = std::make_shared<std::vector<uint64_t>>(set.begin(), set.end());
  recent_.Keep(number, set_);
  return *set_;
}

}  // namespace wirecopy
