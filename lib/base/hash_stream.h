// XXH3 of bytes that come one after another.

#ifndef WIRECOPY_BASE_HASH_STREAM_H_
#define WIRECOPY_BASE_HASH_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/hash.h"

namespace wirecopy {

// Hash128 of all that was added.
class Hash128Stream {
 public:
  explicit Hash128Stream(uint64_t seed);
  ~Hash128Stream();
  Hash128Stream(const Hash128Stream&) = delete;
  Hash128Stream& operator=(const Hash128Stream&) = delete;

  void Add(const void* data, size_t size);
  Hash128Value Finish() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_HASH_STREAM_H_
