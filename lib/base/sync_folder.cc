#include "base/sync_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace wirecopy {

absl::Status SyncFolder(const std::string& folder) {
  const std::string path = folder.empty() ? "." : folder;
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  const int error = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  const bool is_unknown = error == EINVAL || error == ENOTSUP;
  return error == 0 || is_unknown ? absl::OkStatus()
                                  : absl::ErrnoToStatus(error, path);
}

}  // namespace wirecopy
