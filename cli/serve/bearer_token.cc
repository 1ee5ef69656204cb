#include "cli/serve/bearer_token.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wirecopy::cli {
namespace {

constexpr std::string_view kScheme = "bearer ";
constexpr size_t kLeastToken = 16;

}  // namespace

bool HasToken(std::string_view authorization, std::string_view token) {
  const std::string scheme = absl::AsciiStrToLower(
      std::string(authorization.substr(0, kScheme.size())));
  const std::string_view given =
      authorization.substr(std::min(authorization.size(), kScheme.size()));
  volatile size_t differences = given.size() ^ token.size();
  differences = differences | (scheme == kScheme ? 0U : 1U);
  for (size_t i = 0; i < given.size(); ++i) {
    const char expected = token[i % token.size()];
    differences = differences | static_cast<size_t>(given[i] ^ expected);
  }
  return differences == 0;
}

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  struct stat status {};
  std::ifstream file(path);
  std::string token;
  if (!file || stat(path.c_str(), &status) != 0) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path));
  }
  if (S_ISREG(status.st_mode) && (status.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " may be read by others: chmod 600 ", path));
  }
  std::getline(file, token);
  token = std::string(absl::StripAsciiWhitespace(token));
  // httplib decodes what looks like %41 in a header.
  const bool fits = std::all_of(token.begin(), token.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '%';
  });
  if (token.size() < kLeastToken || !fits) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": its first line is to be a token of at least ", kLeastToken,
        " characters, without blanks and per cent signs"));
  }
  return token;
}

}  // namespace wirecopy::cli
