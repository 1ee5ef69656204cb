// Finds the tokens of a normalised text, with buffers that are kept from one
// text to the next.

#ifndef WIRECOPY_TEXT_TOKEN_FINDER_H_
#define WIRECOPY_TEXT_TOKEN_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/room.h"
#include "text/padded_text.h"

namespace wirecopy {

class TokenFinder {
 public:
  // `text` is in normal form, under 4 GiB, and followed by kTextPadding
  // readable bytes.
  void Find(std::string_view text);
  void Find(const PaddedText& text) { Find(text.view()); }

  // Tokens [begins()[i], ends()[i]) in order; valid until the next Find.
  std::span<const uint32_t> begins() const { return {begins_.data(), count_}; }
  std::span<const uint32_t> ends() const { return {ends_.data(), count_}; }

 private:
  void Resize(size_t words);
  // Sets the bits of every run of characters that are not ASCII.
  void ClassifyNonAscii(std::string_view text);
  size_t ClassifyRun(std::string_view text, size_t begin);
  void SetBits(std::vector<uint64_t>* bitmap, size_t begin, size_t end);

  std::vector<uint64_t> letters_;
  std::vector<uint64_t> digits_;
  std::vector<uint64_t> apostrophes_;
  std::vector<uint64_t> non_ascii_;
  std::vector<uint64_t> singles_;   // tokens of one character
  std::vector<uint64_t> barriers_;  // no token goes on across this begin
  Room<uint32_t> begins_;
  Room<uint32_t> ends_;
  size_t count_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_TOKEN_FINDER_H_
