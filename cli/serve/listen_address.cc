#include "cli/serve/listen_address.h"

#include <arpa/inet.h>

#include <charconv>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace wirecopy::cli {
namespace {

constexpr int kMostPort = 65535;

absl::Status Wrong(std::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("no address to listen on: ", std::string(text),
                   "; give it as 127.0.0.1:8080 or [::1]:8080"));
}

}  // namespace

bool ListenAddress::IsLoopback() const {
  if (host == "localhost") return true;
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) {
    return (ntohl(four.s_addr) >> 24) == 127;
  }
  in6_addr six{};
  return inet_pton(AF_INET6, host.c_str(), &six) == 1 &&
         IN6_IS_ADDR_LOOPBACK(&six);
}

bool NamesLoopback(std::string_view host) {
  auto address = ParseListenAddress(host);
  if (!address.ok())
    address = ParseListenAddress(absl::StrCat(std::string(host), ":0"));
  return address.ok() && address->IsLoopback();
}

absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return Wrong(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find_first_of("[]:") != std::string_view::npos) {
    return Wrong(text);
  }
  ListenAddress address{std::string(host), 0};
  const auto [end, error] =
      std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (host.empty() || error != std::errc() ||
      end != port.data() + port.size() || address.port < 0 ||
      address.port > kMostPort) {
    return Wrong(text);
  }
  return address;
}

}  // namespace wirecopy::cli
