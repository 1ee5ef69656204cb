// Files that must not outlive the process, even where a signal ends it, and
// folders made for files.

#ifndef WIRECOPY_IO_TEMPORARY_FILES_H_
#define WIRECOPY_IO_TEMPORARY_FILES_H_

#include <string>

namespace wirecopy {

// While it lives, RemoveTemporaryFiles removes the file of this name, or the
// folder if it is empty then. To be made before that is. Thread-safe.
class TemporaryName {
 public:
  explicit TemporaryName(const std::string& path);
  ~TemporaryName();
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;

 private:
  struct Node;
  friend void RemoveTemporaryFiles();
  Node* node_;
};

// Removes what is registered now. For a signal handler: takes no lock and no
// memory.
void RemoveTemporaryFiles();

}  // namespace wirecopy

#endif  // WIRECOPY_IO_TEMPORARY_FILES_H_
