#include "wirecopy/index.h"

namespace wirecopy {

std::string_view IndexStatusName(IndexStatus status) {
  constexpr std::string_view kNames[] = {"new", "passages", "duplicate",
                                         "revision", "present"};
  return kNames[static_cast<size_t>(status)];
}

}  // namespace wirecopy
