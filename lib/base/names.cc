#include "wirecopy/names.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "base/hash.h"

namespace wirecopy {
namespace {

std::string Digits(uint64_t hash) {
  return absl::StrCat(absl::Hex(hash, absl::kZeroPad16));
}

}  // namespace

std::string ClusterName(const DocumentId& kept) {
  return Digits(
      Hash64(kept.text.data(), kept.text.size(), kept.is_integer ? 1 : 0));
}

std::string AbsentSourceName(const DocumentId& smallest) {
  return "absent-" + ClusterName(smallest);
}

std::string PassageGroupName(const DocumentId& first, size_t begin,
                             size_t end) {
  const std::string text = absl::StrCat(first.is_integer ? "i" : "s",
                                        first.text, "\n", begin, "\n", end);
  return Digits(Hash64(text.data(), text.size(), 0));
}

}  // namespace wirecopy
