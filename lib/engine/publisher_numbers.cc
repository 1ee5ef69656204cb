#include "engine/publisher_numbers.h"

#include <string>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

std::vector<uint32_t> NumberPublishers(const DocumentSource& source) {
  absl::flat_hash_map<std::string, uint32_t> numbers;
  std::vector<uint32_t> result;
  result.reserve(source.size());
  for (uint32_t d = 0; d < source.size(); ++d) {
    const std::string_view publisher = source.Publisher(d);
    if (publisher.empty()) {
      result.push_back(0);
      continue;
    }
    const auto next = static_cast<uint32_t>(numbers.size() + 1);
    result.push_back(
        numbers.try_emplace(std::string(publisher), next).first->second);
  }
  return result;
}

}  // namespace wirecopy
