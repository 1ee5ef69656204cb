// A reusable buffer of text behind which kernels may read.

#ifndef WIRECOPY_TEXT_PADDED_TEXT_H_
#define WIRECOPY_TEXT_PADDED_TEXT_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/text_kernels.h"

namespace wirecopy {

class PaddedText {
 public:
  std::string_view view() const { return {bytes_.data(), size_}; }
  char* data() { return bytes_.data(); }
  size_t size() const { return size_; }
  void set_size(size_t size) { size_ = size; }

  // Makes room for `size` bytes and the padding; keeps what is there.
  void Reserve(size_t size) {
    if (size + kTextPadding <= bytes_.size()) return;
    bytes_.resize(size + size / 2 + kTextPadding);
  }

  void Assign(std::string_view text) {
    Reserve(text.size());
    text.copy(bytes_.data(), text.size());
    size_ = text.size();
  }

 private:
  std::vector<char> bytes_ = std::vector<char>(kTextPadding);
  size_t size_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_PADDED_TEXT_H_
