#include <string>

#include "bindings.h"
#include "wirecopy/version.h"

namespace wirecopy::python {

void Check(const absl::Status& status) {
  if (status.ok()) return;
  const std::string message(status.message());
  switch (status.code()) {
    case absl::StatusCode::kUnimplemented:  // as python::TypeError has it
      throw nb::type_error(message.c_str());
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      throw nb::value_error(message.c_str());
    case absl::StatusCode::kAlreadyExists:
      PyErr_SetString(PyExc_FileExistsError, message.c_str());
      throw nb::python_error();
    case absl::StatusCode::kNotFound:
      PyErr_SetString(PyExc_FileNotFoundError, message.c_str());
      throw nb::python_error();
    case absl::StatusCode::kPermissionDenied:
      PyErr_SetString(PyExc_PermissionError, message.c_str());
      throw nb::python_error();
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnavailable:
      PyErr_SetString(PyExc_OSError, message.c_str());
      throw nb::python_error();
    default:
      PyErr_SetString(PyExc_RuntimeError, message.c_str());
      throw nb::python_error();
  }
}

}  // namespace wirecopy::python

NB_MODULE(_core, module) {
  using namespace wirecopy::python;  // NOLINT(google-build-using-namespace)
  module.doc() = "The compiled part of wirecopy. Use the package instead.";
  const std::string_view version = wirecopy::Version();
  module.attr("version") = nb::str(version.data(), version.size());
  BindArrow(&module);
  BindCompare(&module);
  BindDatasketch(&module);
  BindIndex(&module);
  BindSketch(&module);
  BindMatch(&module);
  BindPassages(&module);
  BindSpread(&module);
  BindSpreadTrace(&module);
  BindTrace(&module);
  BindUnfinishedFiles(&module);
}
