// Passages made by hand, for what shows them.

#ifndef WIRECOPY_TESTS_SUPPORT_PASSAGE_SAMPLES_H_
#define WIRECOPY_TESTS_SUPPORT_PASSAGE_SAMPLES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "report/comparison.h"
#include "report/passage_view.h"

namespace wirecopy::oracle {

// What stands at a place of either text.
struct SamplePart {
  std::string a;
  std::string b;
};

struct PassageSample {
  std::string a;
  std::string b;
  PassageView passage;
};

// A passage of equal parts, at even places, and differing ones between them.
// `before` and `behind` are bytes of the first and last part that lie outside
// of it.
inline PassageSample MakeSample(const std::vector<SamplePart>& parts,
                                size_t before = 0, size_t behind = 0) {
  PassageSample sample;
  PassageView& passage = sample.passage;
  for (size_t i = 0; i < parts.size(); ++i) {
    SpanPair span;
    span.a.begin = sample.a.size();
    span.b.begin = sample.b.size();
    sample.a += parts[i].a;
    sample.b += parts[i].b;
    span.a.end = sample.a.size();
    span.b.end = sample.b.size();
    if (i % 2 == 0) passage.equal.push_back(span);
  }
  passage.bytes.a = {before, sample.a.size() - behind};
  passage.bytes.b = {before, sample.b.size() - behind};
  passage.places = passage.bytes;
  passage.words = 7;
  passage.edits = parts.size() / 2;
  passage.identity = 7.0 / static_cast<double>(7 + passage.edits);
  return sample;
}

inline ComparisonRecord MakeRecord(const PassageSample& sample) {
  ComparisonRecord record;
  record.a = "a.txt";
  record.b = "b.txt";
  record.shingle_unit = "word";
  record.shingle_size = 5;
  record.least_words = 12;
  record.least_fragment = 15;
  record.passages = {sample.passage};
  return record;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PASSAGE_SAMPLES_H_
