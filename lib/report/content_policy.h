// The Content-Security-Policy of a page that is one file.

#ifndef WIRECOPY_REPORT_CONTENT_POLICY_H_
#define WIRECOPY_REPORT_CONTENT_POLICY_H_

#include <string>
#include <string_view>

namespace wirecopy {

// Lets the page run one script and use one style, known by their SHA-256, and
// fetch nothing at all. Both are the exact contents of their elements. (CSP
// Level 3, W3C: hash-source.)
std::string ContentPolicy(std::string_view script, std::string_view style);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_CONTENT_POLICY_H_
