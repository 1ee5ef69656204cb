// Reads the documents that share passages again, to say where in their texts
// these are and what stands around them.

#ifndef WIRECOPY_ENGINE_PASSAGE_SIDES_H_
#define WIRECOPY_ENGINE_PASSAGE_SIDES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "engine/passage_pairs.h"
#include "passage/report_rule.h"
#include "wirecopy/passages.h"

namespace wirecopy {

struct DescribedPassages {
  std::vector<DescribedPassage> passages;
  // Of the texts that have one, by document.
  std::vector<size_t> lengths;
};

// Describes every passage; reads each document once. Spans and lengths are in
// the options' unit of offsets.
DescribedPassages DescribePassages(const PassagesOptions& options,
                                   const DocumentSource& source,
                                   std::span<const PairPassage> passages);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PASSAGE_SIDES_H_
