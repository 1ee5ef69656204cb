// Any bytes as what a piece of work holds: blocks of a corpus, and the buckets
// of a band. Each is refused, or can be used and written again as it was.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/piece_bytes.h"
#include "io/corpus_block.h"
#include "lsh/buckets.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

using wirecopy::Buckets;
using wirecopy::CorpusBlock;
using wirecopy::PieceReader;
using wirecopy::PieceWriter;

constexpr size_t kFiles = 7;
constexpr uint64_t kMostBytes = 1000;
constexpr size_t kDocuments = 100'000;

void CheckBlock(const CorpusBlock& block) {
  size_t bytes = 0;
  for (size_t i = 0; i < block.size(); ++i) {
    FUZZ_CHECK(block.At(i).file < kFiles);
    FUZZ_CHECK(block.At(i).size <= kMostBytes);
    const CorpusBlock::Naming naming = block.NamingOf(i);
    if (naming == CorpusBlock::Naming::kString ||
        naming == CorpusBlock::Naming::kInteger) {
      bytes += block.IdText(i).size();
    }
    bytes += block.Publisher(i).size();
    bytes += block.Line(i) > 0 ? 1 : 0;
    bytes += block.PublishedMicros(i) > 0 ? 1 : 0;
  }
  for (const auto& rejected : block.rejected()) {
    FUZZ_CHECK(rejected.file < kFiles);
    FUZZ_CHECK(rejected.entries_before <= block.size());
    bytes += rejected.reason.size();
  }
  volatile size_t used = bytes;
  static_cast<void>(used);
}

void ReadBlock(std::string_view bytes) {
  PieceReader in(bytes);
  CorpusBlock block;
  if (!block.ReadFrom(0, kFiles, kMostBytes, &in) || !in.IsAtEnd()) return;
  CheckBlock(block);
  PieceWriter out;
  block.AppendTo(&out);
  FUZZ_CHECK(out.Take() == bytes);
}

void ReadBand(std::string_view bytes) {
  PieceReader in(bytes);
  std::vector<Buckets::Band> bands(1);
  if (!bands[0].ReadFrom(kDocuments, &in) || !in.IsAtEnd()) return;
  PieceWriter out;
  bands[0].AppendTo(&out);
  FUZZ_CHECK(out.Take() == bytes);
  const Buckets buckets(bands, kDocuments);
  FUZZ_CHECK(buckets.count() == bands[0].found.count);
  FUZZ_CHECK(buckets.MemberCount() == bands[0].bucket_of.size());
  size_t members = 0;
  for (uint32_t d = 0; d < kDocuments; ++d) {
    for (const uint32_t bucket : buckets.Of(d)) {
      FUZZ_CHECK(bucket < buckets.count());
      ++members;
    }
  }
  FUZZ_CHECK(members == buckets.MemberCount());
}

}  // namespace

// The first byte chooses what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    ReadBlock(bytes);
  } else {
    ReadBand(bytes);
  }
  return 0;
}
