// A reusable buffer of text behind which kernels may read.

#ifndef WIRECOPY_TEXT_PADDED_TEXT_H_
#define WIRECOPY_TEXT_PADDED_TEXT_H_

#include <cstddef>
#include <string_view>

#include "base/room.h"
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
    if (!HasRoom(size)) bytes_.resize(RoomFor(size));
  }

  // The same for another text: what was there is lost.
  void Renew(size_t size) {
    if (HasRoom(size)) return;
    bytes_ = {};
    bytes_.resize(RoomFor(size));
  }

  void Assign(std::string_view text) {
    Renew(text.size());
    text.copy(bytes_.data(), text.size());
    size_ = text.size();
  }

 private:
  bool HasRoom(size_t size) const {
    return size + kTextPadding <= bytes_.size();
  }
  static size_t RoomFor(size_t size) { return size + size / 2 + kTextPadding; }

  Room<char> bytes_ = Room<char>(kTextPadding);
  size_t size_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_PADDED_TEXT_H_
