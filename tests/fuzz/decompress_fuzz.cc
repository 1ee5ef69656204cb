// Any bytes as gzip and as Zstandard: however they are read, they come out the
// same, or fail.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/decompress.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

using wirecopy::Compression;
using wirecopy::InputStream;

class MemoryStream : public InputStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const size_t count = bytes_.copy(out, size);
    bytes_.remove_prefix(count);
    return count;
  }
  uint64_t FileBytesRead() const override { return 0; }

 private:
  std::string_view bytes_;
};

struct Result {
  std::string bytes;
  absl::Status status;
};

// A few bytes may stand for gigabytes: nobody needs to see all of them.
constexpr size_t kMostBytes = size_t{1} << 20;

Result ReadAll(Compression compression, std::string_view bytes, size_t step,
               bool reads_ahead) {
  std::unique_ptr<InputStream> stream =
      wirecopy::NewDecompressor(compression,
                                std::make_unique<wirecopy::PeekStream>(
                                    std::make_unique<MemoryStream>(bytes)),
                                "file");
  if (reads_ahead) stream = wirecopy::NewReadAheadStream(std::move(stream));
  Result result;
  std::string piece(step, '\0');
  while (result.bytes.size() < kMostBytes) {
    const auto count = stream->Read(piece.data(), step);
    result.status = count.status();
    if (!count.ok()) return result;
    FUZZ_CHECK(*count <= step);
    result.bytes.append(piece, 0, *count);
    if (*count < step) return result;
  }
  result.bytes.resize(kMostBytes);
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Compression compression = wirecopy::CompressionOf(bytes);
  if (compression == Compression::kNone) return 0;
  const Result whole = ReadAll(compression, bytes, kMostBytes, false);
  const Result pieces = ReadAll(compression, bytes, 777, false);
  const Result ahead = ReadAll(compression, bytes, 100000, true);
  for (const Result* other : {&pieces, &ahead}) {
    // What is read before an error shows depends on the steps, but not what it
    // is, nor whether there is one.
    const bool is_cut =
        whole.bytes.size() == kMostBytes || other->bytes.size() == kMostBytes;
    // In which words, zstd decides by how much room it has.
    if (!is_cut) FUZZ_CHECK(other->status.ok() == whole.status.ok());
    const size_t common = std::min(whole.bytes.size(), other->bytes.size());
    FUZZ_CHECK(whole.bytes.compare(0, common, other->bytes, 0, common) == 0);
    if (whole.status.ok() && !is_cut) {
      FUZZ_CHECK(whole.bytes.size() == other->bytes.size());
    }
  }
  return 0;
}
