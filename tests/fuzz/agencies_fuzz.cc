// Any bytes as a file of agencies' names.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "io/agency_names.h"
#include "tests/fuzz/fuzz_check.h"
#include "wirecopy/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto agencies = wirecopy::ParseAgencyNames(text, "names");
  if (!agencies.ok()) {
    const std::string message(agencies.status().message());
    FUZZ_CHECK(wirecopy::IsValidUtf8(message));
    FUZZ_CHECK(message.rfind("names:", 0) == 0);
    return 0;
  }
  // Written down again, they are the same.
  std::string written;
  for (const auto& names : *agencies) {
    FUZZ_CHECK(!names.empty());
    for (const std::string& name : names) {
      FUZZ_CHECK(wirecopy::IsValidUtf8(name));
      if (&name != names.data()) written += " | ";
      written += name;
    }
    written += '\n';
  }
  const auto again = wirecopy::ParseAgencyNames(written, "names");
  FUZZ_CHECK(again.ok() && *again == *agencies);
  return 0;
}
