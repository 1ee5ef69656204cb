// Any bytes through the text layer: what wirecopy/text.h and
// wirecopy/shingle.h promise of every text.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz_check.h"
#include "wirecopy/shingle.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::ByteSpan;
using wirecopy::NormalizedText;
using wirecopy::ShingleOptions;
using wirecopy::Shingler;
using wirecopy::ShingleUnit;

void CheckNormalForm(std::string_view text, const NormalizedText& normal) {
  FUZZ_CHECK(wirecopy::IsValidUtf8(normal.text));
  std::string without_map;
  wirecopy::NormalizeText(text, &without_map);
  FUZZ_CHECK(without_map == normal.text);
  std::string again;
  wirecopy::NormalizeText(normal.text, &again);
  FUZZ_CHECK(again == normal.text);
}

// The original of a token: inside the text, and not before the last one's.
void CheckOriginal(std::string_view text, ByteSpan original, ByteSpan last) {
  FUZZ_CHECK(original.begin <= original.end);
  FUZZ_CHECK(original.end <= text.size());
  FUZZ_CHECK(last.begin <= original.begin);
  FUZZ_CHECK(last.end <= original.end);
}

// Returns the number of tokens.
size_t CheckTokens(std::string_view text, const NormalizedText& normal) {
  std::vector<ByteSpan> tokens;
  wirecopy::Tokenize(normal.text, &tokens);
  size_t end = 0;
  ByteSpan last;
  for (const ByteSpan token : tokens) {
    FUZZ_CHECK(end <= token.begin);
    FUZZ_CHECK(token.begin < token.end);
    end = token.end;
    const ByteSpan original = normal.map.ToOriginal(token);
    CheckOriginal(text, original, last);
    FUZZ_CHECK(original.begin < original.end);
    last = original;
  }
  FUZZ_CHECK(end <= normal.text.size());
  return tokens.size();
}

// What comes of bytes that are not in normal form is anyone's guess, but safe.
void CheckTokenizeIsSafe(std::string_view bytes) {
  std::vector<ByteSpan> tokens;
  wirecopy::Tokenize(bytes, &tokens);
  for (const ByteSpan token : tokens) {
    FUZZ_CHECK(token.begin <= token.end && token.end <= bytes.size());
  }
}

void CheckRepair(std::string_view text, const std::string& repaired,
                 size_t repairs) {
  FUZZ_CHECK(wirecopy::IsValidUtf8(repaired));
  FUZZ_CHECK((repairs == 0) == wirecopy::IsValidUtf8(text));
  FUZZ_CHECK(repairs != 0 || repaired == text);
  FUZZ_CHECK(wirecopy::CountCodePoints(repaired) <= text.size());
}

// Returns the number of tokens that the shingler saw.
size_t CheckShingles(std::string_view text, const std::string& repaired,
                     const ShingleOptions& options) {
  FUZZ_CHECK(wirecopy::Validate(options).ok());
  Shingler shingler(options);
  const auto span = shingler.Hashes(text);
  std::vector<uint64_t> hashes(span.begin(), span.end());
  const size_t tokens = shingler.token_count();
  const auto k = static_cast<size_t>(options.k);
  FUZZ_CHECK(hashes.size() ==
             (tokens < k ? std::min<size_t>(tokens, 1) : tokens - k + 1));
  FUZZ_CHECK(std::ranges::equal(shingler.Hashes(repaired), hashes));
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  FUZZ_CHECK(std::ranges::equal(shingler.Set(text), hashes));
  return tokens;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  NormalizedText normal;
  wirecopy::Normalize(text, &normal);
  CheckNormalForm(text, normal);
  const size_t tokens = CheckTokens(text, normal);
  CheckTokenizeIsSafe(text);

  std::string repaired;
  const size_t repairs = wirecopy::RepairUtf8(text, &repaired);
  CheckRepair(text, repaired, repairs);

  // The sizes of shingles hang on the input's, so that seeds remain plain text.
  const int k = 1 + static_cast<int>(size % 7);
  const uint64_t seed = size % 2;
  const size_t words =
      CheckShingles(text, repaired, {ShingleUnit::kWord, k, seed});
  FUZZ_CHECK(words == tokens);
  CheckShingles(text, repaired, {ShingleUnit::kCharacter, 3 * k, seed});
  return 0;
}
