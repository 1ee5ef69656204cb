// Text of an input, such as an id, a name or a column, as one line of a message
// can bear it.

#ifndef WIRECOPY_IO_SHOWN_TEXT_H_
#define WIRECOPY_IO_SHOWN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

// In quotation marks, at most `most` bytes of it (then "..."); what is no
// character for a terminal is escaped.
std::string ShownText(std::string_view text, size_t most = 60);

// The first 8, with commas between them, and how many more there are.
std::string ShownList(const std::vector<std::string>& texts);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_SHOWN_TEXT_H_
