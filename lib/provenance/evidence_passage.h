// The passages of a pair, as its evidence is found in them.

#ifndef WIRECOPY_PROVENANCE_EVIDENCE_PASSAGE_H_
#define WIRECOPY_PROVENANCE_EVIDENCE_PASSAGE_H_

#include <cstdint>
#include <span>

#include "wirecopy/passage.h"

namespace wirecopy {

// The passages of a pair, all of them, in the order of a, and what is equal in
// each (of b's places too, runs are in order within a passage).
struct EvidencePassage {
  ByteSpan a;
  ByteSpan b;
  PassageKind kind = PassageKind::kCopy;
  std::span<const EqualRun> runs;
};

enum class PairSide : uint8_t { kA, kB };

inline PairSide Other(PairSide side) {
  return side == PairSide::kA ? PairSide::kB : PairSide::kA;
}

inline ByteSpan SpanOn(PairSide side, const EvidencePassage& passage) {
  return side == PairSide::kA ? passage.a : passage.b;
}

inline ByteSpan SpanOn(PairSide side, const EqualRun& run) {
  return side == PairSide::kA ? run.a : run.b;
}

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_EVIDENCE_PASSAGE_H_
