// What is found of one band's buckets.

#ifndef WIRECOPY_LSH_FOUND_BUCKETS_H_
#define WIRECOPY_LSH_FOUND_BUCKETS_H_

#include <cstdint>
#include <vector>

namespace wirecopy {

// The shared buckets of one band, numbered from 0.
struct FoundBuckets {
  uint32_t count = 0;
  std::vector<uint32_t> hubs;  // rising
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_FOUND_BUCKETS_H_
