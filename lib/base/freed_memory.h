// What becomes of memory that is no longer used.

#ifndef WIRECOPY_BASE_FREED_MEMORY_H_
#define WIRECOPY_BASE_FREED_MEMORY_H_

namespace wirecopy {

// Gives what has been freed back to the system, where the allocator would keep
// it for requests of the same sizes. Takes about a millisecond for each 10 MB
// of it: for between two stages that need memory for different things.
void ReturnFreedMemory();

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_FREED_MEMORY_H_
