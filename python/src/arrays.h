// Numbers from numpy, and for it.

#ifndef WIRECOPY_PYTHON_ARRAYS_H_
#define WIRECOPY_PYTHON_ARRAYS_H_

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace wirecopy::python {

// An array of Python's, read where it is.
template <typename T>
using Given = nanobind::ndarray<const T, nanobind::ndim<1>, nanobind::c_contig,
                                nanobind::device::cpu>;

// An array that leaves without a copy: it owns `values`, which have as many as
// the shape says.
template <typename T>
nanobind::ndarray<nanobind::numpy, T> ToNumpy(
    std::unique_ptr<T[]> values, std::initializer_list<size_t> shape) {
  T* const data = values.release();
  const nanobind::capsule owner(
      data, [](void* held) noexcept { delete[] static_cast<T*>(held); });
  return nanobind::ndarray<nanobind::numpy, T>(data, shape, owner);
}

template <typename T>
nanobind::ndarray<nanobind::numpy, T> Copied(const std::vector<T>& values) {
  auto copy = std::make_unique<T[]>(values.size());
  std::copy(values.begin(), values.end(), copy.get());
  return ToNumpy(std::move(copy), {values.size()});
}

// Throws where a column of `what` has another number of rows than others.
inline void CheckRows(size_t rows, size_t wanted, const char* what) {
  if (rows == wanted) return;
  throw nanobind::value_error(
      absl::StrCat(what, ": ", rows, " rows, not ", wanted).c_str());
}

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_ARRAYS_H_
