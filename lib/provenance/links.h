// Addresses: where a document says that its text belongs.

#ifndef WIRECOPY_PROVENANCE_LINKS_H_
#define WIRECOPY_PROVENANCE_LINKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "provenance/document_profile.h"
#include "wirecopy/evidence.h"

namespace wirecopy {

// An address without what does not tell pages apart: scheme, "www.", port 80
// and 443, fragment, slashes at the end, parameters that count visits (utm_*);
// the host in small letters. Linear.
std::string NormalizeUrl(std::string_view url);

// The host of a normalised address.
std::string_view HostOf(std::string_view normalized_url);

// "canonical" and "is_based_on": one document's field is the other's address.
void AppendLinks(const DocumentProfile& a, const DocumentProfile& b,
                 std::vector<Evidence>* evidence);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINKS_H_
