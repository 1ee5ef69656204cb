// Attribution: the words with which a text says whom it has something from.

#ifndef WIRECOPY_PROVENANCE_ATTRIBUTION_H_
#define WIRECOPY_PROVENANCE_ATTRIBUTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "provenance/agencies.h"
#include "provenance/outlet_names.h"
#include "provenance/text_profile.h"

namespace wirecopy {

// How a text names an outlet, from the least telling to the most.
enum class NamingRole : uint8_t {
  kMention,   // no more than that
  kOwn,       // "told this newspaper": itself, without a name
  kTold,      // "told the Ledger": by the Ledger itself, and by who copies it
  kDateline,  // "(AP) - " at the beginning: the same, or its own mark
  kWire,      // "(AP)", "By Reuters": where it got the text
  kCredit,    // "in an interview with", "first published in": another
};

struct Naming {
  NamingRole role = NamingRole::kMention;
  // It says that the text as a whole is from there, or its story: "first
  // published in", "first reported by".
  bool of_whole_text = false;
  // The name may be anybody's: an acronym in brackets, or what is no outlet but
  // for the phrase. It tells where a publisher is called so.
  bool is_doubtful = false;
  OutletName name;     // empty for kOwn
  uint32_t begin = 0;  // bytes of the phrase and the name
  uint32_t end = 0;
  ByteSpan paragraph;  // that it begins in
};

// English, French, German, Spanish, Arabic and Chinese phrases about outlets,
// known or not. By place. Linear.
std::vector<Naming> FindNamings(const TextProfile& profile,
                                const NameTable& table);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_ATTRIBUTION_H_
