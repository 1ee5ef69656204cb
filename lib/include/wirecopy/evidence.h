// Evidence of who copied whom, one pair of documents at a time.

#ifndef WIRECOPY_EVIDENCE_H_
#define WIRECOPY_EVIDENCE_H_

#include <string>

namespace wirecopy {

struct Evidence {
  std::string feature;  // a stable name, such as "attribution" or "clock"
  // Nats of log-odds: above 0 where it speaks for a as the source, below 0 for
  // b. Exchanging a and b turns the sign, and nothing else.
  double weight = 0;
  // What was seen, in words for people: quotes the texts where it helps. Valid
  // UTF-8.
  std::string detail;
  // The weight is stated by us, with a reason, rather than learnt from data.
  bool prior = false;
};

}  // namespace wirecopy

#endif  // WIRECOPY_EVIDENCE_H_
