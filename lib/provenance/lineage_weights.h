// What the lineage of a family weighs its signs with.

#ifndef WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_
#define WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_

namespace wirecopy {

inline constexpr double kBitsPerLiteral = 12;
inline constexpr double kBitsPerBlock = 10;
inline constexpr double kBitsPerUnusedRun = 8;
inline constexpr double kBitsPerUnusedTail = 3;
inline constexpr double kNatsPerBit = 0.1;
inline constexpr double kWrongClocks = 0.03;
inline constexpr double kClocksKnown = 20;
inline constexpr double kClockWeight = 2;
inline constexpr double kLongestEdit = 8;
inline constexpr double kBitsPerAdded = 4;
inline constexpr double kRootNats = -2;
inline constexpr double kRootMdl = 1;
inline constexpr double kMostNats = 160;
inline constexpr double kMostRoot = 140;
inline constexpr double kBeyond = 0.02;
inline constexpr double kRootSpread = 1;
inline constexpr double kVoteNats = 1;
inline constexpr double kVoteRatio = 1.5;
inline constexpr double kVoteLead = 2;
inline constexpr double kVoteNoDates = 0;
inline constexpr double kAbsentBias = -7;
inline constexpr double kAbsentShare = 10;
inline constexpr double kAbsentSites = 1;
inline constexpr double kAbsentPair = 8;
inline constexpr double kAbsentFrom = 0.5;
inline constexpr double kFirstOfClass = 3;
inline constexpr double kSecondWords = 15;

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_
