// Bytes of a file where the system has them.

#ifndef WIRECOPY_IO_MAPPED_BYTES_H_
#define WIRECOPY_IO_MAPPED_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"

namespace wirecopy {

// To be given to the system, which copies them to wherever they go, and never
// to be looked at: where a file has shrunk meanwhile a look ends the process,
// and a call of the system fails.
class MappedBytes {
 public:
  // The bytes [begin, begin + size) of the file that `fd` has open; size is
  // above 0.
  static absl::StatusOr<MappedBytes> Map(int fd, uint64_t begin, size_t size);

  const char* data() const { return data_; }

 private:
  struct Unmap {
    void operator()(void* pages) const;
    size_t size;
  };
  using Pages = std::unique_ptr<void, Unmap>;

  MappedBytes(Pages pages, const char* data)
      : pages_(std::move(pages)), data_(data) {}

  Pages pages_;  // the first of them holds the first byte
  const char* data_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_MAPPED_BYTES_H_
