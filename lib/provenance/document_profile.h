// A document as far as evidence goes, and what is found in it once for all of
// its pairs.

#ifndef WIRECOPY_PROVENANCE_DOCUMENT_PROFILE_H_
#define WIRECOPY_PROVENANCE_DOCUMENT_PROFILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "provenance/agencies.h"
#include "provenance/attribution.h"
#include "provenance/house_style.h"
#include "provenance/naming_index.h"
#include "provenance/outlet_names.h"
#include "provenance/text_profile.h"

namespace wirecopy {

// When a document says that it was published.
struct PublicationTime {
  bool is_known = false;
  absl::Time time;
  // A date alone, or a time without its zone: right within a day or so.
  bool is_uncertain = false;
};

// Empty where nothing is known.
struct EvidenceDocument {
  std::string_view text;  // valid UTF-8
  std::string_view title;
  std::string_view publisher;
  std::string_view url;
  std::string_view canonical;    // rel=canonical: where the text belongs
  std::string_view is_based_on;  // schema.org isBasedOn: what it was made from
  PublicationTime published;
};

// Refers to the document's text.
struct DocumentProfile {
  TextProfile text;
  StyleMarks style;
  std::vector<Naming> namings;
  NamingIndex naming_index;  // of these
  OutletName publisher;      // empty where unknown
  std::string url;           // these three as NormalizeUrl has them
  std::string canonical;
  std::string is_based_on;
  OutletName host;  // of the url
  PublicationTime published;
};

DocumentProfile ProfileDocument(const EvidenceDocument& document,
                                const NameTable& names);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_DOCUMENT_PROFILE_H_
