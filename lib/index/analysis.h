// What the index looks at of a text.

#ifndef WIRECOPY_INDEX_ANALYSIS_H_
#define WIRECOPY_INDEX_ANALYSIS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "passage/token_text.h"
#include "passage/winnow.h"
#include "wirecopy/index.h"
#include "wirecopy/shingle.h"

namespace wirecopy {

struct Analysis {
  Hash128Value content;
  size_t tokens = 0;
  std::vector<uint64_t> set;    // shingles, sorted and distinct
  std::vector<uint64_t> bands;  // keys, sorted and distinct; of nothing none
  // Fingerprints, sorted and distinct: of kPrintBytes bytes.
  std::vector<uint64_t> prints;
  // The place in the text where each stands, one behind the other.
  std::vector<uint32_t> places;
  std::vector<uint32_t> ends;  // of the places, by fingerprint

  std::span<const uint32_t> PlacesOf(size_t print) const {
    const size_t begin = print == 0 ? 0 : ends[print - 1];
    return {places.data() + begin, ends[print] - begin};
  }
};

// Fingerprints are cut to so many bytes: at 10^9 of them, one in 10^5 that are
// looked up meets another by chance, which costs an alignment that finds
// nothing.
inline constexpr size_t kPrintBytes = 6;
// Bands of another key meet once in 2^64.
inline constexpr size_t kBandBytes = 8;

// Keeps its buffers; one a thread.
class Analyzer {
 public:
  explicit Analyzer(const IndexParameters& parameters);

  // Linear in the text.
  void Analyze(std::string_view text, Analysis* out);

  // The shingles alone, sorted and distinct. Valid until the next call.
  std::span<const uint64_t> Set(std::string_view text) {
    return shingler_.Set(text);
  }

 private:
  void FindBands(std::span<const uint64_t> hashes, Analysis* out);
  void FindPrints(std::string_view text, Analysis* out);

  const IndexParameters& parameters_;
  Shingler shingler_;
  Winnower winnower_;
  TokenText tokens_;
  std::vector<uint64_t> slots_;
  std::vector<Fingerprint> prints_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_ANALYSIS_H_
