// Names for what has no address of its own.

#ifndef WIRECOPY_REPORT_URN_H_
#define WIRECOPY_REPORT_URN_H_

#include <string>
#include <string_view>

#include "wirecopy/document.h"

namespace wirecopy {

// The namespaces of the names below, to which UrnText of a name is added.
inline constexpr const char* kDocumentUrns = "urn:wirecopy:document:";
inline constexpr const char* kDocumentNumberUrns =
    "urn:wirecopy:document-number:";
inline constexpr const char* kAbsentSourceUrns = "urn:wirecopy:absent-source:";
inline constexpr const char* kPublisherUrns = "urn:wirecopy:publisher:";

// Every byte but letters and digits of ASCII and - . _ ~ as %XX.
std::string UrnText(std::string_view text);

// The address of a document that has none of its own. An integer's is not that
// of the string with its digits.
std::string DocumentUrn(const DocumentId& id);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_URN_H_
