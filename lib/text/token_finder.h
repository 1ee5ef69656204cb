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
#include "text/classified_text.h"
#include "wirecopy/text.h"

namespace wirecopy {

class TokenFinder {
 public:
  // Of all the text, which is under 4 GiB.
  void Find(const ClassifiedText& text) { FindIn(text, {0, text.size()}); }

  // Of a part that no token reaches out of. Offsets are from Base(part) on.
  void FindIn(const ClassifiedText& text, ByteSpan part);
  static size_t Base(ByteSpan part) { return part.begin / 64 * 64; }

  // Tokens [begins()[i], ends()[i]) in order; valid until the next Find.
  std::span<const uint32_t> begins() const { return {begins_.data(), count_}; }
  std::span<const uint32_t> ends() const { return {ends_.data(), count_}; }

 private:
  void Resize(size_t words);
  void AddWideClasses(const ClassifiedText& text, ByteSpan part);
  // Gives a mark the class of what it stands behind.
  void JoinMark(std::string_view text, size_t begin);

  // Of each 64 bytes from the base on.
  std::vector<uint64_t> letters_;
  std::vector<uint64_t> digits_;
  std::vector<uint64_t> apostrophes_;
  std::vector<uint64_t> singles_;  // tokens of one character
  std::vector<uint64_t> starts_;   // their first bytes
  Room<uint32_t> begins_;
  Room<uint32_t> ends_;
  size_t count_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_TOKEN_FINDER_H_
