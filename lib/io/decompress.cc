#include "io/decompress.h"

#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

constexpr size_t kInputBytes = size_t{1} << 17;

// A decoder takes what it can from `in` and writes what it can to `out`.
struct Buffers {
  std::string_view in;
  char* out = nullptr;
  size_t out_size = 0;
};

// One of the two formats, whose files are sequences of units: gzip's members,
// Zstandard's frames.
class Decoder {
 public:
  virtual ~Decoder() = default;

  // Makes progress where there is input and room. Returns whether a unit ended;
  // the next input begins another.
  virtual absl::StatusOr<bool> Decode(Buffers* buffers) = 0;
};

absl::Status Damaged(const std::string& format, const char* why) {
  return absl::DataLossError(
      absl::StrCat("damaged ", format, " data (", why, ")"));
}

class GzipDecoder : public Decoder {
 public:
  GzipDecoder() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  absl::StatusOr<bool> Decode(Buffers* buffers) override {
    constexpr size_t kMost = size_t{1} << 30;  // zlib counts in 32 bits
    stream_.next_in = reinterpret_cast<const Bytef*>(buffers->in.data());
    stream_.avail_in = static_cast<uInt>(std::min(buffers->in.size(), kMost));
    stream_.next_out = reinterpret_cast<Bytef*>(buffers->out);
    stream_.avail_out = static_cast<uInt>(std::min(buffers->out_size, kMost));
    const uInt had_in = stream_.avail_in;
    const uInt had_out = stream_.avail_out;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    buffers->in.remove_prefix(had_in - stream_.avail_in);
    buffers->out += had_out - stream_.avail_out;
    buffers->out_size -= had_out - stream_.avail_out;
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result == Z_STREAM_END) {
      inflateReset(&stream_);
      return true;
    }
    if (result == Z_OK || result == Z_BUF_ERROR) return false;
    return Damaged("gzip", stream_.msg != nullptr ? stream_.msg : "no reason");
  }

 private:
  z_stream stream_ = {};
};

class ZstdDecoder : public Decoder {
 public:
  ZstdDecoder() : stream_(ZSTD_createDCtx()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }
  ~ZstdDecoder() override { ZSTD_freeDCtx(stream_); }
  ZstdDecoder(const ZstdDecoder&) = delete;
  ZstdDecoder& operator=(const ZstdDecoder&) = delete;

  absl::StatusOr<bool> Decode(Buffers* buffers) override {
    ZSTD_inBuffer in = {buffers->in.data(), buffers->in.size(), 0};
    ZSTD_outBuffer out = {buffers->out, buffers->out_size, 0};
    const size_t result = ZSTD_decompressStream(stream_, &out, &in);
    buffers->in.remove_prefix(in.pos);
    buffers->out += out.pos;
    buffers->out_size -= out.pos;
    if (ZSTD_isError(result) != 0) {
      return Damaged("Zstandard", ZSTD_getErrorName(result));
    }
    return result == 0;
  }

 private:
  ZSTD_DCtx* const stream_;
};

class DecompressStream : public InputStream {
 public:
  DecompressStream(std::unique_ptr<Decoder> decoder,
                   std::unique_ptr<PeekStream> inner, std::string path)
      : decoder_(std::move(decoder)),
        inner_(std::move(inner)),
        path_(std::move(path)),
        input_(kInputBytes) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    absl::StatusOr<size_t> count = TryRead(out, size);
    if (count.ok()) return count;
    return absl::Status(
        count.status().code(),
        absl::StrCat("cannot read ", path_, ": ", count.status().message()));
  }

  uint64_t FileBytesRead() const override { return inner_->FileBytesRead(); }

 private:
  absl::StatusOr<size_t> TryRead(char* out, size_t size) {
    Buffers buffers = {left_, out, size};
    while (buffers.out_size > 0) {
      if (buffers.in.empty()) {
        WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                                  inner_->Read(input_.data(), input_.size()));
        buffers.in = std::string_view(input_.data(), count);
        at_end_ = count < input_.size();
      }
      // Between two units, zeros up to the end are what tapes pad with.
      if (!in_unit_ && IsPadding(&buffers.in)) continue;
      const size_t had_in = buffers.in.size();
      const size_t had_out = buffers.out_size;
      if (had_in == 0 && at_end_ && !in_unit_) break;
      WIRECOPY_ASSIGN_OR_RETURN(const bool ended, decoder_->Decode(&buffers));
      in_unit_ = !ended;
      const bool stuck =
          buffers.in.size() == had_in && buffers.out_size == had_out && !ended;
      if (stuck && at_end_) {
        return absl::DataLossError("the data ends too early");
      }
    }
    left_ = buffers.in;
    return size - buffers.out_size;
  }

  // Passes over zeros; whether there were any.
  static bool IsPadding(std::string_view* in) {
    const size_t zeros = std::min(in->find_first_not_of('\0'), in->size());
    in->remove_prefix(zeros);
    return zeros > 0;
  }

  std::unique_ptr<Decoder> decoder_;
  std::unique_ptr<PeekStream> inner_;
  const std::string path_;
  std::vector<char> input_;
  std::string_view left_;  // of input_
  bool at_end_ = false;
  bool in_unit_ = false;
};

}  // namespace

Compression CompressionOf(std::string_view beginning) {
  // A frame to be skipped, which some programs write first: 16 magic numbers.
  constexpr std::string_view kSkippableEnd = "\x2a\x4d\x18";
  const bool is_skippable =
      beginning.size() >= 4 &&
      (static_cast<unsigned char>(beginning[0]) & 0xF0) == 0x50 &&
      beginning.substr(1, 3) == kSkippableEnd;
  if (is_skippable) return Compression::kZstd;
  if (beginning.substr(0, 2) == "\x1f\x8b") return Compression::kGzip;
  if (beginning.substr(0, 4) == "\x28\xb5\x2f\xfd") return Compression::kZstd;
  return Compression::kNone;
}

std::unique_ptr<InputStream> NewDecompressor(Compression compression,
                                             std::unique_ptr<PeekStream> inner,
                                             const std::string& path) {
  if (compression == Compression::kNone) return inner;
  std::unique_ptr<Decoder> decoder;
  if (compression == Compression::kGzip) {
    decoder = std::make_unique<GzipDecoder>();
  } else {
    decoder = std::make_unique<ZstdDecoder>();
  }
  return std::make_unique<DecompressStream>(std::move(decoder),
                                            std::move(inner), path);
}

}  // namespace wirecopy
