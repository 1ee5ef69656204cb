// The functions behind MinHash. Signatures are numpy arrays of uint32 or
// uint64, as the package datasketch has them; each call makes a new one.

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "arrays.h"
#include "bindings.h"
#include "wirecopy/datasketch.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

using Slots32 =
    nb::ndarray<const uint32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Slots64 =
    nb::ndarray<const uint64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

DatasketchScheme SchemeOf(const std::string& name) {
  if (name == "legacy") return DatasketchScheme::kLegacy;
  if (name == "affine32") return DatasketchScheme::kAffine32;
  if (name == "affine64") return DatasketchScheme::kAffine64;
  throw nb::value_error(
      ("scheme '" + name + "': must be affine32, affine64 or legacy").c_str());
}

DatasketchSketcher NewFunctions(int64_t num_perm, int64_t seed,
                                const std::string& scheme) {
  return Take(DatasketchSketcher::Create(num_perm, seed, SchemeOf(scheme)));
}

// Below this many hashes, giving up Python's lock costs more than the work.
constexpr size_t kFewHashes = 64;

template <typename Slots>
nb::object Updated(const DatasketchSketcher& functions, const Slots& slots,
                   const std::vector<uint64_t>& hashes) {
  using Slot = std::remove_const_t<typename Slots::Scalar>;
  std::vector<uint64_t> signature(slots.data(), slots.data() + slots.size());
  if (hashes.size() < kFewHashes) {
    Check(functions.Update(hashes, signature));
  } else {
    Check(Unlocked([&] { return functions.Update(hashes, signature); }));
  }
  auto values = std::make_unique<Slot[]>(signature.size());
  for (size_t i = 0; i < signature.size(); ++i) {
    values[i] = static_cast<Slot>(signature[i]);
  }
  return nb::cast(ToNumpy(std::move(values), {signature.size()}));
}

template <typename Slots>
nb::object UpdatedWithHashes(const DatasketchSketcher& functions,
                             const Slots& slots, const nb::sequence& from) {
  std::vector<uint64_t> hashes;
  hashes.reserve(nb::len(from));
  for (const nb::handle hash : from) {
    uint64_t value = 0;
    if (!nb::try_cast<uint64_t>(hash, value)) {
      throw nb::value_error(("the hash function gave " +
                             std::string(nb::repr(hash).c_str()) +
                             ": not an integer of 0 to 64 bits")
                                .c_str());
    }
    hashes.push_back(value);
  }
  return Updated(functions, slots, hashes);
}

std::string_view BytesOf(nb::handle item) {
  if (!nb::isinstance<nb::bytes>(item)) {
    throw nb::type_error(("an item must be bytes, not " +
                          nb::cast<std::string>(item.type().attr("__name__")))
                             .c_str());
  }
  const auto bytes = nb::borrow<nb::bytes>(item);
  return {bytes.c_str(), bytes.size()};
}

template <typename Slots>
nb::object UpdatedWithItems(const DatasketchSketcher& functions,
                            const Slots& slots, const nb::iterable& items) {
  std::vector<uint64_t> hashes;
  for (const nb::handle item : items) {
    hashes.push_back(functions.Sha1Hash(BytesOf(item)));
  }
  return Updated(functions, slots, hashes);
}

// The a and the b of every slot, of the scheme's own width.
nb::object Permutations(const DatasketchSketcher& functions) {
  const size_t n = functions.num_perm();
  const auto copy = [&](auto values) {
    for (size_t i = 0; i < n; ++i) {
      using Slot = std::remove_reference_t<decltype(values[0])>;
      values[i] = static_cast<Slot>(functions.multipliers()[i]);
      values[n + i] = static_cast<Slot>(functions.increments()[i]);
    }
    return nb::cast(ToNumpy(std::move(values), {2, n}));
  };
  if (functions.scheme() == DatasketchScheme::kAffine32) {
    return copy(std::make_unique<uint32_t[]>(2 * n));
  }
  return copy(std::make_unique<uint64_t[]>(2 * n));
}

}  // namespace

void BindDatasketch(nb::module_* module) {
  nb::class_<DatasketchSketcher>(
      *module, "Functions",
      "The hash functions of a (num_perm, seed, scheme), all immutable.")
      .def(
          "__init__",
          [](DatasketchSketcher* self, int64_t num_perm, int64_t seed,
             const std::string& scheme) {
            new (self) DatasketchSketcher(NewFunctions(num_perm, seed, scheme));
          },
          "num_perm"_a, "seed"_a, "scheme"_a)
      .def("with_items", UpdatedWithItems<Slots32>, "slots"_a, "items"_a)
      .def("with_items", UpdatedWithItems<Slots64>, "slots"_a, "items"_a,
           "A new signature: `slots` and bytes, by their SHA-1.")
      .def("with_hashes", UpdatedWithHashes<Slots32>, "slots"_a, "hashes"_a)
      .def("with_hashes", UpdatedWithHashes<Slots64>, "slots"_a, "hashes"_a,
           "A new signature: `slots` and items that have these hashes.")
      .def_prop_ro("permutations", Permutations, "Shape (2, num_perm).")
      .def(
          "sha1",
          [](const DatasketchSketcher& self, nb::handle item) {
            return self.Sha1Hash(BytesOf(item));
          },
          "item"_a);
}

}  // namespace wirecopy::python
