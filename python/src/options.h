// Options of the library's jobs, from Python's keywords.

#ifndef WIRECOPY_PYTHON_OPTIONS_H_
#define WIRECOPY_PYTHON_OPTIONS_H_

#include <nanobind/nanobind.h>

#include <string>
#include <utility>

namespace wirecopy::python {

void BindShingleOptions(nanobind::module_* module);

// The value that goes with a name; ValueError that lists the names where none
// does.
template <typename Value, size_t n>
Value Named(const char* what, const std::string& name,
            const std::pair<const char*, Value> (&values)[n]) {
  std::string names;
  for (const auto& [other, value] : values) {
    if (name == other) return value;
    names += std::string(names.empty() ? "" : ", ") + other;
  }
  throw nanobind::value_error(
      (std::string(what) + " '" + name + "': must be one of " + names).c_str());
}

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_OPTIONS_H_
