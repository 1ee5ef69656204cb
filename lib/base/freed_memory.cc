#include "base/freed_memory.h"

#include <cstdlib>

// Here for __GLIBC__, which the headers of other C libraries do not define.
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace wirecopy {

void ReturnFreedMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace wirecopy
