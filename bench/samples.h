// Texts to measure with, made of corpus/newsroom.
//
// Texts are the newsroom's words, with their punctuation, in random order: the
// mix of bytes and of token lengths is that of the articles, while two texts
// have next to no shingle in common unless one was made from the other. All is
// determined by the seed.

#ifndef WIRECOPY_BENCH_SAMPLES_H_
#define WIRECOPY_BENCH_SAMPLES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::bench {

// What stages are measured at, in bytes.
inline constexpr size_t kDocumentSizes[] = {100,     1000,      5000,
                                            100'000, 1'000'000, 10'000'000};

enum class Sample {
  kEnglish,
  kMixed,  // 30 % of the bytes are no ASCII: French, Arabic, Chinese, Japanese
};
const char* SampleName(Sample sample);

// A text of `size` bytes (cut at a character, so up to three fewer).
std::string MakeText(Sample sample, size_t size, uint64_t seed);

// Different texts of `size` bytes, as many as make `total` bytes, at least
// one. The same small text over and over would let the processor learn where
// its branches go.
std::vector<std::string> MakeTexts(Sample sample, size_t size, size_t total);

// The words of `text`, each replaced with a probability of `share`, with other
// ends of paragraphs.
std::string MakeEdited(std::string_view text, double share, uint64_t seed);

// English articles of 0.5 to 12 KB, half of them below 2.5 KB: seven in ten
// are new, two in ten an earlier one with some words replaced (from hardly any
// to a fifth), and of the rest half are exact copies and half excerpts.
std::vector<std::string> MakeArticles(size_t count, uint64_t seed);

// Sorted, distinct random numbers: what a shingle set looks like.
std::vector<uint64_t> MakeSet(size_t size, uint64_t seed);

// A set of the same size that shares `shared` members with `set`.
std::vector<uint64_t> MakeSimilarSet(const std::vector<uint64_t>& set,
                                     size_t shared, uint64_t seed);

}  // namespace wirecopy::bench

#endif  // WIRECOPY_BENCH_SAMPLES_H_
