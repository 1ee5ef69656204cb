// How German writes the names of newspapers: inflected, and as one word.

#ifndef WIRECOPY_PROVENANCE_GERMAN_NAMES_H_
#define WIRECOPY_PROVENANCE_GERMAN_NAMES_H_

#include <string_view>

namespace wirecopy {

// A word of a name as it stands in the nominative: "der Allgemeinen Zeitung"
// and "laut Allgemeiner Zeitung" are the "Allgemeine Zeitung", "dem Boten" the
// "Bote". No more than a guess, which is right where both of two names are read
// with it. Part of `word`.
std::string_view Uninflected(std::string_view word);

// Whether a capitalised word is put together of something and a word for
// newspapers, and is no word for a sort of them or for anything else:
// "Stadtanzeiger", but not "Tageszeitung", "Textnachrichten" or "Angebote".
bool IsGermanPaper(std::string_view word);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_GERMAN_NAMES_H_
