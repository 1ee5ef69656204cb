// docs/openapi.json, as the build puts it into the program.

#ifndef WIRECOPY_CLI_SERVE_API_DESCRIPTION_H_
#define WIRECOPY_CLI_SERVE_API_DESCRIPTION_H_

#include <string_view>

namespace wirecopy {

extern const std::string_view kApiDescription;

}  // namespace wirecopy

#endif  // WIRECOPY_CLI_SERVE_API_DESCRIPTION_H_
