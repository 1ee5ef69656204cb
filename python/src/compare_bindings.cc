// How two texts relate.

#include <nanobind/stl/string_view.h>

#include <string_view>
#include <vector>

#include "bindings.h"
#include "wirecopy/compare.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"
#include "wirecopy/passages.h"
#include "wirecopy/shingle.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

struct ComparedTexts {
  Comparison comparison;
  std::vector<ReusedPassage> passages;  // places in code points
};

absl::StatusOr<ComparedTexts> CompareWithPassages(
    std::string_view a, std::string_view b, const ShingleOptions& shingle,
    const PassageOptions& passage) {
  const absl::StatusOr<Comparison> comparison = Compare(a, b, shingle);
  if (!comparison.ok()) return comparison.status();
  ComparedTexts compared{*comparison, {}};
  const OffsetConverter units_of_a(a);
  const OffsetConverter units_of_b(b);
  const auto place = [](const OffsetConverter& units, const ByteSpan& bytes) {
    return OffsetSpan{units.Convert(bytes.begin, OffsetUnit::kCodePoint),
                      units.Convert(bytes.end, OffsetUnit::kCodePoint)};
  };
  PassageAligner aligner(passage);
  for (const Passage& found : aligner.Align(a, b)) {
    ReusedPassage& reused = compared.passages.emplace_back();
    reused.a_span = place(units_of_a, found.a);
    reused.b_span = place(units_of_b, found.b);
    reused.words = found.words;
    reused.edits = found.edits;
    reused.kind = found.kind;
  }
  return compared;
}

nb::dict ToDict(const ReusedPassage& passage) {
  nb::dict one;
  one["a_begin"] = passage.a_span.begin;
  one["a_end"] = passage.a_span.end;
  one["b_begin"] = passage.b_span.begin;
  one["b_end"] = passage.b_span.end;
  one["words"] = passage.words;
  one["edits"] = passage.edits;
  one["identity"] = passage.Identity();
  const std::string_view kind = PassageKindName(passage.kind);
  one["kind"] = nb::str(kind.data(), kind.size());
  return one;
}

// Fields as docs/records.md has them, but for those of files.
nb::dict CompareTexts(std::string_view a, std::string_view b,
                      const ShingleOptions& shingle,
                      const PassagesOptions& passages) {
  const ComparedTexts compared = Take(Unlocked(
      [&] { return CompareWithPassages(a, b, shingle, passages.passage); }));
  const Overlap& overlap = compared.comparison.overlap;
  nb::dict found;
  found["jaccard"] = overlap.Jaccard();
  found["containment_a"] = overlap.ContainmentOfA();
  found["containment_b"] = overlap.ContainmentOfB();
  found["tokens_a"] = compared.comparison.tokens_a;
  found["tokens_b"] = compared.comparison.tokens_b;
  found["shingles_a"] = overlap.a;
  found["shingles_b"] = overlap.b;
  found["shared_shingles"] = overlap.shared;
  found["shingle_unit"] = shingle.unit == ShingleUnit::kWord ? "word" : "char";
  found["shingle_size"] = shingle.k;
  nb::list list;
  for (const ReusedPassage& one : compared.passages) list.append(ToDict(one));
  found["passages"] = list;
  return found;
}

}  // namespace

void BindCompare(nb::module_* module) {
  module->def("compare", CompareTexts, "a"_a, "b"_a, "shingle"_a, "passages"_a,
              "How two texts relate.");
}

}  // namespace wirecopy::python
