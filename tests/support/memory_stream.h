// A stream over bytes in memory.

#ifndef WIRECOPY_TESTS_SUPPORT_MEMORY_STREAM_H_
#define WIRECOPY_TESTS_SUPPORT_MEMORY_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "io/input_stream.h"

namespace wirecopy::oracle {

class MemoryStream : public InputStream {
 public:
  explicit MemoryStream(std::string bytes) : bytes_(std::move(bytes)) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const size_t count = bytes_.copy(out, size, at_);
    at_ += count;
    return count;
  }
  uint64_t FileBytesRead() const override { return at_; }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_MEMORY_STREAM_H_
