// Memory for a reader to fill: grows, is not zeroed first, and may be read a
// little past its end.

#ifndef WIRECOPY_IO_BYTE_BUFFER_H_
#define WIRECOPY_IO_BYTE_BUFFER_H_

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace wirecopy {

// Bytes that may be read behind the end of a buffer: JSON and text are read
// many bytes at a time.
inline constexpr size_t kInputPadding = 64;

class ByteBuffer {
 public:
  char* data() { return memory_.get(); }
  const char* data() const { return memory_.get(); }
  size_t capacity() const { return capacity_; }

  // Makes room for at least `capacity` bytes, and the padding, which is zero
  // at its end of the memory. Keeps what is there. Throws std::bad_alloc.
  void Reserve(size_t capacity) {
    if (capacity <= capacity_ && memory_ != nullptr) return;
    Resize(capacity);
  }

  // Gives back what lies behind the first `capacity` bytes and their padding.
  void ShrinkTo(size_t capacity) {
    if (capacity < capacity_) Resize(capacity);
  }

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };

  void Resize(size_t capacity) {
    void* const larger = std::realloc(memory_.get(), capacity + kInputPadding);
    if (larger == nullptr) throw std::bad_alloc();
    static_cast<void>(memory_.release());
    memory_.reset(static_cast<char*>(larger));
    capacity_ = capacity;
    for (size_t i = 0; i < kInputPadding; ++i) memory_.get()[capacity + i] = 0;
  }

  std::unique_ptr<char, Free> memory_;
  size_t capacity_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_BYTE_BUFFER_H_
