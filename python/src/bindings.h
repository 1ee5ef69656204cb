// What the bindings share. Each topic has a file; module.cc calls them all.

#ifndef WIRECOPY_PYTHON_BINDINGS_H_
#define WIRECOPY_PYTHON_BINDINGS_H_

#include <nanobind/nanobind.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "records.h"
#include "wirecopy/document.h"

namespace wirecopy::python {

namespace nb = nanobind;

// Documents as Python holds them.
struct Corpus {
  std::unique_ptr<DocumentSource> source;
  const RecordColumns* columns = nullptr;  // of the source
  std::shared_ptr<const Records> records;  // null where texts are spooled
};

// Throws what Python shows for a status that is not OK: TypeError, ValueError,
// OSError, or RuntimeError. Needs Python's lock.
void Check(const absl::Status& status);

template <typename T>
T Take(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

// Runs work() without Python's lock.
template <typename Work>
auto Unlocked(const Work& work) {
  const nb::gil_scoped_release release;
  return work();
}

void BindArrow(nb::module_* module);
void BindCompare(nb::module_* module);
void BindDatasketch(nb::module_* module);
void BindIndex(nb::module_* module);
void BindSketch(nb::module_* module);
void BindMatch(nb::module_* module);
void BindPassages(nb::module_* module);
void BindSpread(nb::module_* module);
void BindSpreadTrace(nb::module_* module);
void BindTrace(nb::module_* module);
void BindUnfinishedFiles(nb::module_* module);

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_BINDINGS_H_
