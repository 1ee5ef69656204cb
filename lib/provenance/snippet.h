// Short quotations of texts, for people.

#ifndef WIRECOPY_PROVENANCE_SNIPPET_H_
#define WIRECOPY_PROVENANCE_SNIPPET_H_

#include <string>
#include <string_view>

namespace wirecopy {

// The text in quotation marks, on one line, cut where it is long. Of valid
// UTF-8, valid UTF-8.
std::string Snippet(std::string_view text);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_SNIPPET_H_
