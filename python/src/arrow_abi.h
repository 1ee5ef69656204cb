// The Arrow C data and C stream interfaces: three structs whose layout is
// fixed (Apache Arrow, "The Arrow C data interface", "The Arrow C stream
// interface"). Whoever holds one with a release callback owns what it points
// to; a struct is moved by copying it and clearing the original's callback.

#ifndef WIRECOPY_PYTHON_ARROW_ABI_H_
#define WIRECOPY_PYTHON_ARROW_ABI_H_

#include <cstdint>

// Other programs of one process may have the same guards.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_NULLABLE 2

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};

#endif  // ARROW_C_STREAM_INTERFACE

namespace wirecopy::python {

// Owns a struct of these: releases it, and moves as the interface says.
template <typename T>
class Owned {
 public:
  Owned() = default;
  explicit Owned(T* taken) : value_(*taken) { taken->release = nullptr; }
  ~Owned() { Release(); }
  Owned(Owned&& other) noexcept : Owned(&other.value_) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) {
      Release();
      value_ = other.value_;
      other.value_.release = nullptr;
    }
    return *this;
  }

  bool empty() const { return value_.release == nullptr; }
  // For callbacks that fill it; what it held must have been released.
  T* get() { return &value_; }
  const T& operator*() const { return value_; }
  const T* operator->() const { return &value_; }

 private:
  void Release() {
    if (value_.release != nullptr) value_.release(&value_);
    value_.release = nullptr;
  }

  T value_ = {};
};

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_ARROW_ABI_H_
