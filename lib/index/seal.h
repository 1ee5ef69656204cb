// A list of the database's files, written when a writer has closed it: what
// each of them is until the next writer opens it.
//
// RocksDB checks its tables' files to the last byte and leaves the end of a log
// or of its manifest open to doubt, since a crash may have cut it off. Of what
// was closed in peace nothing is in doubt.

#ifndef WIRECOPY_INDEX_SEAL_H_
#define WIRECOPY_INDEX_SEAL_H_

#include <string>

#include "absl/status/status.h"

namespace wirecopy {

// Notes the files of a folder: their names, sizes and, but for tables (.sst),
// which have checksums of their own, what is in them. On disk when it returns.
absl::Status WriteSeal(const std::string& path, const std::string& folder);

// DataLoss where a file is not what the seal says, is missing or is not in it,
// or where the seal is damaged. OK where there is none.
absl::Status CheckSeal(const std::string& path, const std::string& folder);

// Removes it, so that nothing false is left when files change.
absl::Status BreakSeal(const std::string& path);

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_SEAL_H_
