#include "provenance/document_profile.h"

#include "provenance/links.h"

namespace wirecopy {

DocumentProfile ProfileDocument(const EvidenceDocument& document,
                                const NameTable& names) {
  DocumentProfile profile;
  profile.text = ReadTextProfile(document.text);
  profile.style = FindStyleMarks(profile.text);
  profile.namings = FindNamings(profile.text, names);
  profile.naming_index = NamingIndex(profile.namings);
  profile.publisher = ReadName(document.publisher, names);
  profile.url = NormalizeUrl(document.url);
  profile.canonical = NormalizeUrl(document.canonical);
  profile.is_based_on = NormalizeUrl(document.is_based_on);
  profile.host.domain = HostOf(profile.url);
  profile.published = document.published;
  return profile;
}

}  // namespace wirecopy
