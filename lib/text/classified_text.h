// A text in normal form, and what its characters that are no ASCII are.

#ifndef WIRECOPY_TEXT_CLASSIFIED_TEXT_H_
#define WIRECOPY_TEXT_CLASSIFIED_TEXT_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "base/zeroed_table.h"
#include "text/padded_text.h"
#include "text/text_kernels.h"
#include "text/unicode.h"

namespace wirecopy {

// A reusable buffer. What ASCII is, is seen from the text; the rest is known to
// whoever writes it, and would have to be looked up anew.
class ClassifiedText {
 public:
  ClassifiedText() = default;
  // Leaves the other as if it were new, or with what this one had.
  ClassifiedText(ClassifiedText&& other) noexcept { *this = std::move(other); }
  ClassifiedText& operator=(ClassifiedText&& other) noexcept {
    std::swap(text_, other.text_);
    std::swap(words_, other.words_);
    std::swap(map_, other.map_);
    std::swap(used_, other.used_);
    return *this;
  }

  std::string_view view() const { return text_.view(); }
  const char* data() const { return text_.view().data(); }
  char* data() { return text_.data(); }
  size_t size() const { return text_.size(); }

  // Cuts it, or says how much has been written.
  void set_size(size_t size) { text_.set_size(size); }

  // Makes room for `size` bytes, the padding and their classes; keeps what is
  // there.
  void Reserve(size_t size);

  // The same for another text: what was there is lost, and no byte has a class.
  void Renew(size_t size);

  // Another text, whose characters are looked up one by one.
  void Assign(std::string_view normalized);

  // Says what a character is that is no ASCII. There is room for it, and its
  // bytes have no class yet.
  void SetClass(CharClass char_class, size_t begin, size_t end);

  // Before another character takes its place.
  void ClearClass(size_t begin, size_t end);

  // For kernels that write the text.
  WideClassMap* class_map() { return &map_; }

  // Whether any byte has a class; and those of each 64 bytes: of all of the
  // text, and as many more as there is room for.
  bool has_classes() const { return map_.has_any; }
  std::span<const WideClasses> classes() const {
    return {map_.words, words_.size()};
  }

 private:
  static size_t WordsFor(size_t size) { return size / 64 + 2; }
  // The bits of a character, in its word and the next one.
  template <typename Change>
  void ChangeBits(size_t begin, size_t size, Change change);

  PaddedText text_;
  ZeroedTable<WideClasses> words_ = ZeroedTable<WideClasses>(0);
  WideClassMap map_ = {nullptr, false};
  size_t used_ = 0;  // words of which some may have been written
};

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_CLASSIFIED_TEXT_H_
