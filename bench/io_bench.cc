// From a file to the texts in it. Bytes are those of the texts, however they
// are stored.

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/bench.h"
#include "bench/samples.h"
#include "io/byte_buffer.h"
#include "io/decompress.h"
#include "io/file_handle.h"
#include "io/input_file.h"
#include "io/input_stream.h"
#include "io/json_record.h"
#include "io/record_format.h"
#include "report/json_line.h"

namespace wirecopy::bench {
namespace {

constexpr size_t kTotalBytes = 1'000'000;

// Ends the row where something cannot be read; nothing here should fail.
void Check(benchmark::State& state, const absl::Status& status) {
  if (!status.ok()) {
    state.SkipWithError(std::string(status.message()).c_str());
  }
}

// A file in the folder for temporary ones, gone with this.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view contents) {
    const char* const folder = std::getenv("TMPDIR");
    path_ =
        std::string(folder != nullptr ? folder : "/tmp") + "/io_benchXXXXXX";
    const int fd = mkstemp(path_.data());
    std::FILE* const file = fd < 0 ? nullptr : fdopen(fd, "wb");
    is_written_ = file != nullptr &&
                  std::fwrite(contents.data(), 1, contents.size(), file) ==
                      contents.size();
    if (file != nullptr) is_written_ = std::fclose(file) == 0 && is_written_;
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }
  bool is_written() const { return is_written_; }

 private:
  std::string path_;
  bool is_written_ = false;
};

absl::Status ReadWhole(InputStream* stream, size_t size, ByteBuffer* buffer) {
  const auto count = ReadAll(stream, 2 * size, buffer);
  if (!count.ok()) return count.status();
  return *count == size ? absl::OkStatus()
                        : absl::DataLossError("not what was written");
}

absl::Status ReadFile(const std::string& path, size_t size,
                      ByteBuffer* buffer) {
  auto opened = FileHandle::Open(path);
  if (!opened.ok()) return opened.status();
  const auto stream =
      NewFileStream(std::make_shared<FileHandle>(*std::move(opened)));
  return ReadWhole(stream.get(), size, buffer);
}

// Opens a file, reads it out of the page cache, closes it.
void Read(benchmark::State& state, size_t size) {
  const TemporaryFile file(std::string(size, 'a'));
  if (!file.is_written()) return state.SkipWithError("no temporary file");
  ByteBuffer buffer;
  Repeat(state, [&] {
    Check(state, ReadFile(file.path(), size, &buffer));
    benchmark::DoNotOptimize(buffer.data());
  });
  SetBytes(state, size, size);
}

class MemoryStream : public InputStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const size_t count = std::min(size, bytes_.size() - read_);
    std::memcpy(out, bytes_.data() + read_, count);
    read_ += count;
    return count;
  }
  uint64_t FileBytesRead() const override { return read_; }

 private:
  std::string_view bytes_;
  size_t read_ = 0;
};

std::string Gzip(const std::string& text) {
  z_stream stream = {};
  constexpr int kGzipWindow = 15 + 16;
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow,
               MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string input = text;  // zlib reads through a pointer to bytes to change
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(),
                              text.size(), ZSTD_CLEVEL_DEFAULT));
  return packed;
}

absl::Status Unpack(const std::string& file, size_t size, ByteBuffer* buffer) {
  const auto stream = NewDecompressor(
      CompressionOf(file),
      std::make_unique<PeekStream>(std::make_unique<MemoryStream>(file)),
      "a text");
  return ReadWhole(stream.get(), size, buffer);
}

// Texts that are a compressed file each.
void Decompress(benchmark::State& state, size_t size,
                std::string (*compress)(const std::string&)) {
  const auto texts = MakeTexts(Sample::kEnglish, size, kTotalBytes);
  std::vector<std::string> files;
  size_t bytes = 0;
  size_t packed = 0;
  for (const std::string& text : texts) {
    files.push_back(compress(text));
    bytes += text.size();
    packed += files.back().size();
  }
  ByteBuffer buffer;
  Repeat(state, [&] {
    for (size_t i = 0; i < files.size(); ++i) {
      Check(state, Unpack(files[i], texts[i].size(), &buffer));
      benchmark::DoNotOptimize(buffer.data());
    }
  });
  SetBytes(state, bytes, size);
  state.counters["packed"] =
      static_cast<double>(packed) / static_cast<double>(bytes);
}

// Lines of {"id": ..., "text": ...}, cut apart and read.
void ParseJsonl(benchmark::State& state, Sample sample, size_t size) {
  std::string lines;
  size_t bytes = 0;
  uint64_t count = 0;
  for (const auto& text : MakeTexts(sample, size, kTotalBytes)) {
    lines += JsonLine().Add("id", ++count).Add("text", text).Finish();
    bytes += text.size();
  }
  const size_t used = lines.size();
  lines.append(kInputPadding, '\0');
  const std::string_view block(lines.data(), used);
  JsonRecordParser parser{FieldNames()};
  Record record;
  Repeat(state, [&] {
    for (size_t begin = 0; begin < used;) {
      const size_t whole =
          FirstRecordSize(InputFormat::kJsonl, block.substr(begin), true);
      const auto line = block.substr(begin, whole - 1);
      Check(state, parser.Parse(line, &record));
      benchmark::DoNotOptimize(record.text.data());
      begin += whole;
    }
  });
  SetBytes(state, bytes, size);
}

void Register(size_t size) {
  const std::string suffix = "/" + std::to_string(size);
  Add("read" + suffix, [=](benchmark::State& state) { Read(state, size); });
  Add("gunzip" + suffix,
      [=](benchmark::State& state) { Decompress(state, size, Gzip); });
  Add("unzstd" + suffix,
      [=](benchmark::State& state) { Decompress(state, size, Zstd); });
  for (const Sample sample : {Sample::kEnglish, Sample::kMixed}) {
    Add(std::string("parse_jsonl/") + SampleName(sample) + suffix,
        [=](benchmark::State& state) { ParseJsonl(state, sample, size); });
  }
}

}  // namespace

void Register() {
  for (const size_t size : kDocumentSizes) Register(size);
}

}  // namespace wirecopy::bench
