#include "wirecopy/version.h"

namespace wirecopy {

std::string_view Version() { return WIRECOPY_VERSION; }

}  // namespace wirecopy
