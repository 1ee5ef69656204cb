#include "report/content_policy.h"

#include <openssl/sha.h>

#include <array>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace wirecopy {
namespace {

std::string HashSource(std::string_view content) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(),
         digest.data());
  const std::string bytes(digest.begin(), digest.end());
  return absl::StrCat("'sha256-", absl::Base64Escape(bytes), "'");
}

}  // namespace

std::string ContentPolicy(std::string_view script, std::string_view style) {
  return absl::StrCat(
      "default-src 'none'; base-uri 'none'; "
      "form-action 'none'; script-src ",
      HashSource(script), "; style-src ", HashSource(style));
}

}  // namespace wirecopy
