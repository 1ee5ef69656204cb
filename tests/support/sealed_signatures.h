// Gives the checksums of a file of signatures anew, so that what tests and
// fuzzers change in it is read, not refused.

#ifndef WIRECOPY_TESTS_SUPPORT_SEALED_SIGNATURES_H_
#define WIRECOPY_TESTS_SUPPORT_SEALED_SIGNATURES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/hash.h"
#include "io/little_endian.h"

namespace wirecopy::oracle {

// Overwrites the checksum behind bytes[begin, end), as far as it is there.
inline void SealRange(size_t begin, size_t end, uint64_t block,
                      std::string* bytes) {
  std::string checksum;
  AppendLittleEndian(Hash64(bytes->data() + begin, end - begin, block),
                     &checksum);
  const size_t room = std::min(checksum.size(), bytes->size() - end);
  bytes->replace(end, room, checksum, 0, room);
}

inline std::string SealedSignatures(std::string bytes) {
  constexpr size_t kHeader = 48;
  constexpr size_t kHead = 16;
  constexpr size_t kChecksum = 8;
  if (bytes.size() < kHeader) return bytes;
  SealRange(0, kHeader, 0, &bytes);
  size_t at = kHeader + kChecksum;
  for (uint64_t block = 1; at + kHead + kChecksum <= bytes.size(); ++block) {
    SealRange(at, at + kHead, block, &bytes);
    const auto size = LittleEndianAt<uint64_t>(bytes, at);
    at += kHead + kChecksum;
    if (size > bytes.size() - at) break;
    SealRange(at, at + size, block, &bytes);
    at += size + kChecksum;
  }
  return bytes;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_SEALED_SIGNATURES_H_
