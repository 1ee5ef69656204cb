// gzip (RFC 1952) and Zstandard (RFC 8878) input.

#ifndef WIRECOPY_IO_DECOMPRESS_H_
#define WIRECOPY_IO_DECOMPRESS_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "io/input_stream.h"

namespace wirecopy {

enum class Compression { kNone, kGzip, kZstd };

// By the magic bytes that a file begins with.
Compression CompressionOf(std::string_view beginning);
// As many bytes as CompressionOf looks at.
inline constexpr size_t kCompressionMagic = 4;

// What `inner` holds, decompressed: all members of a gzip file, all frames of a
// Zstandard file. Zeros behind the last one are padding. Errors (damaged or
// cut-off data, a window of more than 128 MiB) name `path`.
std::unique_ptr<InputStream> NewDecompressor(Compression compression,
                                             std::unique_ptr<PeekStream> inner,
                                             const std::string& path);

// Reads another stream ahead on a thread of its own, which begins with the
// first Read.
std::unique_ptr<InputStream> NewReadAheadStream(
    std::unique_ptr<InputStream> inner);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_DECOMPRESS_H_
