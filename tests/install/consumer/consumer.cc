// Uses what is installed, the public headers alone, and checks that it works:
// two texts that differ in case, punctuation and width share all shingles.

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/shingle.h"
#include "wirecopy/text.h"

namespace {

std::vector<uint64_t> SetOf(std::string_view text) {
  wirecopy::Shingler shingler(wirecopy::ShingleOptions{});
  const auto set = shingler.Set(text);
  return {set.begin(), set.end()};
}

}  // namespace

int main() {
  const absl::Status status = wirecopy::Validate({.k = 0});
  const auto first = SetOf("The ferry to Kirihama leaves at noon today.");
  const auto second = SetOf("the FERRY to Kirihama leaves, at noon ｔｏｄａｙ");
  const auto third = SetOf("An owl nests in the old clock tower at Argus.");
  std::printf("%s; %zu shingles\n", std::string(status.message()).c_str(),
              first.size());
  const bool right =
      !status.ok() && first.size() == 4 && first == second && first != third;
  std::puts(right ? "consumer: ok" : "consumer: wrong shingles");
  return right ? 0 : 1;
}
