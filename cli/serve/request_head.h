// The head of a request as it came: its line, and its headers.

#ifndef WIRECOPY_CLI_SERVE_REQUEST_HEAD_H_
#define WIRECOPY_CLI_SERVE_REQUEST_HEAD_H_

#include <optional>
#include <string_view>

namespace wirecopy::cli {

// What is wrong with a head, up to its empty line; nothing where it is as RFC
// 9112 has it. httplib passes over lines that are not, and so over a
// Content-Length that a proxy in front may have understood: then what one of
// them takes for a body is the next request to the other. Of headers that say
// where a request ends, and whom it is for, there is no more than one.
std::optional<std::string_view> FaultOfHead(std::string_view head);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_REQUEST_HEAD_H_
