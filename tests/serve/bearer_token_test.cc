#include "cli/serve/bearer_token.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

namespace wirecopy::cli {
namespace {

constexpr const char* kToken = "a-token-of-some-length";

TEST(BearerTokenTest, IsWhatTheHeaderCarries) {
  const std::string token = kToken;
  EXPECT_TRUE(HasToken("Bearer " + token, token));
  EXPECT_TRUE(HasToken("bearer " + token, token));
  for (const std::string& header :
       {std::string(), std::string("Bearer"), std::string("Bearer "), token,
        "Basic " + token, "Bearer  " + token, "Bearer " + token + "x",
        "Bearer " + token + token, "Bearer " + token.substr(1),
        "Bearer " + token.substr(0, token.size() - 1)}) {
    EXPECT_FALSE(HasToken(header, token)) << header;
  }
  // Any one character that differs.
  for (size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] ^= 1;
    EXPECT_FALSE(HasToken("Bearer " + other, token)) << i;
  }
}

std::string WriteToken(const std::string& content, mode_t mode) {
  const std::string path = testing::TempDir() + "/wirecopy_token";
  std::ofstream(path) << content;
  EXPECT_EQ(chmod(path.c_str(), mode), 0);
  return path;
}

TEST(BearerTokenTest, IsReadFromAFileOfOnesOwn) {
  const auto token = ReadToken(WriteToken(std::string(kToken) + "\nx\n", 0600));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(*token, kToken);
  EXPECT_FALSE(ReadToken(WriteToken(kToken, 0644)).ok());
  EXPECT_FALSE(ReadToken(WriteToken("short", 0600)).ok());
  EXPECT_FALSE(ReadToken(WriteToken("a token with some blanks", 0600)).ok());
  EXPECT_FALSE(ReadToken(WriteToken("", 0600)).ok());
  EXPECT_FALSE(ReadToken("/nowhere/token").ok());
}

}  // namespace
}  // namespace wirecopy::cli
