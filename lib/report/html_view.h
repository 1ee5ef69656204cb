// Two texts and their passages as a page for a browser.

#ifndef WIRECOPY_REPORT_HTML_VIEW_H_
#define WIRECOPY_REPORT_HTML_VIEW_H_

#include <string>
#include <string_view>

#include "report/comparison.h"

namespace wirecopy {

// One file of HTML that needs no other and fetches none. Whatever is in the
// texts is shown and not obeyed. Without JavaScript the numbers of passages
// still lead from one text to the other.
std::string HtmlView(const ComparisonRecord& record, std::string_view a,
                     std::string_view b);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_HTML_VIEW_H_
