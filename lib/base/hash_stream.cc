#include "base/hash_stream.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace wirecopy {

struct Hash128Stream::State {
  XXH3_state_t of_xxhash;
};

Hash128Stream::Hash128Stream(uint64_t seed)
    : state_(std::make_unique<State>()) {
  XXH3_128bits_reset_withSeed(&state_->of_xxhash, seed);
}

Hash128Stream::~Hash128Stream() = default;

void Hash128Stream::Add(const void* data, size_t size) {
  XXH3_128bits_update(&state_->of_xxhash, data, size);
}

Hash128Value Hash128Stream::Finish() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->of_xxhash);
  return {hash.low64, hash.high64};
}

}  // namespace wirecopy
