// Under which keys a document is filed, so that similar ones meet.

#ifndef WIRECOPY_LSH_CANDIDATE_KEYS_H_
#define WIRECOPY_LSH_CANDIDATE_KEYS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace wirecopy {

// Two documents that reach the threshold have a key in common: always, or with
// the recall that a banding was chosen for. Not thread-safe, for what it works
// with; each thread may have one.
class CandidateKeys {
 public:
  virtual ~CandidateKeys() = default;

  // One that says the same, of what this one is of.
  virtual std::unique_ptr<CandidateKeys> Another() const = 0;

  // False where no other document has any of this one's keys: its set need
  // not be made.
  virtual bool MayMatch(uint32_t document) const = 0;

  // False where the two certainly, or all but certainly, miss the threshold.
  virtual bool MayPair(uint32_t a, uint32_t b) = 0;

  // Most keys are below this, or it is 0: for whoever files them.
  virtual uint64_t SmallKeys() const { return 0; }

  // Appends the keys of a document with this shingle set (sorted, distinct).
  virtual void Append(uint32_t document, std::span<const uint64_t> set,
                      std::vector<uint64_t>* keys) = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_CANDIDATE_KEYS_H_
