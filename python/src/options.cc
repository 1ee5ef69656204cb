#include "options.h"

#include <nanobind/stl/string.h>

#include <cstdint>

#include "wirecopy/shingle.h"

namespace wirecopy::python {

namespace nb = nanobind;
using namespace nb::literals;  // NOLINT(google-build-using-namespace)

void BindShingleOptions(nb::module_* module) {
  nb::class_<ShingleOptions>(*module, "Shingle", "What shingles are.")
      .def(
          "__init__",
          [](ShingleOptions* self, const std::string& unit, int k,
             uint64_t seed) {
            static constexpr std::pair<const char*, ShingleUnit> kUnits[] = {
                {"word", ShingleUnit::kWord},
                {"char", ShingleUnit::kCharacter}};
            new (self) ShingleOptions{Named("shingle", unit, kUnits), k, seed};
          },
          "unit"_a = "word", "k"_a = 5, "seed"_a = 0);
}

}  // namespace wirecopy::python
