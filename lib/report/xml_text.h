// Text as XML 1.0 holds it.

#ifndef WIRECOPY_REPORT_XML_TEXT_H_
#define WIRECOPY_REPORT_XML_TEXT_H_

#include <string>
#include <string_view>

namespace wirecopy {

// XML 1.0 cannot hold most control characters, not even escaped, nor U+FFFE and
// U+FFFF: the former become pictures of them (U+2400 and up), the latter
// U+FFFD, as does ill-formed UTF-8. All other characters stay what they are.
char32_t InXml(char32_t c);

// Escapes a text for an element or a quoted attribute: what is read back is the
// text, line ends and tabs included.
std::string XmlText(std::string_view utf8);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_XML_TEXT_H_
