// Where a server listens.

#ifndef WIRECOPY_CLI_SERVE_LISTEN_ADDRESS_H_
#define WIRECOPY_CLI_SERVE_LISTEN_ADDRESS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace wirecopy::cli {

struct ListenAddress {
  std::string host;
  int port = 0;  // 0: any that is free

  // Whether only programs of this machine reach it.
  bool IsLoopback() const;
};

// Whether that is this machine, as a browser knows it: "localhost", 127.0.0.1
// or [::1], with a port or without.
bool NamesLoopback(std::string_view host);

// "127.0.0.1:8080", "[::1]:8080", "localhost:0". InvalidArgument says what is
// wrong.
absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_LISTEN_ADDRESS_H_
