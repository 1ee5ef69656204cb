// Signatures of texts.

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "arrays.h"
#include "bindings.h"
#include "options.h"
#include "wirecopy/shingle.h"
#include "wirecopy/signature.h"
#include "work.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

constexpr size_t kBlock = 64;  // texts that a thread takes at once

void Sketch(const Records& records, const SignatureParameters& parameters,
            int threads, uint64_t* slots) {
  const size_t most = static_cast<size_t>(threads);
  std::vector<std::unique_ptr<Sketcher>> sketchers(most);
  const size_t width = static_cast<size_t>(parameters.slots);
  const size_t blocks = (records.size() + kBlock - 1) / kBlock;
  RunInOrder(threads, blocks, [&](int worker, size_t block) {
    auto& sketcher = sketchers[static_cast<size_t>(worker)];
    if (sketcher == nullptr) sketcher = std::make_unique<Sketcher>(parameters);
    const size_t end = std::min(records.size(), (block + 1) * kBlock);
    for (size_t row = block * kBlock; row < end; ++row) {
      const Signature signature = sketcher->Sketch(records.Text(row));
      std::copy(signature.slots().begin(), signature.slots().end(),
                slots + row * width);
    }
  });
}

using Numbers = nb::ndarray<nb::numpy, uint64_t>;

Numbers SketchCorpus(const Corpus& corpus, int slots,
                     const ShingleOptions& shingle, int threads) {
  const SignatureParameters parameters{shingle, slots};
  Check(Validate(parameters));
  if (threads < 1) throw nb::value_error("threads: must be at least 1");
  const size_t rows = corpus.records->size();
  const size_t width = static_cast<size_t>(slots);
  // Not filled with zeros: all of it is written.
  std::unique_ptr<uint64_t[]> values(new uint64_t[rows * width]);
  Unlocked([&] { Sketch(*corpus.records, parameters, threads, values.get()); });
  return ToNumpy(std::move(values), {rows, width});
}

Numbers ShinglesOf(std::string_view text, const ShingleOptions& options) {
  Check(Validate(options));
  std::unique_ptr<uint64_t[]> values;
  size_t size = 0;
  Unlocked([&] {
    Shingler shingler(options);
    const auto set = shingler.Set(text);
    size = set.size();
    values = std::make_unique<uint64_t[]>(size);
    std::copy(set.begin(), set.end(), values.get());
  });
  return ToNumpy(std::move(values), {size});
}

}  // namespace

void BindSketch(nb::module_* module) {
  BindShingleOptions(module);
  module->def("sketch", SketchCorpus, "corpus"_a, "slots"_a, "shingle"_a,
              "threads"_a, "Signatures, of shape (documents, slots).");
  module->def("shingles", ShinglesOf, "text"_a, "shingle"_a,
              "A text's shingle hashes, sorted, each once.");
}

}  // namespace wirecopy::python
