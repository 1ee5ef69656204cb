// What is wrong with a line that is no JSON, beyond its first odd byte.

#ifndef WIRECOPY_IO_JSON_LINE_HINT_H_
#define WIRECOPY_IO_JSON_LINE_HINT_H_

#include <string_view>

namespace wirecopy {

// In words for the person whose file it is; empty where there is nothing to
// say. The line is none that could be parsed.
std::string_view JsonLineHint(std::string_view line);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_JSON_LINE_HINT_H_
