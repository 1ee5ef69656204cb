// The characters of a text one by one, and how they look in a terminal.

#ifndef WIRECOPY_REPORT_CHARACTERS_H_
#define WIRECOPY_REPORT_CHARACTERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

struct Character {
  char32_t code_point;  // U+FFFD where ill-formed
  size_t length;        // in bytes, at least 1
};

// `offset` is less than the text's size.
Character CharacterAt(std::string_view utf8, size_t offset);

// The one that ends at `end`, which is above 0.
Character CharacterBefore(std::string_view utf8, size_t end);

void AppendCharacter(char32_t code_point, std::string* out);

bool IsSpace(char32_t c);
bool IsLetterOrDigit(char32_t c);

// Punctuation that does not end a line, and that does not begin one.
bool IsLeading(char32_t c);
bool IsTrailing(char32_t c);

// Written from right to left.
bool IsRightToLeft(char32_t c);

// The columns that a terminal gives it: 2 for East Asian wide characters, 0
// for what joins the character before it.
int Columns(char32_t c);

// What is shown for it: a picture (U+2400 and up) or U+FFFD for a control
// character or one that is none, 0 for what cannot be seen but can change what
// stands around it: marks of direction and the like.
char32_t Shown(char32_t c);

// The same for a browser, which shows the latter in their place.
char32_t ShownInHtml(char32_t c);

// Words, roughly as tokens are: a wide character is one, an apostrophe or a
// hyphen within a word does not end it.
class WordCounter {
 public:
  // True where `c` begins a word.
  bool Begins(char32_t c);

 private:
  bool in_word_ = false;
  bool joined_ = false;
};

size_t CountWords(std::string_view utf8);

// The offset of the word of that number, from 0; the size where there are
// fewer.
size_t WordBegin(std::string_view utf8, size_t number);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_CHARACTERS_H_
