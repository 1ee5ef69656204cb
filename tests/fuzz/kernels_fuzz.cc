// Any bytes through every instruction set's kernels of text and JSON: each does
// what the portable ones do.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "io/json_kernels.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/simd_levels.h"
#include "text/text_kernels.h"
#include "text/unicode.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::ByteSpan;
using wirecopy::JsonKernels;
using wirecopy::SimdLevel;
using wirecopy::TextKernels;

using Bitmap = std::vector<uint64_t>;

// What a kernel may read behind its input is never the same.
std::string Padded(std::string_view text, SimdLevel level) {
  const auto filler = static_cast<char>(0x41 + 0x3D * static_cast<int>(level));
  return std::string(text) + std::string(wirecopy::kTextPadding, filler);
}

// What is copied of a text, and the classes of that.
struct Folded {
  std::vector<std::string> parts;
  std::vector<Bitmap> classes = std::vector<Bitmap>(5);
  bool operator==(const Folded&) const = default;
};

Folded Fold(const TextKernels& kernels, std::string_view text, int kinds) {
  // Goes on behind what stopped it, as if that were another text.
  Folded folded;
  std::string to(text.size() + wirecopy::kTextPadding, '\0');
  std::vector<wirecopy::WideClasses> words(text.size() / 64 + 2);
  wirecopy::WideClassMap classes = {words.data(), false};
  size_t place = 0;
  for (size_t begin = 0; begin < text.size(); ++begin) {
    const std::string_view rest = text.substr(begin);
    const auto done =
        kernels.fold(rest.data(), rest.size(), wirecopy::KernelFacts(), kinds,
                     to.data(), place, &classes);
    FUZZ_CHECK(done.read <= rest.size() && done.written <= done.read);
    folded.parts.push_back(std::to_string(done.read) + ":" +
                           to.substr(place, done.written));
    place += done.written;
    begin += done.read;
  }
  bool has_any = false;
  for (const wirecopy::WideClasses& word : words) {
    const uint64_t of[] = {word.letters, word.digits, word.singles, word.starts,
                           word.marks};
    for (size_t i = 0; i < 5; ++i) {
      folded.classes[i].push_back(of[i]);
      has_any = has_any || of[i] != 0;
    }
  }
  FUZZ_CHECK(classes.has_any == has_any);
  return folded;
}

std::vector<Bitmap> Classify(const TextKernels& kernels, const char* text,
                             size_t size) {
  std::vector<Bitmap> found(3, Bitmap(size / 64 + 2));
  kernels.classify(text, size,
                   {found[0].data(), found[1].data(), found[2].data()});
  return found;
}

// Where tokens begin and end, and how many there are, with singles and without.
std::vector<Bitmap> Borders(const TextKernels& kernels,
                            const std::vector<Bitmap>& classes,
                            const std::vector<Bitmap>& wide) {
  std::vector<Bitmap> found;
  for (const bool has_wide : {false, true}) {
    std::vector<Bitmap> bitmaps = classes;
    const size_t count = kernels.mark_borders(
        {bitmaps[0].data(), bitmaps[1].data(), bitmaps[2].data()},
        has_wide ? wide[2].data() : nullptr,
        has_wide ? wide[3].data() : nullptr, bitmaps[0].size());
    found.insert(found.end(), {bitmaps[0], bitmaps[1], {count}});
  }
  return found;
}

std::vector<uint32_t> Positions(const TextKernels& kernels,
                                const Bitmap& bitmap) {
  std::vector<uint32_t> found(bitmap.size() * 64 + wirecopy::kPositionPadding);
  found.resize(
      kernels.bit_positions(bitmap.data(), bitmap.size(), found.data()));
  return found;
}

// Hashes of tokens, then shingles of 1, 5 and 64 of them.
std::vector<std::vector<uint64_t>> Hashes(const TextKernels& kernels,
                                          const char* text,
                                          const std::vector<ByteSpan>& tokens) {
  std::vector<uint32_t> begins;
  std::vector<uint32_t> ends;
  for (const ByteSpan& token : tokens) {
    begins.push_back(static_cast<uint32_t>(token.begin));
    ends.push_back(static_cast<uint32_t>(token.end));
  }
  std::vector<std::vector<uint64_t>> found(1);
  found[0].resize(tokens.size());
  kernels.hash_tokens(text, begins.data(), ends.data(), tokens.size(),
                      /*seed=*/tokens.size(), found[0].data());
  for (const size_t k : {size_t{1}, size_t{5}, size_t{64}}) {
    if (k > tokens.size()) break;
    std::vector<uint64_t> shingles(tokens.size() - k + 1);
    kernels.combine(found[0].data(), tokens.size(), k, shingles.data());
    found.push_back(std::move(shingles));
  }
  return found;
}

std::vector<std::string> CopyStrings(const JsonKernels& kernels,
                                     std::string_view text) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin < text.size(); ++begin) {
    const std::string_view rest = text.substr(begin);
    const std::string from =
        std::string(rest) + std::string(wirecopy::kJsonPadding, '"');
    std::string to(rest.size() + wirecopy::kJsonPadding, '\0');
    const auto done = kernels.copy_string(from.data(), rest.size(), to.data());
    FUZZ_CHECK(done.read <= rest.size() && done.written <= done.read);
    parts.push_back(std::to_string(done.read) + (done.has_wide ? "w" : ":") +
                    to.substr(0, done.written));
    begin += done.read;
  }
  return parts;
}

auto AllOf(SimdLevel level, std::string_view text,
           const std::vector<ByteSpan>& tokens) {
  const TextKernels& kernels = wirecopy::TextKernelsFor(level);
  const std::string padded = Padded(text, level);
  const char* const data = padded.data();
  const auto classes = Classify(kernels, data, text.size());
  const Folded inert = Fold(kernels, text, wirecopy::kFactInert);
  std::vector<std::vector<uint32_t>> positions;
  positions.reserve(classes.size());
  for (const Bitmap& bitmap : classes) {
    positions.push_back(Positions(kernels, bitmap));
  }
  return std::tuple(
      inert, Fold(kernels, text, wirecopy::kFactInert | wirecopy::kFactAscii),
      Fold(kernels, text, wirecopy::kFactInert | wirecopy::kJoinsWords),
      Fold(kernels, text,
           wirecopy::kFactInert | wirecopy::kFactAscii | wirecopy::kJoinsWords),
      classes, positions, Borders(kernels, classes, inert.classes),
      kernels.count_code_points(data, text.size()),
      Hashes(kernels, data, tokens),
      CopyStrings(wirecopy::JsonKernelsFor(level), text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Learns, too, what kernels are told of the characters.
  std::string normal;
  wirecopy::NormalizeText(text, &normal);
  for (const std::string_view some : {text, std::string_view(normal)}) {
    std::vector<ByteSpan> tokens;
    wirecopy::Tokenize(some, &tokens);
    // Of bytes in no normal form, anything may be a token.
    std::erase_if(tokens, [](const ByteSpan& t) { return t.begin == t.end; });
    const auto expected = AllOf(SimdLevel::kPortable, some, tokens);
    for (const SimdLevel level : wirecopy::oracle::SimdLevelsHere()) {
      FUZZ_CHECK(AllOf(level, some, tokens) == expected);
    }
  }
  return 0;
}
