// Who may ask.

#ifndef WIRECOPY_CLI_SERVE_BEARER_TOKEN_H_
#define WIRECOPY_CLI_SERVE_BEARER_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace wirecopy::cli {

// Whether an Authorization header carries this token (RFC 6750). Takes as long
// for every header of a length, so that nobody can learn the token by trying.
bool HasToken(std::string_view authorization, std::string_view token);

// The first line of a file, of at least 16 characters that a header may hold.
// InvalidArgument where it is none, or others may read the file.
absl::StatusOr<std::string> ReadToken(const std::string& path);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_BEARER_TOKEN_H_
