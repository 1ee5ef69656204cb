#include "wirecopy/passage.h"

namespace wirecopy {

std::string_view PassageKindName(PassageKind kind) {
  constexpr std::string_view kNames[] = {"copy", "quotation", "shared",
                                         "boilerplate", "self"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace wirecopy
