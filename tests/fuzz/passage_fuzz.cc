// Two texts of any bytes: what wirecopy/passage.h promises of their passages,
// and wirecopy/offsets.h of places in them.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "passage/quotation.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/passage_check.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::OffsetConverter;
using wirecopy::OffsetUnit;
using wirecopy::PassageAligner;
using wirecopy::PassageOptions;

void Expect(const std::string& wrong) {
  if (!wrong.empty()) std::fprintf(stderr, "%s\n", wrong.c_str());
  FUZZ_CHECK(wrong.empty());
}

void CheckAlign(std::string_view a, std::string_view b,
                const PassageOptions& options) {
  PassageAligner aligner(options);
  const auto found = wirecopy::oracle::Copy(aligner, aligner.Align(a, b));
  Expect(wirecopy::oracle::CheckPassages(a, b, found));
  const auto mirrored = wirecopy::oracle::Copy(aligner, aligner.Align(b, a));
  FUZZ_CHECK(wirecopy::oracle::Mirrored(mirrored) ==
             wirecopy::oracle::Mirrored(wirecopy::oracle::Mirrored(found)));
  const auto self = wirecopy::oracle::Copy(aligner, aligner.AlignSelf(a));
  Expect(wirecopy::oracle::CheckSelfPassages(a, self));
}

void CheckQuotations(std::string_view text) {
  std::vector<wirecopy::ByteSpan> spans;
  wirecopy::FindQuotations(text, &spans);
  size_t end = 0;
  for (const wirecopy::ByteSpan span : spans) {
    FUZZ_CHECK(end <= span.begin && span.begin < span.end);
    end = span.end;
  }
  FUZZ_CHECK(end <= text.size());
}

// Offsets in any order, against a count of the bytes that begin characters.
void CheckOffsets(std::string_view text) {
  std::string repaired;
  wirecopy::RepairUtf8(text, &repaired);
  const OffsetConverter converter(repaired);
  size_t code_points = 0;
  size_t utf16 = 0;
  for (size_t i = 0; i <= repaired.size(); ++i) {
    FUZZ_CHECK(converter.Convert(i, OffsetUnit::kByte) == i);
    FUZZ_CHECK(converter.Convert(i, OffsetUnit::kCodePoint) == code_points);
    FUZZ_CHECK(converter.Convert(i, OffsetUnit::kUtf16) == utf16);
    if (i == repaired.size()) break;
    const auto byte = static_cast<unsigned char>(repaired[i]);
    code_points += (byte & 0xC0) != 0x80 ? 1 : 0;
    utf16 += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // A line of its own divides the texts, so that seeds can be read and written.
  constexpr std::string_view kBetween = "\n====\n";
  const size_t middle = input.find(kBetween);
  const bool divided = middle != std::string_view::npos;
  const std::string_view a = input.substr(0, divided ? middle : size / 2);
  const std::string_view b =
      input.substr(divided ? middle + kBetween.size() : size / 2);
  PassageOptions options;
  options.min_run = 3 + static_cast<int>(size % 7);
  options.min_words = 3 + static_cast<int>(size % 5);
  options.min_letters = static_cast<int>(size % 30);
  options.fragment_words = options.min_words + static_cast<int>(size % 2);
  options.lone_words = options.min_words;
  options.max_gap = static_cast<int>(size % 30);
  CheckAlign(a, b, options);
  options.every_run = true;
  CheckAlign(a, b, options);
  CheckQuotations(input);
  CheckOffsets(input);
  return 0;
}
