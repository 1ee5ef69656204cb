// The words of a text, one by one.

#ifndef WIRECOPY_TESTS_SUPPORT_WORDS_OF_H_
#define WIRECOPY_TESTS_SUPPORT_WORDS_OF_H_

#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/text.h"

namespace wirecopy::oracle {

// In normal form, as Tokenize finds them.
inline std::vector<std::string> WordsOf(std::string_view text) {
  std::string normal;
  NormalizeText(text, &normal);
  std::vector<ByteSpan> tokens = {{7, 9}};  // which do not stay
  Tokenize(normal, &tokens);
  std::vector<std::string> words;
  words.reserve(tokens.size());
  for (const ByteSpan& token : tokens) {
    words.push_back(normal.substr(token.begin, token.end - token.begin));
  }
  return words;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_WORDS_OF_H_
