// What a text says in the words of others: the stretches between quotation
// marks.

#ifndef WIRECOPY_PASSAGE_QUOTATION_H_
#define WIRECOPY_PASSAGE_QUOTATION_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "passage/quotation_marks.h"
#include "wirecopy/text.h"

namespace wirecopy {

// Replaces *spans with the quotations of a text (any bytes), in order: each
// without its outer marks, none empty, none within another.
//
// Marks of all scripts count: straight and curly double ones, those of German,
// Swedish and French in either direction, Hebrew gershayim, corner brackets,
// TeX's `` and ''. Curly single ones count where they hold several words, for
// most others are apostrophes; straight single ones and marks of titles do not.
// Marks that go with none are passed over: a quotation ends with its
// paragraph. Where the next paragraph begins with the opening mark again, as
// typographers have it, the two are a quotation each.
//
// Linear; thread-safe.
void FindQuotations(std::string_view utf8, std::vector<ByteSpan>* spans);

// A mark that waits for its closing one.
struct OpenQuotation {
  QuoteKind kind;
  size_t end;  // of the mark
};

// The same, with buffers that are kept from one text to the next.
class QuotationFinder {
 public:
  void Find(std::string_view utf8, std::vector<ByteSpan>* spans);

 private:
  std::vector<QuoteMark> marks_;
  std::vector<OpenQuotation> open_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_QUOTATION_H_
