#include "cli/serve/listen_address.h"

#include <gtest/gtest.h>

namespace wirecopy::cli {
namespace {

TEST(ListenAddressTest, HostsAndPorts) {
  const auto four = ParseListenAddress("127.0.0.1:8080");
  ASSERT_TRUE(four.ok());
  EXPECT_EQ(four->host, "127.0.0.1");
  EXPECT_EQ(four->port, 8080);
  const auto six = ParseListenAddress("[::1]:0");
  ASSERT_TRUE(six.ok());
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->port, 0);
  EXPECT_EQ(ParseListenAddress("localhost:65535")->host, "localhost");
}

TEST(ListenAddressTest, OthersAreRefused) {
  for (const char* text :
       {"", ":", "127.0.0.1", "127.0.0.1:", ":80", "::1:80", "[::1]",
        "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:8o", "[]:80"}) {
    EXPECT_FALSE(ParseListenAddress(text).ok()) << text;
  }
}

TEST(ListenAddressTest, LoopbackIsThisMachineAlone) {
  for (const char* host : {"127.0.0.1", "127.9.8.7", "::1", "localhost"}) {
    EXPECT_TRUE((ListenAddress{host, 1}).IsLoopback()) << host;
  }
  for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "::2",
                           "localhost.example", "127.example"}) {
    EXPECT_FALSE((ListenAddress{host, 1}).IsLoopback()) << host;
  }
}

}  // namespace
}  // namespace wirecopy::cli
