// What the lineage of a family weighs its signs with.

#ifndef WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_
#define WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_

namespace wirecopy {

inline constexpr double kBitsPerLiteral = 12;
inline constexpr double kBitsPerBlock = 10;
inline constexpr double kBitsPerUnusedRun = 8;
inline constexpr double kBitsPerUnusedTail = 3;
inline constexpr double kNatsPerBit = 0.08;
inline constexpr double kWrongClocks = 0.02;
inline constexpr double kClocksKnown = 20;
inline constexpr double kSmallFamily = 20;
inline constexpr double kClockWeight = 1.4;
inline constexpr double kLongestEdit = 1000;
inline constexpr double kBitsPerAdded = 4;
inline constexpr double kSkew = 0.4;
inline constexpr double kSkewDates = 0.4;
inline constexpr double kRootNats = -2;
inline constexpr double kEarliestNats = 0.1;
inline constexpr double kRootShrink = 6;
inline constexpr double kRootSpread = 2;
inline constexpr double kVoteNats = 1;
inline constexpr double kVoteRatio = 1.5;
inline constexpr double kVoteLead = 2;
inline constexpr double kAbsentBias = -4.2;
inline constexpr double kAbsentShare = 4;
inline constexpr double kAbsentSites = 2;
inline constexpr double kAbsentMore = 1;
inline constexpr double kPairMostOwn = 0.6;
inline constexpr double kPairOwn = 0.25;
inline constexpr double kAbsentPair = 8;
inline constexpr double kAbsentFrom = 0.5;
inline constexpr double kFirstOfClass = 10;
inline constexpr double kSlopeDates = 0.454;
inline constexpr double kOffsetDates = 1.058;
inline constexpr double kSlope = 0.861;
inline constexpr double kOffset = 0.209;
inline constexpr double kSecondWords = 20;

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_
