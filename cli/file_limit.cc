#include "cli/file_limit.h"

#include <sys/resource.h>

namespace wirecopy::cli {

void RaiseFileLimit() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  // Where that is refused, the limit is what it was.
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace wirecopy::cli
