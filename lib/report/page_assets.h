// The files of lib/report/page, which the build turns into constants
// (cmake/EmbedText.cmake): what pages of HTML have in their style and script
// elements. Nothing of a text is among it.

#ifndef WIRECOPY_REPORT_PAGE_ASSETS_H_
#define WIRECOPY_REPORT_PAGE_ASSETS_H_

#include <string_view>

namespace wirecopy {

extern const std::string_view kTokensStyle;   // colours, light and dark
extern const std::string_view kCompareStyle;  // the page of two texts
extern const std::string_view kCompareScript;
extern const std::string_view kGraphStyle;  // the graph of a trace
extern const std::string_view kTraceStyle;  // the page around it
extern const std::string_view kTraceScript;
extern const std::string_view kTraceBody;  // HTML with a mark for the graph

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_PAGE_ASSETS_H_
