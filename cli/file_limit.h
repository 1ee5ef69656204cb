// How many files may be open.

#ifndef WIRECOPY_CLI_FILE_LIMIT_H_
#define WIRECOPY_CLI_FILE_LIMIT_H_

namespace wirecopy::cli {

// Raises the limit to the most that the system lets this process have: an index
// keeps its files open, of which a large one has thousands.
void RaiseFileLimit();

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_FILE_LIMIT_H_
