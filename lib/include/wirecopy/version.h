// The version of the library.

#ifndef WIRECOPY_VERSION_H_
#define WIRECOPY_VERSION_H_

#include <string_view>

namespace wirecopy {

// MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0).
std::string_view Version();

}  // namespace wirecopy

#endif  // WIRECOPY_VERSION_H_
