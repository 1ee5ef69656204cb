// What all pages of HTML have in common.

#ifndef WIRECOPY_REPORT_HTML_PAGE_H_
#define WIRECOPY_REPORT_HTML_PAGE_H_

#include <string>
#include <string_view>

namespace wirecopy {

// Colours of passages: the style has --p0, --p1... up to this number.
inline constexpr int kPassageColors = 8;

// Appends text as HTML shows it: escaped, with pictures in place of control
// characters. Line breaks and tabs stay. Good within quoted attributes too.
void AppendHtml(std::string_view utf8, std::string* out);

std::string Html(std::string_view utf8);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_HTML_PAGE_H_
