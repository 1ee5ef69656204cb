#include "io/mapped_bytes.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace wirecopy {

absl::StatusOr<MappedBytes> MappedBytes::Map(int fd, uint64_t begin,
                                             size_t size) {
  static const auto page_size = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t before = begin % page_size;
  const size_t mapped = size + before;
  void* const pages =
      mmap(nullptr, mapped, PROT_READ, MAP_SHARED | MAP_POPULATE, fd,
           static_cast<off_t>(begin - before));
  if (pages == MAP_FAILED) {
    return absl::ErrnoToStatus(errno, "cannot map a file");
  }
  return MappedBytes(Pages(pages, Unmap{mapped}),
                     static_cast<const char*>(pages) + before);
}

void MappedBytes::Unmap::operator()(void* pages) const { munmap(pages, size); }

}  // namespace wirecopy
