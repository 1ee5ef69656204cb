// The paragraphs of a text.

#ifndef WIRECOPY_PASSAGE_PARAGRAPHS_H_
#define WIRECOPY_PASSAGE_PARAGRAPHS_H_

#include <cstddef>
#include <string_view>

#include "wirecopy/text.h"

namespace wirecopy {

// Goes through the paragraphs of a text (any bytes) that hold more than white
// space. They are divided by blank lines, and by every line break where some
// line is so long that lines cannot have been broken to a width. Linear.
class Paragraphs {
 public:
  explicit Paragraphs(std::string_view text);

  // False at the end. A paragraph begins with what is no white space, and ends
  // before a line break.
  bool Next(ByteSpan* paragraph);

 private:
  std::string_view text_;
  bool a_line_each_;
  size_t next_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_PARAGRAPHS_H_
