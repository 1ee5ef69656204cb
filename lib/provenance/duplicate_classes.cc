#include "provenance/duplicate_classes.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace wirecopy {

Clock ClockOf(const Family& family, uint32_t member) {
  if (!family.use_dates) return {};
  return {family.members[member].seconds, family.members[member].seconds_error};
}

DuplicateClasses FindDuplicateClasses(const Family& family) {
  const auto text = [&](uint32_t member) {
    return family.members[member].tokens;
  };
  std::vector<uint32_t> order(family.members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::lexicographical_compare(text(a).begin(), text(a).end(),
                                        text(b).begin(), text(b).end());
  });
  std::vector<uint32_t> first(order.size());  // the lowest of the same text
  for (size_t i = 0; i < order.size(); ++i) {
    const bool is_same =
        i > 0 && std::ranges::equal(text(order[i - 1]), text(order[i]));
    first[order[i]] = is_same ? first[order[i - 1]] : order[i];
  }
  DuplicateClasses classes;
  classes.class_of.resize(order.size());
  for (uint32_t member = 0; member < first.size(); ++member) {
    if (first[member] == member) {
      classes.class_of[member] = static_cast<uint32_t>(classes.members.size());
      classes.members.emplace_back();
    }
    classes.class_of[member] = classes.class_of[first[member]];
    classes.members[classes.class_of[member]].push_back(member);
  }
  for (std::vector<uint32_t>& members : classes.members) {
    std::stable_sort(members.begin(), members.end(), [&](auto a, auto b) {
      constexpr double kNever = std::numeric_limits<double>::infinity();
      return ClockOf(family, a).seconds.value_or(kNever) <
             ClockOf(family, b).seconds.value_or(kNever);
    });
  }
  return classes;
}

}  // namespace wirecopy
