// Numbers that leave for numpy without a copy.

#ifndef WIRECOPY_PYTHON_ARRAYS_H_
#define WIRECOPY_PYTHON_ARRAYS_H_

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstddef>
#include <initializer_list>
#include <memory>

namespace wirecopy::python {

// An array that owns `values`, which have as many as the shape says.
template <typename T>
nanobind::ndarray<nanobind::numpy, T> ToNumpy(
    std::unique_ptr<T[]> values, std::initializer_list<size_t> shape) {
  T* const data = values.release();
  const nanobind::capsule owner(
      data, [](void* held) noexcept { delete[] static_cast<T*>(held); });
  return nanobind::ndarray<nanobind::numpy, T>(data, shape, owner);
}

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_ARRAYS_H_
