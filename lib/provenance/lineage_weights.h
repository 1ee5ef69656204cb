// What the lineage of a family weighs its signs with. Chosen by search over
// families that corpus/make_cascade grew, other ones than
// bench/accuracy/lineage.py reports on. How the forests become confidences is
// learnt (lineage_calibration.h).

#ifndef WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_
#define WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_

namespace wirecopy {

// What a description costs, in bits: a word that is not in the source, a block
// that is, a run of the source that is left out, its end that is left out.
inline constexpr double kBitsPerLiteral = 12;
inline constexpr double kBitsPerBlock = 10;
inline constexpr double kBitsPerUnusedRun = 8;
inline constexpr double kBitsPerUnusedTail = 3;

// What a bit says of the parent, in nats: far less than ln 2, for edits do not
// come one by one. And what is left of a bit that speaks for one direction
// only.
inline constexpr double kNatsPerBit = 0.08;
inline constexpr double kSkew = 0.4;

// Having no parent: besides what a parent would save; and for each nat by which
// others are described less well from it than from their best, on average over
// those others and some more.
inline constexpr double kRootNats = -2;
inline constexpr double kRootSpread = 2;
inline constexpr double kRootShrink = 6;
// For the oldest of those that may be the parent.
inline constexpr double kEarliestNats = 0.4;
// For each unit of log(1 + copies that the forests give a parent so far).
inline constexpr double kHubNats = 0.4;
// For each copy of a root, where all its tree's rootings are weighed; where
// dates are used, and where not.
inline constexpr double kRootCopies = 0.5;
inline constexpr double kRootCopiesDates = 0;

// The share of wrong clocks among so many that we know from elsewhere. What
// clocks say counts more than once, as texts are surer of themselves than they
// should be; by kSmallFamily / n^2 still more in a family of n.
inline constexpr double kWrongClocks = 0.02;
inline constexpr double kClocksKnown = 20;
inline constexpr double kClockWeight = 0.8;
inline constexpr double kSmallFamily = 20;

// A challenger needs so many variant sites more than the incumbent at least,
// and so many times as many; each that it leads by is worth so many nats.
inline constexpr double kVoteLead = 1;
inline constexpr double kVoteRatio = 1.5;
inline constexpr double kVoteNats = 1;

// A parent that is not here, in nats, to begin with; which share of the texts
// of a tree has made the same edit as one of them, by chance; from which
// probability on it is reported.
inline constexpr double kAbsentBias = -3.7;
inline constexpr double kSameEdit = 0.001;
inline constexpr double kAbsentFrom = 0.75;
// The same of two texts without a witness, each of which has a share of its own
// between these, and of which nothing else says more than so many nats that one
// was made from the other: no more than a prior, for a text that is reworded
// throughout looks alike.
inline constexpr double kAbsentPair = 5;
inline constexpr double kPairEvidence = 0.5;
inline constexpr double kPairOwn = 0.25;
inline constexpr double kPairMostOwn = 0.6;

// Tokens that a further parent gives and nobody before it.
inline constexpr double kSecondWords = 20;

// Of the copies of a text that several documents have, how many were made from
// the earliest; the others from any of them alike. A round number, stated: of
// grown families some have more, those with many equal texts fewer.
inline constexpr double kOfFirst = 0.75;

// How often a parent behind the first is right, as
// bench/accuracy/fit_lineage.py counts it: one of another family, where dates
// are used and where not; kin of the first, which few copies have in the
// families that were grown for it.
inline constexpr double kSecondDates = 0.5;
inline constexpr double kSecond = 0.3;
inline constexpr double kSecondKin = 0.15;

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_WEIGHTS_H_
