// Names of newspapers, broadcasters, agencies and sites in texts, known or not.

#ifndef WIRECOPY_PROVENANCE_OUTLET_NAMES_H_
#define WIRECOPY_PROVENANCE_OUTLET_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "provenance/agencies.h"
#include "provenance/text_profile.h"

namespace wirecopy {

// What is known of a name, without articles ("the", "le").
struct OutletName {
  std::vector<TokenCode> words;
  std::optional<uint32_t> group;  // of the table
  std::string domain;             // "ledger.example"; then there are no words
  // Of a name of several words, their initials; of an acronym, itself.
  TokenCode initials = 0;
  bool is_acronym = false;

  bool IsEmpty() const { return words.empty() && domain.empty(); }
};

// Whether two names may be one outlet's: those of one group; a name and its
// beginning or end ("the Ledger" for "Harrowmere Ledger"), or its initials.
bool NameSame(const OutletName& x, const OutletName& y);

// Whether it is empty, or a word such as "Zeitung" alone.
bool NamesNobody(const OutletName& name);

// A name as publishers are called in metadata.
OutletName ReadName(std::string_view name, const NameTable& table);

struct FoundName {
  OutletName name;
  uint32_t first = 0;  // words of the text
  uint32_t last = 0;   // one past
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  // It is known, an acronym or a domain, or has a word such as "Gazette". Of
  // other capitalised words only what introduces them can tell.
  bool is_outlet = false;
  bool is_telling = false;  // it is an outlet, and not for an acronym alone
};

// By place, apart from one another. Linear.
std::vector<FoundName> FindNames(const TextProfile& profile,
                                 const NameTable& table);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_OUTLET_NAMES_H_
