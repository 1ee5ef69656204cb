// The aligner on tokens alone, with what it needs before it.

#ifndef WIRECOPY_TESTS_SUPPORT_ALIGN_CODES_H_
#define WIRECOPY_TESTS_SUPPORT_ALIGN_CODES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "passage/hits.h"
#include "passage/token_aligner.h"
#include "passage/winnow.h"
#include "tests/support/passage_oracle.h"
#include "wirecopy/passage.h"

namespace wirecopy::oracle {

struct CodePassage {
  TokenPassage passage;
  std::vector<TokenRun> runs;
};
using CodePassages = std::vector<CodePassage>;

inline std::vector<Fingerprint> FingerprintsOf(const Codes& codes,
                                               int min_run) {
  std::vector<uint64_t> hashes;
  for (const TokenCode code : codes) {
    hashes.push_back((code + 1) * 0x9E3779B97F4A7C15);
  }
  std::vector<Fingerprint> prints;
  Winnower(min_run).Select(hashes, &prints);
  return prints;
}

inline CodePassages Passages(const PassageOptions& options,
                             const TokenPair& pair, std::span<Hit> hits) {
  TokenAligner aligner(options);
  CodePassages found;
  for (const TokenPassage& passage : aligner.Align(pair, hits)) {
    const auto runs = aligner.runs().subspan(
        passage.first_run, passage.last_run - passage.first_run);
    found.push_back({passage, {runs.begin(), runs.end()}});
  }
  return found;
}

inline CodePassages AlignCodes(const PassageOptions& options, const Codes& a,
                               const Codes& b) {
  HitFinder finder;
  return Passages(options, {a, b, false},
                  finder.Find(FingerprintsOf(a, options.min_run),
                              FingerprintsOf(b, options.min_run)));
}

inline CodePassages AlignSelfCodes(const PassageOptions& options,
                                   const Codes& text) {
  HitFinder finder;
  return Passages(options, {text, text, true},
                  finder.FindSelf(FingerprintsOf(text, options.min_run),
                                  static_cast<uint32_t>(options.min_run)));
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_ALIGN_CODES_H_
