// Makes names last.

#ifndef WIRECOPY_BASE_SYNC_FOLDER_H_
#define WIRECOPY_BASE_SYNC_FOLDER_H_

#include <string>

#include "absl/status/status.h"

namespace wirecopy {

// Brings names that were given or taken in a folder to the disk; "" is the
// current one. OK where the file system knows of no such thing.
absl::Status SyncFolder(const std::string& folder);

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_SYNC_FOLDER_H_
